const SENTENCES = {
  invalid_name: () => 'A name has 1 to 32 characters.',
  invalid_room: () => 'A room has a name of 1 to 32 characters.',
  name_taken: (name) => `Somebody called ${name} is here already. Another name?`,
  no_such_namespace: () => 'This server has no chat.',
  timeout: () => 'The server did not answer in time.',
  too_many: () => 'That was a little fast. Try again in a moment.'
};

const GAP = 'Something that was said meanwhile is missing here';
const TYPING_SHOWS = 3000;
const TYPING_AGAIN = 2000;
const GHOST_PATIENCE = 60;
const RECENT = 50;
const KEPT = 1000;

/**
 * A conversation in a room of the channel `chat`, without a page. It tells what changed: `state`, `in`, `refused`,
 * `people`, `rooms`, `typing`, `message` (one came or changed) or `messages` (all of them, in a new order).
 *
 * What is said while the connection is away waits here and is said after coming back, when the server knows us again.
 */
export class Conversation {
  state = 'connecting';
  name = undefined;
  room = 'lobby';
  people = [];
  rooms = []; // [name, people in it]
  messages = [];
  typing = new Map();

  #link;
  #chat;
  #here;
  #tell;
  #wanted;
  #patience = 0;
  #visit; // this time that we are in, or try to come in
  #inside = false;
  #failed = false;
  #typed = -Infinity;
  #keys = 0;

  constructor(link, tell) {
    this.#link = link;
    this.#tell = tell;
    const chat = this.#chat = link.channel('chat', {join: false});
    this.#here = chat.presence();
    for (const event of ['sync', 'join', 'leave', 'update']) this.#here.on(event, () => this.#look());
    chat.on('join', () => this.#wanted && this.#enter());
    chat.on('leave', () => this.#out());
    chat.on('error', (error) => this.#wanted && !this.#inside && this.#refuse(error));
    chat.on('gap', ({room}) => this.name && room === this.room && this.#add({notice: GAP}));
    chat.on('said', (line) => this.#visit && this.#hear(line));
    chat.on('joined', ({name}) => this.#goes(name, 'joined'));
    chat.on('left', ({name}) => this.#goes(name, 'left'));
    chat.on('typing', ({name}) => this.#types(name));
    link.on('state', ({state, code}) => {
      this.#failed ||= !!code;
      if (state !== 'open') this.#out();
      this.#become();
    });
  }

  /**
   * With patience, who gets no answer asks again; also for a name that is taken: it may be our own earlier connection
   * that still fades.
   */
  enter(name, {room = this.room, patience = 0} = {}) {
    if (room !== this.room) {
      this.messages = [];
      this.#tell('messages');
    }
    Object.assign(this, {room});
    this.#wanted = name;
    this.#patience = patience;
    if (this.#chat.state === 'joined') this.#enter();
    else if (this.#chat.state === 'left') this.#chat.join().catch(() => {});
  }

  leave() {
    this.#wanted = this.name = undefined;
    this.#chat.leave();
    this.people = [];
    this.#become();
  }

  say(text) {
    const message = {key: ++this.#keys, name: this.name, own: true, text, at: Date.now(), state: 'pending', tries: 0};
    this.#keep(message);
    this.#typed = -Infinity;
    if (this.#inside) this.#send(message);
  }

  again(message) {
    Object.assign(message, {state: 'pending', tries: 0, reason: undefined});
    this.#tell('message', message);
    if (this.#inside) this.#send(message);
  }

  forget(message) {
    this.messages = this.messages.filter((other) => other !== message);
    this.#tell('messages');
  }

  /** Call on every key: the others are told now and then. */
  type() {
    if (!this.#inside || Date.now() - this.#typed < TYPING_AGAIN) return;
    this.#typed = Date.now();
    this.#chat.send('typing', {}, {queue: false});
  }

  /** True when nobody will bring the connection back. */
  get ended() {
    return this.#link.state === 'closed';
  }

  #out() {
    this.#inside = false;
    this.#visit = undefined;
    for (const name of [...this.typing.keys()]) this.#stopTyping(name);
  }

  #become() {
    const open = this.#link.state === 'open';
    const state = open ? (this.name && !this.#inside ? 'connecting' : 'open') : this.#failed ? 'offline' : 'connecting';
    if (state === this.state) return;
    this.state = state;
    this.#tell('state', state);
  }

  /** Who is where: those of the presence who have entered. */
  #look() {
    const seats = [...this.#here.values()].map(({state}) => state).filter((seat) => seat?.name);
    const count = (room) => seats.filter((seat) => seat.room === room).length;
    this.rooms = [...new Set(seats.map((seat) => seat.room))].sort().map((room) => [room, count(room)]);
    this.people = seats.filter((seat) => seat.room === this.room).map(({name}) => name)
      .sort((a, b) => a.localeCompare(b));
    this.#tell('people', this.people);
    this.#tell('rooms', this.rooms);
  }

  async #enter() {
    const visit = this.#visit = {};
    const [name, room] = [this.#wanted, this.room];
    try {
      const seat = await this.#chat.ask('enter', {name, room}, {queue: false});
      // A server may keep no history: then there is nothing to read.
      const {events = []} = await this.#chat.history({room, limit: RECENT, reverse: true}).catch(() => ({}));
      if (visit === this.#visit) this.#welcome(seat, events);
    } catch (error) {
      if (visit === this.#visit) this.#refuse(error);
    }
  }

  #refuse(error) {
    if (error.error === 'disconnected') return;
    const visit = this.#visit;
    if (/name_taken|timeout/.test(error.error) && this.#patience-- > 0) {
      setTimeout(() => visit === this.#visit && this.#enter(), 1000);
      return;
    }
    const wanted = this.#wanted;
    this.#wanted = this.name = undefined;
    this.#out();
    this.#tell('refused', sentence(error, wanted));
    this.#become();
  }

  #welcome({name = this.#wanted}, events) {
    this.name = this.#wanted = name;
    this.#inside = true;
    this.#patience = GHOST_PATIENCE;
    for (const {event, data} of events) if (event === 'said') this.#recall(data);
    const place = ({state, at}) => (state === 'sent' ? at : Infinity);
    this.messages.sort((a, b) => place(a) - place(b) || a.key - b.key);
    this.#tell('in', name);
    this.#look();
    this.#tell('messages');
    this.#become();
    for (const message of this.messages) if (message.state === 'pending') this.#send(message);
  }

  /** A line that was said: known already, or ours whose receipt is not here yet, or new to us. Gives what changed. */
  #recall({name, text, at}) {
    const own = name === (this.name ?? this.#wanted);
    if (this.messages.some((message) => message.name === name && message.at === at && message.text === text)) return;
    const ours = own && this.messages.find((one) => one.state === 'pending' && one.tries && one.text === text);
    const message = ours || {key: ++this.#keys, name, own, text};
    Object.assign(message, {at, state: 'sent'});
    if (!ours) this.messages.push(message);
    return message;
  }

  #hear(line) {
    this.#stopTyping(line.name);
    const message = this.#recall(line);
    if (message) this.#tell('message', message);
    this.#shorten();
  }

  async #send(message) {
    if (message.asked) return; // under way: the client repeats it when the session goes on
    message.asked = true;
    message.tries++;
    let change;
    try {
      const {at} = await this.#chat.ask('say', {text: message.text}, {timeout: 60000, queue: false});
      change = {state: 'sent', at: at ?? message.at};
    } catch (error) {
      if (error.code === 4403 && message.tries < 3) setTimeout(() => this.#wanted && this.#enter());
      else if (error.error !== 'disconnected') change = {state: 'failed', reason: sentence(error)};
    }
    message.asked = false;
    if (message.state !== 'pending' || !change) return;
    Object.assign(message, change);
    this.#tell('message', message);
  }

  #goes(name, how) {
    if (!this.#inside || name === this.name) return;
    this.#stopTyping(name);
    this.#add({notice: `${name} ${how}`});
  }

  #types(name) {
    if (!this.#inside || name === this.name) return;
    clearTimeout(this.typing.get(name));
    this.typing.set(name, setTimeout(() => this.#stopTyping(name), TYPING_SHOWS));
    this.#tell('typing', [...this.typing.keys()]);
  }

  #add(message) {
    this.#keep({key: ++this.#keys, at: Date.now(), state: 'sent', ...message});
  }

  #keep(message) {
    this.messages.push(message);
    this.#tell('message', message);
    this.#shorten();
  }

  #shorten() {
    if (this.messages.length <= KEPT) return;
    this.messages.shift();
    this.#tell('messages');
  }

  #stopTyping(name) {
    if (!this.typing.has(name)) return;
    clearTimeout(this.typing.get(name));
    this.typing.delete(name);
    this.#tell('typing', [...this.typing.keys()]);
  }
}

function sentence({error, message}, name) {
  return SENTENCES[error]?.(name) ?? (message || 'The server could not take that.');
}
