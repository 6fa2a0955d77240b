import {api, element, join, make, visit} from './visit.js';

const SHOWN = 100;
const [sign, name, text, refusal, entries, quiet] = ['sign', 'name', 'text', 'refusal', 'entries', 'quiet'].map(element);

function show(entry) {
  const when = make('small', new Date(entry.at).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'}));
  entries.prepend(make('li', make('b', entry.name), ' ', when, make('div', entry.text)));
  entries.children[SHOWN]?.remove();
  quiet.hidden = true;
}

api.on('guestbook', 'signed', ({data}) => show(data));

sign.addEventListener('submit', (event) => {
  event.preventDefault();
  refusal.textContent = '';
  api.signal('guestbook', 'sign', {name: name.value, text: text.value}, (receipt) => {
    if (receipt.socket === 'sent') text.value = '';
    else refusal.textContent = receipt.reason || 'The connection was lost: was it written?';
    text.focus();
  });
});

visit(() => join('guestbook', (all) => {
  entries.replaceChildren();
  all.forEach(show);
}));
