import {pocket, server} from './base.js';
import {clock, element, make} from './visit.js';

const [form, servers, refusal, say, text, send, all, lanes, state, command] = [
  'setup', 'servers', 'refusal', 'say', 'text', 'send', 'all', 'lanes', 'state', 'command'
].map(element);

const SHOWN = 50;
const api = pocket.socket;
const byUri = new Map(); // origin of a server -> its lane
const here = new URL(server);
const next = `${here.hostname}:${(+here.port || 80) + 1}`;

pocket.retryLimit = Infinity;

/** What one server says: a card with a state and lines. */
function lane(uri) {
  const {origin, host} = new URL(uri);
  if (!byUri.has(origin)) {
    const status = make('p', 'Connecting…');
    status.dataset.state = 'connecting';
    const lines = make('ol');
    lines.className = 'lines';
    lines.tabIndex = 0;
    lines.ariaLabel = `Lines by ${host}`;
    const card = make('section', make('h2', host), status, lines);
    card.className = 'card';
    card.ariaLabel = host;
    lanes.append(card);
    byUri.set(origin, {
      card,
      is(name, words) {
        status.dataset.state = name;
        status.textContent = words;
      },
      add(...inside) {
        lines.prepend(make('li', make('small', clock(Date.now())), ' ', ...inside));
        lines.children[SHOWN]?.remove();
      }
    });
  }
  return byUri.get(origin);
}

function look() {
  const open = api.sockets.filter((socket) => socket.connected);
  for (const socket of open) lane(socket.uri).is('open', 'Connected');
  send.disabled = !open.length;
  send.classList.toggle('main', open.length > 0);
  state.dataset.state = open.length ? 'open' : 'connecting';
  state.textContent = `${open.length} of ${api.sockets.length} connected`;
}

api
  .on('socket', 'connecting', ([, uri], socket) => {
    lane(uri).is('connecting', 'Connecting…');
    look(socket);
  })
  .on('socket', 'open', look)
  .on('socket', 'close', (event, {uri}) => {
    lane(uri).is('closed', 'Away, coming back…');
    look();
  })
  .on('socket', 'broadcast-all-connected', ({sockets}) => { all.textContent = `All ${sockets.length} servers are there.`; })
  .on('socket', 'sent', (receipt, {uri}) => lane(uri).add('took it ', make('span', '✓')))
  .on('socket', 'error', ({reason}, socket) => reason && socket && lane(socket.uri).add(`said no: ${reason}`))
  .on('billboard', 'line', ({data}, {uri}) => lane(uri).add(make('b', 'heard '), String(data?.text ?? '')));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  refusal.textContent = '';
  all.textContent = '';
  for (const socket of api.sockets) socket.close();
  for (const {card} of byUri.values()) card.remove();
  byUri.clear();
  try {
    const given = servers.value.split(/[\s,]+/).filter(Boolean);
    api.setup(given, new FormData(form).get('mode')).connect();
  } catch (error) {
    refusal.textContent = error.message;
  }
});

say.addEventListener('submit', (event) => {
  event.preventDefault();
  api.signal('billboard', 'line', {text: text.value});
  text.value = '';
  text.focus();
});

servers.value = new URLSearchParams(location.search).get('servers') ?? `${here.host}, ${next}`;
command.textContent = `java -jar pocketsocket.jar ${next.replace(/:(\d+)$/, ' $1')}`;
form.requestSubmit();
