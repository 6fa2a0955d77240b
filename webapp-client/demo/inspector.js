/**
 * Looks at the connections of this page: how they are, how fast, and what goes over them. Closed at first; the button in
 * the bar opens it, and Alt+I. What it shows stays in the page. It is in the way of WebSockets, so any client will do;
 * import it before they are opened. What goes over HTTP it hears from a link, see {@link inspect}.
 */
import {Rtt} from './rtt.js';

const FRAMES = 200; // kept
const SHOWN = 2000; // characters of a frame
const UNANSWERED = 500; // ids that wait for their receipt
const PROBE = 2000; // ms
const PROBE_ID = '"inspector.';

const connections = new Map(); // host -> how it is
const frames = [];
const waiting = new Map(); // id -> when it went out
const sockets = new Set();
const transports = {'/pocket/direct': 'direct', '/pocket': 'standard'};

let paused = false;
let fresh = 0; // frames that are not on the page yet
let drawing;

// ---- what happens

function connection(host) {
  if (!connections.has(host)) connections.set(host, {host, state: 'connecting', opened: 0, out: 0, in: 0});
  return connections.get(host);
}

function became(host, state, transport) {
  const about = connection(host);
  if (state === 'open') about.opened++;
  Object.assign(about, {state, transport: transport ?? about.transport});
  draw();
}

function passed(host, out, data) {
  const now = performance.now();
  const text = typeof data === 'string' ? data : `${data?.size ?? data?.byteLength ?? '?'} bytes`;
  connection(host)[out ? 'out' : 'in']++;
  measure(connection(host), out, text, now);
  if (paused) return;
  frames.push({out, text, at: Date.now(), host});
  if (frames.length > FRAMES) frames.shift();
  fresh++;
  draw();
}

/** Round trips: from a message with an id to the receipt that names it. */
function measure(about, out, text, now) {
  if (!out && !text.includes('"messageId"')) return;
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return;
  }
  const key = about.host + ' ' + (out ? json?.id : json?.messageId);
  if (out) waiting.set(key, now);
  else if (waiting.has(key)) {
    about.rtt = now - waiting.get(key);
    rtt.add(about.rtt, now);
  }
  if (!out) waiting.delete(key);
  if (waiting.size > UNANSWERED) waiting.delete(waiting.keys().next().value);
}

/** A WebSocket that tells what happens to it. */
class Seen extends WebSocket {
  constructor(...given) {
    super(...given);
    const {host, pathname} = new URL(this.url);
    const known = Object.keys(transports).find((path) => pathname.endsWith(path));
    const transport = transports[known] ?? pathname;
    Object.assign(this, {host, known});
    became(host, 'connecting', transport);
    this.addEventListener('open', () => {
      sockets.add(this);
      became(host, 'open', transport);
    });
    this.addEventListener('message', (event) => {
      if (typeof event.data === 'string' && event.data.includes(PROBE_ID)) {
        measure(connection(host), false, event.data, performance.now());
        draw();
        event.stopImmediatePropagation();
      } else passed(host, false, event.data);
    });
    this.addEventListener('close', () => {
      sockets.delete(this);
      if (![...sockets].some((other) => other.host === host)) became(host, 'closed');
    });
  }

  send(data) {
    passed(this.host, true, data);
    super.send(data);
  }

  probe(text) {
    measure(connection(this.host), true, text, performance.now());
    super.send(text);
  }
}

globalThis.WebSocket = Seen;

/** What a link of the modern client says over HTTP; its WebSockets are seen anyway. */
export function inspect(link, host = location.host) {
  const overHttp = () => /poll|events/.test(link.stats().transport);
  link.on('frame', ({out, text}) => overHttp() && passed(host, out, text));
  link.on('state', ({state}) => overHttp() && became(host, state, link.stats().transport));
}

/** Asks what pocket's doors answer and pass on to nobody: only while one looks, and seen neither here nor there. */
function probe() {
  if (panel.hidden || paused || document.hidden) return;
  for (const socket of [...sockets].filter(({known}) => known)) {
    const id = PROBE_ID.slice(1) + Math.random().toString(32).slice(2);
    socket.probe(JSON.stringify({id, message: 'socket.leave', data: {channel: 'inspector'}}));
  }
}

// ---- what is seen

const panel = document.createElement('aside');
panel.id = 'inspector';
panel.hidden = true;
panel.setAttribute('aria-labelledby', 'inspector-title');
panel.innerHTML = `
  <header><h2 id="inspector-title" tabindex="-1">Inspector</h2>
    <button type="button" data-do="pause" aria-pressed="false">Pause</button>
    <button type="button" data-do="clear">Clear</button>
    <button type="button" data-do="close" aria-label="Close the inspector">✕</button></header>
  <ul class="wires" aria-label="Connections"></ul>
  <figure><canvas role="img" aria-label="Round-trip times of the last minute"></canvas>
    <figcaption>No round trip yet</figcaption></figure>
  <ol class="frames" tabindex="0" aria-label="Frames, the newest first"></ol>`;

const part = (selector) => panel.querySelector(selector);
const [wires, words, list] = ['.wires', 'figcaption', '.frames'].map(part);
const rtt = new Rtt(part('canvas'));

const opener = document.createElement('button');
opener.type = 'button';
opener.className = 'quiet';
opener.textContent = 'Inspector';
opener.setAttribute('aria-expanded', 'false');
opener.setAttribute('aria-controls', 'inspector');
opener.setAttribute('aria-keyshortcuts', 'Alt+I');
opener.title = 'What goes over the connection (Alt+I)';

function show(open) {
  panel.hidden = !open;
  document.documentElement.toggleAttribute('data-inspected', open);
  opener.setAttribute('aria-expanded', String(open));
  if (open) {
    fresh = frames.length;
    list.replaceChildren();
    draw();
    probe();
    part('h2').focus();
  } else opener.focus();
}

function draw() {
  if (!panel.hidden) drawing ??= requestAnimationFrame(render);
}

function render() {
  drawing = undefined;
  wires.replaceChildren(...[...connections.values()].map(wire));
  words.textContent = rtt.words();
  rtt.draw();
  for (const frame of fresh ? frames.slice(-fresh) : []) list.prepend(line(frame));
  fresh = 0;
  while (list.children.length > FRAMES) list.lastChild.remove();
}

function element(tag, text = '', data = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  Object.assign(made.dataset, data);
  return made;
}

function wire(about) {
  const item = element('li', '', {state: about.state});
  const again = Math.max(0, about.opened - 1);
  const facts = [
    about.state, about.transport, about.rtt === undefined ? '' : `${about.rtt.toFixed(1)} ms`,
    `${again} reconnect${again === 1 ? '' : 's'}`, `${about.out} out, ${about.in} in`
  ];
  item.append(element('b', about.host), ' ', element('span', facts.filter(Boolean).join(' · ')));
  return item;
}

function line({out, text, at, host}) {
  const item = element('li', '', {way: out ? 'out' : 'in'});
  const way = element('span', out ? '↑' : '↓');
  way.setAttribute('aria-hidden', 'true');
  const said = element('span', `${out ? 'sent' : 'received'} ${connections.size > 1 ? `(${host}) ` : ''}`);
  said.className = connections.size > 1 ? 'host' : 'unseen';
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
  item.append(element('time', new Date(at).toLocaleTimeString('en-GB')), way, said, element('code', shown));
  return item;
}

const actions = {
  close: () => show(false),
  clear() {
    frames.length = fresh = 0;
    list.replaceChildren();
  },
  pause(button) {
    paused = !paused;
    button.setAttribute('aria-pressed', String(paused));
  }
};

panel.addEventListener('click', ({target}) => actions[target.dataset.do]?.(target));
panel.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  show(false);
});
opener.addEventListener('click', () => show(panel.hidden));
addEventListener('keydown', (event) => {
  if (!event.altKey || event.code !== 'KeyI' || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show(panel.hidden);
});

document.querySelector('.bar')?.append(opener);
document.body.append(panel);
setInterval(probe, PROBE);
