import {api, element, join, leave, visit} from './visit.js';
import {Plot} from './plot.js';

const [load, pause, spoken, canvas] = ['load', 'pause', 'spoken', 'plot'].map(element);
const plot = new Plot(canvas);
let paused = false;
let shown = -Infinity;
let said = -Infinity;

api.on('cpu', 'point', ({data}) => {
  if (paused) return;
  plot.add(data.load, data.at);
  canvas.dataset.points = plot.points.length;
  const percent = `${Math.round(data.load * 100)} %`;
  const now = performance.now();
  if (now - shown > 500) {
    shown = now;
    load.textContent = percent;
  }
  if (now - said > 10000) {
    said = now;
    spoken.textContent = `CPU load ${percent}`;
  }
});

function stop() {
  plot.stop();
  load.textContent = '–';
}

pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on' : 'Pause';
  if (paused) {
    leave('cpu');
    stop();
  } else join('cpu');
});

visit(() => paused || join('cpu'), stop);
