import './inspector.js';

const MOST = 10;
const byId = id => document.getElementById(id);
const lines = byId('lines');
const state = byId('state');
let connection;
let chosen = 'pub_chan';

async function call(path, body) {
  const response = await fetch(path, {method: 'POST', body: JSON.stringify(body)});
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? JSON.stringify(answer));
  return answer;
}

function say(state_, text) {
  state.dataset.state = state_;
  state.textContent = text;
}

function show({type, user, channel, message, timestamp}) {
  const line = document.createElement('li');
  const text = type === 'presence' ? `${user} ${message.action}` : type === 'message' ? `${user}: ${message.text}` : type;
  line.textContent = `${timestamp.slice(11, 19)} ${channel} · ${text}`;
  lines.append(line);
  while (lines.children.length > MOST) lines.firstChild.remove();
  lines.scrollTop = lines.scrollHeight;
}

function offer(channels) {
  byId('channels').replaceChildren(...channels.map(name => {
    const label = document.createElement('label');
    const radio = Object.assign(document.createElement('input'), {type: 'radio', name: 'channel', value: name});
    radio.checked = name === chosen;
    radio.addEventListener('change', () => chosen = name);
    label.append(radio, ` ${name}`);
    return label;
  }));
  byId('subscribe').hidden = channels.includes('notify');
}

function listen() {
  const url = new URL(`../ws?conn_id=${encodeURIComponent(connection.conn_id)}`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.onopen = () => say('open', 'Connected');
  socket.onmessage = ({data}) => JSON.parse(data).forEach(show);
  socket.onclose = () => {
    say('offline', 'Disconnected, connecting again…');
    setTimeout(connect, 2000);
  };
}

async function connect() {
  try {
    connection = await call('connect', {});
    byId('me').textContent = connection.username;
    offer(connection.channels);
    listen();
  } catch (failure) {
    say('offline', `Not connected: ${failure.message}`);
    setTimeout(connect, 5000);
  }
}

async function attempt(what) {
  try {
    byId('refusal').textContent = '';
    return await what();
  } catch (failure) {
    byId('refusal').textContent = failure.message;
  }
}

byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const message = byId('text').value;
  byId('text').value = '';
  attempt(() => call('message', {conn_id: connection.conn_id, channel: chosen, message}));
});

byId('subscribe').addEventListener('click', () =>
  attempt(async () => offer((await call('subscribe', {conn_id: connection.conn_id})).channels)));

connect();
