import {pocket, server} from './base.js';

export const api = pocket.socket;

pocket.retryLimit = Infinity;

/** Connects, stays connected, and shows how it is. Tells when we arrived, each time anew, and when we are away. */
export function visit(arrived, away = () => {}) {
  const state = document.getElementById('state');
  let wire;

  const show = (name, words) => {
    state.dataset.state = name;
    state.textContent = words;
  };

  // What the socket is counts, not what an event says: other clients may relay what they like.
  api.on('socket', (event) => {
    const [socket] = api.sockets;
    const now = socket?.connected ? socket.native : undefined;
    if (now === wire && event !== 'close') return;
    const before = wire;
    wire = now;
    if (now && now !== before) {
      show('open', 'Connected');
      arrived();
    } else if (!now) {
      show('offline', socket ? 'Offline, coming back…' : 'Disconnected. Reload to come back.');
      if (before) away();
    }
  });
  api.setup(server).connect();
}

/** Joins a channel; gives what it greets us with. */
export function join(channel, greeted = () => {}) {
  api.signal('socket', 'join', {channel}, ({socket, data}) => socket === 'sent' && greeted(data));
}

export function leave(channel) {
  api.signal('socket', 'leave', {channel});
}

export const element = (id) => document.getElementById(id);

/** An element with text in it, and others. */
export function make(tag, ...inside) {
  const made = document.createElement(tag);
  made.append(...inside);
  return made;
}

export const clock = (at) => new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
