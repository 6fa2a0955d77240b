const SENTENCES = {
  invalid_name: () => 'A name has 1 to 32 characters.',
  name_taken: (name) => `Somebody called ${name} is here already. Another name?`,
  no_such_namespace: () => 'This server has no chat.',
  too_many: () => 'That was a little fast. Try again in a moment.'
};

const TYPING_SHOWS = 3000;
const TYPING_AGAIN = 2000;
const GHOST_PATIENCE = 60;
const KEPT = 1000;

/**
 * A conversation on the channel `chat`, without a page. It tells what changed: `state`, `in`, `refused`, `people`,
 * `typing`, `message` (one came or changed) or `messages` (all of them, in a new order).
 *
 * What is said while the connection is away waits here and is said after coming back, when the server knows us again.
 */
export class Conversation {
  state = 'connecting';
  name = undefined;
  people = [];
  messages = [];
  typing = new Map();

  #api;
  #tell;
  #wanted;
  #patience = 0;
  #inside = false;
  #wire;
  #failed = false;
  #typed = -Infinity;
  #keys = 0;

  constructor(api, tell) {
    this.#api = api;
    this.#tell = tell;
    api.on('chat', (event, {data}) => this.#heard(event, data ?? {}));
    api.on('socket', (event) => this.#look(event === 'close'));
  }

  /** With patience, a name that is taken is asked for again: it may be our own earlier connection that still fades. */
  enter(name, patience = 0) {
    this.#wanted = name;
    this.#patience = patience;
    if (this.#wire) this.#enter();
  }

  leave() {
    this.#wanted = this.name = undefined;
    if (this.#inside) this.#api.signal('socket', 'leave', {channel: 'chat'});
    this.#inside = false;
    this.people = [];
    this.#look();
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
    this.#api.signal('chat', 'typing', {});
  }

  /** True when nobody will bring the connection back. */
  get ended() {
    return this.#failed && !this.#api.sockets.length;
  }

  /** What the socket is counts, not what an event says: other clients may relay what they like. */
  #look(failed = false) {
    const socket = this.#api.sockets[0];
    const wire = socket?.connected ? socket.native : undefined;
    if (!wire && failed) this.#failed = true;
    if (wire !== this.#wire) {
      this.#wire = wire;
      this.#inside = false;
      for (const name of [...this.typing.keys()]) this.#stopTyping(name);
      if (wire && this.#wanted) this.#enter();
    }
    if (wire) this.#become(this.name && !this.#inside ? 'connecting' : 'open');
    else this.#become(this.#failed ? 'offline' : 'connecting');
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#tell('state', state);
  }

  #enter() {
    const [wire, wanted] = [this.#wire, this.#wanted];
    this.#api.signal('chat', 'enter', {name: wanted}, (receipt) => {
      if (wire !== this.#wire || wanted !== this.#wanted || receipt.error === 'disconnected') return;
      if (receipt.socket === 'sent') this.#welcome(receipt.data ?? {});
      else if (receipt.error === 'name_taken' && this.#patience-- > 0) {
        setTimeout(() => wire === this.#wire && wanted === this.#wanted && this.#enter(), 1000);
      } else {
        this.#wanted = this.name = undefined;
        this.#tell('refused', sentence(receipt, wanted));
        this.#look();
      }
    });
  }

  #welcome({name = this.#wanted, people = [], recent = []}) {
    this.name = this.#wanted = name;
    this.#inside = true;
    this.#patience = GHOST_PATIENCE;
    this.people = people;
    for (const message of recent) this.#recall(message);
    const place = ({state, at}) => (state === 'sent' ? at : Infinity);
    this.messages.sort((a, b) => place(a) - place(b) || a.key - b.key);
    this.#tell('in', name);
    this.#tell('people', people);
    this.#tell('messages');
    this.#become('open');
    for (const message of this.messages) if (message.state === 'pending') this.#send(message);
  }

  /** One of the recent messages: known already, or ours whose receipt was lost, or new to us. */
  #recall({name, text, at}) {
    const own = name === this.name;
    if (this.messages.some((message) => message.name === name && message.at === at && message.text === text)) return;
    const lost = own && this.messages.find((one) => one.state === 'pending' && one.tries && one.text === text);
    if (lost) Object.assign(lost, {at, state: 'sent'});
    else this.messages.push({key: ++this.#keys, name, own, text, at, state: 'sent'});
  }

  #send(message) {
    message.tries++;
    this.#api.signal('chat', 'say', {text: message.text}, (receipt) => {
      if (message.state !== 'pending' || receipt.error === 'disconnected') return;
      if (receipt.code === 4403 && message.tries < 3) {
        this.#inside = false;
        return this.#enter();
      }
      if (receipt.socket === 'sent') Object.assign(message, {state: 'sent', at: receipt.data?.at ?? message.at});
      else Object.assign(message, {state: 'failed', reason: sentence(receipt)});
      this.#tell('message', message);
    });
  }

  #heard(event, data) {
    if (!this.#inside) return;
    if (event === 'said') {
      this.#stopTyping(data.name);
      this.#add({name: data.name, text: data.text, at: data.at, state: 'sent'});
    } else if (event === 'people') {
      this.people = data.people ?? [];
      this.#tell('people', this.people);
    } else if (event === 'joined' || event === 'left') {
      this.#stopTyping(data.name);
      this.#add({notice: `${data.name} ${event}`, at: Date.now(), state: 'sent'});
    } else if (event === 'typing' && data.name !== this.name) {
      clearTimeout(this.typing.get(data.name));
      this.typing.set(data.name, setTimeout(() => this.#stopTyping(data.name), TYPING_SHOWS));
      this.#tell('typing', [...this.typing.keys()]);
    }
  }

  #add(message) {
    message.key = ++this.#keys;
    this.#keep(message);
  }

  #keep(message) {
    this.messages.push(message);
    this.#tell('message', message);
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

function sentence({error, reason}, name) {
  return SENTENCES[error]?.(name) ?? reason ?? 'The server could not take that.';
}
