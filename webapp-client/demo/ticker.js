import {api, clock, element, join, leave, make, visit} from './visit.js';

const SHOWN = 50;
const [ticks, about, pause] = ['ticks', 'about', 'pause'].map(element);
let paused = false;

api.on('ticker', 'tick', ({data: {no, text, at}}) => {
  about.textContent = `Line ${no}`;
  ticks.prepend(make('li', make('small', clock(at)), ' ', text));
  ticks.children[SHOWN]?.remove();
});

pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on' : 'Pause';
  if (paused) leave('ticker');
  else join('ticker');
});

visit(() => paused || join('ticker'));
