import '../pocket.socket.js';
import {Plot} from './plot.js';
import {bytes, cells, duration, element, make, number, rows} from './view.js';

const CHANNEL = '$admin';
const SEEN = 200;
const {pocket} = globalThis;
const api = pocket.socket;
const home = new URL('..', import.meta.url);
pocket.paths = ['pocket/direct', 'pocket'].map((door) => home.pathname + door);

const state = element('state');
const plot = new Plot(element('plot'));
let inside = false;
let last;

function shows(name, text) {
  state.dataset.state = name;
  state.textContent = text;
}

let newsTimer;
function tell(text) {
  const news = element('news');
  news.textContent = text;
  news.hidden = false;
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => { news.hidden = true; }, 5000);
}

// ---- the conversation

const ask = (channel, event, data) => new Promise((resolve, reject) => {
  const sent = api.signal(channel, event, data, undefined, (receipt) => {
    if (receipt.socket === 'error') reject(new Error(receipt.reason ?? receipt.error));
    else resolve(receipt.data);
  });
  if (!sent) reject(new Error('not connected'));
});

/** A pass for this connection, from whoever knows our cookie. */
async function pass() {
  const response = await fetch('pass', {method: 'POST', credentials: 'same-origin'});
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(`no pass: ${response.status}`);
  return (await response.json()).token;
}

const show = async () => ask('socket', 'token', {token: await pass()});

async function enter() {
  inside = false;
  try {
    await show();
    await ask('socket', 'join', {channel: CHANNEL});
    inside = true;
    last = undefined;
    shows('open', 'Connected');
    if (tailing) await tail(tailing);
    look();
  } catch (error) {
    shows('offline', error.message);
    setTimeout(enter, 5000);
  }
}

api.on('socket', 'open', enter);
api.on('socket', 'close', () => {
  inside = false;
  shows('offline', 'Connection lost, trying again…');
});
api.on('socket', 'token', () => show().catch((error) => tell(error.message)));
api.on(CHANNEL, 'seen', ({data}) => seen(data));
api.connect(home.origin);

// ---- looking, once a second, while somebody looks

setInterval(look, 1000);
document.addEventListener('visibilitychange', look);

let looking = false;
async function look() {
  if (!inside || looking || document.hidden) return;
  looking = true;
  try {
    const view = await ask(CHANNEL, 'look', {connections: element('who-search').value, channels: element('where-search').value});
    figures(view.stats);
    connections(view.connections);
    channels(view.channels);
  } catch (error) {
    if (inside) tell(error.message);
  } finally {
    looking = false;
  }
}

element('who-search').addEventListener('input', look);
element('where-search').addEventListener('input', look);

const put = (name, text) => { document.querySelector(`[data-of=${name}]`).textContent = text; };

function figures(stats) {
  const {now, totals} = stats;
  const by = Object.entries(now.connections);
  put('connections', number(by.reduce((sum, [, count]) => sum + count, 0)));
  put('transports', by.map(([name, count]) => `${name} ${number(count)}`).join(', '));
  put('users', number(now.users));
  put('channels', number(now.channels));
  put('subscriptions', `${number(now.subscriptions)} memberships`);
  put('rooms', number(now.rooms));
  put('queued', bytes(now.queued));
  put('longest', now.longest ? `most for one: ${bytes(now.longest)}` : '');
  put('slow', number(totals.slow));
  rates(stats);
  rows(element('node-rows'), [stats], ({node}) => node, (row, node) => cells(row, [
    [node.version ? `${node.node} · ${node.version}` : node.node, 'th'],
    [duration(node.uptime), 'td', 'number'],
    [node.load < 0 ? '–' : `${Math.round(node.load * 100)} %`, 'td', 'number'],
    [`${bytes(node.memory)} of ${bytes(node.mostMemory)}`, 'td', 'number']
  ]));
  const codes = (kind, counts, css, text = (code, count) => number(count)) => Object.entries(counts).sort()
    .map(([code, count]) => [`${code} ${kind}: ${text(code, count)}`, css]);
  const recent = (code, count) => `${number(totals.recent[code] ?? 0)} (${number(count)} since the start)`;
  list(element('codes'), [...codes('ended', totals.disconnects, '', recent), ...codes('error', totals.errors, 'error')]);
}

function list(to, items) {
  const text = items.join();
  if (to.dataset.is === text) return;
  to.dataset.is = text;
  to.replaceChildren(...items.map(([label, css = '']) => make('li', label, {className: css})));
}

function rates({at, totals}) {
  if (last) {
    const seconds = Math.max(0.1, (at - last.at) / 1000);
    const point = {at, in: (totals.received - last.totals.received) / seconds, out: (totals.sent - last.totals.sent) / seconds};
    plot.add(point);
    put('in', number(point.in));
    put('out', number(point.out));
    element('plot').dataset.points = plot.points.length;
  }
  last = {at, totals};
}

function many(name, {total, first}) {
  element(`${name}-count`).textContent = total > first.length ? `${number(first.length)} of ${number(total)}` : number(total);
  element(`${name}-none`).hidden = total > 0;
  return first;
}

function connections(found) {
  rows(element('who-rows'), many('who', found), ({id}) => id, (row, peer) => {
    row.peer = peer;
    const who = peer.user || peer.address;
    cells(row, [
      [peer.user || '(nobody)', 'th'],
      [peer.address],
      [peer.transport],
      [peer.channels.join(', ') || '–', 'td', 'many'],
      [peer.queued ? bytes(peer.queued) : '–', 'td', 'number']
    ], [
      ['Disconnect', `Disconnect ${who}`, () => putOut(`Disconnect ${who}?`, {id: peer.id})],
      ...peer.user ? [['Kick', `Kick ${peer.user} on all devices`, () => putOut(`Kick ${row.peer.user} on all devices?`, {user: row.peer.user})]] : []
    ]);
  });
}

function channels(found) {
  rows(element('where-rows'), many('where', found), ({name}) => name, (row, {name, members, rooms}) => cells(row, [
    [name || '(global)', 'th'],
    [number(members), 'td', 'number'],
    [number(rooms), 'td', 'number']
  ], name === CHANNEL ? [] : [
    ['Rooms', `Rooms of ${name}`, () => showRooms(name)],
    ['Tail', `Tail ${name}`, () => tail(name).catch((error) => tell(error.message))],
    ['Publish', `Publish to ${name}`, () => {
      element('publish').elements.channel.value = name;
      element('publish').elements.event.focus();
    }]
  ]));
}

async function showRooms(channel) {
  try {
    const {total, first} = await ask(CHANNEL, 'rooms', channel);
    element('rooms').hidden = false;
    element('rooms-title').textContent = `${number(total)} rooms of ${channel}`;
    list(element('rooms-list'), first.map(({name, members}) => [`${name}: ${number(members)}`]));
  } catch (error) {
    tell(error.message);
  }
}

// ---- doing

function putOut(question, who) {
  const sure = element('sure');
  element('sure-title').textContent = question;
  element('revoke-row').hidden = !who.user;
  element('revoke').checked = false;
  element('reason').value = '';
  sure.returnValue = '';
  sure.onclose = async () => {
    if (sure.returnValue !== 'yes') return;
    try {
      const reason = element('reason').value;
      const {connections: gone} = await ask(CHANNEL, 'kick', {...who, reason, revoke: element('revoke').checked});
      tell(`${number(gone)} put out.`);
      look();
    } catch (error) {
      tell(error.message);
    }
  };
  sure.showModal();
}

element('publish').addEventListener('submit', async (event) => {
  event.preventDefault();
  const {channel, room, event: name, data} = event.target.elements;
  const says = element('published');
  try {
    const value = data.value.trim() ? JSON.parse(data.value) : null;
    await ask(CHANNEL, 'publish', {channel: channel.value, room: room.value || null, event: name.value, data: value});
    says.className = 'soft';
    says.textContent = `Sent at ${new Date().toLocaleTimeString()}.`;
  } catch (error) {
    says.className = 'wrong';
    says.textContent = error instanceof SyntaxError ? 'The data is not JSON.' : error.message;
  }
});

let tailing;
async function tail(channel) {
  await ask(CHANNEL, 'tail', channel);
  if (tailing !== channel) element('seen').replaceChildren();
  tailing = channel;
  element('tailed').textContent = `What ${channel} sends:`;
  element('untail').hidden = false;
}

element('untail').addEventListener('click', () => {
  ask(CHANNEL, 'untail', {}).catch((error) => tell(error.message));
  tailing = undefined;
  element('untail').hidden = true;
  element('tailed').textContent = 'Choose a channel above to see what it sends.';
});

function seen({channel, event, data, cut, skipped}) {
  if (channel !== tailing) return;
  const more = `${cut ? ' …' : ''}${skipped ? ` (${number(skipped)} before this not shown)` : ''}`;
  const to = element('seen');
  to.prepend(make('li', [make('small', `${new Date().toLocaleTimeString()} `), make('b', event), ' ', make('code', data), more]));
  to.children[SEEN]?.remove();
}
