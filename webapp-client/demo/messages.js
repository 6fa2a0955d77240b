import {avatar} from './avatar.js';

const list = document.getElementById('messages');
const newer = document.getElementById('newer');
const quiet = document.getElementById('quiet');

const clock = new Intl.DateTimeFormat([], {hour: '2-digit', minute: '2-digit'});
const calendar = new Intl.DateTimeFormat([], {dateStyle: 'full', timeStyle: 'short'});

const NEAR = 80;
const SAME_BREATH = 5 * 60 * 1000;

/** The list of messages: follows the end while the reader is there, and stays put while not. */
export class Messages {
  #chat;
  #edit;
  #items = new Map();
  #follows = true;

  constructor(chat, edit) {
    this.#chat = chat;
    this.#edit = edit;
    list.addEventListener('scroll', () => {
      this.#follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
      if (this.#follows) newer.hidden = true;
    }, {passive: true});
    newer.addEventListener('click', () => this.toEnd());
    new ResizeObserver(() => this.#follows && this.toEnd()).observe(list);
  }

  show(message) {
    const known = this.#items.has(message.key);
    const item = this.#item(message);
    if (!known) {
      this.#group(message, list.lastElementChild?.message, item);
      list.append(item);
      quiet.hidden = true;
      if (!this.#follows && !message.own && !message.notice) newer.hidden = false;
    }
    if (this.#follows) this.toEnd();
  }

  showAll() {
    const {messages} = this.#chat;
    const gone = new Set(this.#items.keys());
    messages.forEach((message, i) => {
      const item = this.#item(message);
      this.#group(message, messages[i - 1], item);
      if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
      gone.delete(message.key);
    });
    for (const key of gone) {
      this.#items.get(key).remove();
      this.#items.delete(key);
    }
    quiet.hidden = messages.length > 0;
    if (this.#follows) this.toEnd();
  }

  toEnd() {
    this.#follows = true;
    newer.hidden = true;
    list.scrollTop = list.scrollHeight;
  }

  /** The first of several in one breath says who speaks. */
  #group(message, before, item) {
    const goesOn = before && !before.notice && before.name === message.name && message.at - before.at < SAME_BREATH;
    item.toggleAttribute('data-first', !message.notice && !goesOn);
    if (item.who) item.who.hidden = !!goesOn;
  }

  #item(message) {
    const item = this.#items.get(message.key) ?? (message.notice ? notice(message) : said(message));
    this.#items.set(message.key, item);
    if (message.notice) return item;
    item.dataset.state = message.state;
    item.time.dateTime = new Date(message.at).toISOString();
    item.time.title = calendar.format(message.at);
    item.time.textContent = clock.format(message.at);
    item.querySelector('.reason')?.remove();
    if (message.state === 'failed') item.append(this.#reason(message));
    return item;
  }

  #reason(message) {
    const line = element('p', 'reason', `Not sent. ${message.reason} `);
    line.append(
      button('Try again', () => this.#chat.again(message)),
      button('Edit', () => {
        this.#chat.forget(message);
        this.#edit(message.text);
      })
    );
    return line;
  }
}

function said(message) {
  const item = avatar(element('li'), message.name);
  item.dataset.from = message.name;
  item.toggleAttribute('data-own', !!message.own);
  item.who = element('p', 'who', message.own ? 'You' : message.name);
  item.time = element('time');
  const bubble = element('div', 'bubble');
  bubble.append(element('span', 'text', message.text), item.time);
  item.append(item.who, bubble);
  item.message = message;
  return item;
}

function notice(message) {
  const item = element('li', 'notice', message.notice);
  item.message = message;
  return item;
}

function element(tag, className = '', text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function button(label, fn) {
  const made = element('button', 'quiet', label);
  made.type = 'button';
  made.addEventListener('click', fn);
  return made;
}
