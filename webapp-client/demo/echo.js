import {url} from './base.js';

const [address, text, log, connect, disconnect, send, clear] = [
  'url', 'text', 'log', 'connect', 'disconnect', 'send', 'clear'
].map((id) => document.getElementById(id));

let socket;

function write(kind, about) {
  const line = document.createElement('li');
  line.dataset.kind = kind;
  line.dataset.time = new Date().toTimeString().slice(0, 8);
  const words = document.createElement('span');
  words.textContent = about === undefined ? kind : `${kind}: ${about}`;
  line.append(words);
  log.append(line);
  log.scrollTop = log.scrollHeight;
}

function show() {
  const open = socket?.readyState === WebSocket.OPEN;
  connect.disabled = !!socket;
  disconnect.disabled = !socket;
  send.disabled = !open;
  connect.classList.toggle('main', !open);
  send.classList.toggle('main', open);
}

function open() {
  try {
    socket = new WebSocket(address.value.trim());
  } catch (error) {
    return write('error', error.message);
  }
  socket.onopen = () => {
    write('connected');
    show();
    text.focus();
  };
  socket.onmessage = ({data}) => write('response', typeof data === 'string' ? data : `${data.size} bytes`);
  socket.onerror = () => write('error', `no connection to ${address.value.trim()}`);
  socket.onclose = ({code, reason}) => {
    write('disconnected');
    if (code >= 4000 || reason) write('error', `${code} ${reason}`);
    socket = undefined;
    show();
  };
  show();
}

document.getElementById('connection').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!socket) open();
});

document.getElementById('message').addEventListener('submit', (event) => {
  event.preventDefault();
  if (socket?.readyState !== WebSocket.OPEN) return write('error', 'not connected');
  socket.send(text.value);
  write('sent', text.value);
});

disconnect.addEventListener('click', () => socket?.close());
clear.addEventListener('click', () => log.replaceChildren());

address.value = url;
