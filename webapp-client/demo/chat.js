import {pocket, server} from './base.js';
import {Conversation} from './conversation.js';
import {Messages} from './messages.js';
import {avatar} from './avatar.js';

const [door, name, refusal, room, people, say, text, typing, state, leave] = [
  'door', 'name', 'refusal', 'room', 'people', 'say', 'text', 'typing', 'state', 'leave'
].map((id) => document.getElementById(id));

pocket.retryLimit = Infinity;

const chat = new Conversation(pocket.socket, (what, value) => show[what]?.(value));
const messages = new Messages(chat, (words) => {
  text.value = text.value ? `${words}\n${text.value}` : words;
  keep();
  text.focus();
});

const show = {
  state() {
    state.dataset.state = chat.state;
    state.textContent = {
      connecting: chat.name ? 'Coming back…' : 'Connecting…',
      open: 'Connected',
      offline: chat.ended ? 'Disconnected. Reload to come back.' : 'Offline, coming back…'
    }[chat.state];
  },

  in(given) {
    const first = room.hidden;
    sessionStorage.setItem('pocket.name', given);
    door.hidden = true;
    room.hidden = false;
    if (first) text.focus();
  },

  refused(sentence) {
    out();
    refusal.textContent = sentence;
    name.select();
  },

  people(all) {
    people.replaceChildren(...all.map((person) => {
      const item = avatar(document.createElement('li'), person);
      item.textContent = person;
      item.toggleAttribute('data-you', person === chat.name);
      return item;
    }));
  },

  typing(names) {
    typing.textContent = !names.length ? ''
      : names.length === 1 ? `${names[0]} is typing…`
      : names.length === 2 ? `${names[0]} and ${names[1]} are typing…` : 'Several people are typing…';
  },

  message: (message) => messages.show(message),
  messages: () => messages.showAll()
};

// ---- the door

function out() {
  door.hidden = false;
  room.hidden = true;
  name.focus();
}

function enter(wanted, patience) {
  name.value = wanted;
  refusal.textContent = '';
  if (wanted) chat.enter(wanted, patience);
}

door.addEventListener('submit', (event) => {
  event.preventDefault();
  enter(name.value.trim());
});

leave.addEventListener('click', () => {
  sessionStorage.removeItem('pocket.name');
  chat.leave();
  out();
});

// ---- the draft: kept through everything, a reload included

function keep() {
  sessionStorage.setItem('pocket.draft', text.value);
  if (CSS.supports('field-sizing', 'content')) return;
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

function send() {
  const words = text.value.trim();
  if (!words) return;
  text.value = '';
  keep();
  chat.say(words);
  messages.toEnd();
}

say.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
  text.focus();
});

text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});

text.addEventListener('input', () => {
  keep();
  if (text.value.trim()) chat.type();
});

// ---- the window: keyboards of phones, networks that come and go

visualViewport?.addEventListener('resize', () => {
  if (visualViewport.scale > 1) return;
  document.documentElement.style.setProperty('--height', `${visualViewport.height}px`);
  scrollTo(0, 0);
});

addEventListener('online', () => {
  for (const socket of pocket.socket.sockets) if (!socket.connected) socket.reconnect();
});

text.value = sessionStorage.getItem('pocket.draft') ?? '';
enter(new URLSearchParams(location.search).get('name') ?? sessionStorage.getItem('pocket.name') ?? '', 3);
pocket.socket.setup(server).connect();
