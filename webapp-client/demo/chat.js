import {home, pocket} from './base.js';
import {Conversation} from './conversation.js';
import {Messages} from './messages.js';
import {avatar} from './avatar.js';
import {inspect} from './inspector.js';

const [door, name, refusal, room, rooms, open, place, people, say, text, typing, state, leave] = [
  'door', 'name', 'refusal', 'room', 'rooms', 'open', 'place', 'people', 'say', 'text', 'typing', 'state', 'leave'
].map((id) => document.getElementById(id));

const asked = new URLSearchParams(location.search);
const link = pocket(home, asked.has('transport') ? {transports: asked.getAll('transport')} : {});
inspect(link);

const chat = new Conversation(link, (what, value) => show[what]?.(value));
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
    sessionStorage.setItem('pocket.room', chat.room);
    document.title = `${chat.room} · Chat · Pocketsocket`;
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

  rooms(all) {
    const known = new Map([['lobby', 0], [chat.room, 0], ...all]);
    const focused = document.activeElement?.dataset.room;
    rooms.replaceChildren(...[...known].sort().map(([each, count]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.room = button.textContent = each;
      button.dataset.count = count;
      button.ariaLabel = `${each}, ${count} here`;
      button.ariaCurrent = each === chat.room ? 'true' : null;
      button.addEventListener('click', () => go(each));
      return button;
    }));
    if (focused) [...rooms.children].find(({dataset}) => dataset.room === focused)?.focus();
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

function enter(wanted, how) {
  name.value = wanted;
  refusal.textContent = '';
  if (wanted) chat.enter(wanted, how);
}

function go(to) {
  if (to !== chat.room) chat.enter(chat.name, {room: to});
}

open.addEventListener('submit', (event) => {
  event.preventDefault();
  const to = place.value.trim();
  place.value = '';
  if (to) go(to);
});

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

// Who goes away for good says so, and is gone for the others at once.
addEventListener('pagehide', ({persisted}) => persisted || link.close());

text.value = sessionStorage.getItem('pocket.draft') ?? '';
enter(asked.get('name') ?? sessionStorage.getItem('pocket.name') ?? '', {
  room: asked.get('room') ?? sessionStorage.getItem('pocket.room') ?? 'lobby',
  patience: 3
});
