import {readFileSync} from 'node:fs';

/** The file as it is, or as it is served: POCKET_CLIENT says where that lies. */
export const file = process.env.POCKET_CLIENT ?? new URL('../pocket.socket.js', import.meta.url);

const source = readFileSync(file, 'utf8');
const clientIn = new Function('globalThis', 'WebSocket', 'setTimeout', 'clearTimeout', 'fetch', 'EventSource',
  source + '\nreturn globalThis.pocket;');

/** Timers that only move when told to. */
export class Clock {
  now = 0;
  #due = new Map();
  #next = 1;

  setTimeout = (fn, ms = 0, ...args) => {
    this.#due.set(this.#next, {at: this.now + ms, fn: () => fn(...args)});
    return this.#next++;
  };

  clearTimeout = (id) => void this.#due.delete(id);

  get waiting() {
    return this.#due.size;
  }

  tick(ms) {
    const end = this.now + ms;
    for (;;) {
      const [id, timer] = [...this.#due].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (!timer || timer.at > end) break;
      this.#due.delete(id);
      this.now = timer.at;
      timer.fn();
    }
    this.now = end;
  }
}

const event = (type, more) => Object.assign(new Event(type), more);

/** The other end of a WebSocket is in the test's hands. */
class FakeWebSocket {
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = url;
  }

  send(text) {
    if (this.readyState === 0) throw new Error('still connecting');
    if (this.readyState === 1) this.sent.push(text);
  }

  close(code = 1000, reason = '') {
    if (this.readyState > 1) return;
    const refused = this.readyState === 0;
    this.readyState = 2;
    this.closing = refused ? {code: 1006, reason: ''} : {code, reason};
  }

  // ---- what the server and the network do

  accept() {
    this.readyState = 1;
    this.onopen?.(event('open'));
    return this;
  }

  refuse() {
    this.readyState = 3;
    this.onerror?.(event('error'));
    this.onclose?.(event('close', {code: 1006, reason: '', wasClean: false}));
  }

  drop(code = 1006, reason = '') {
    this.readyState = 3;
    this.onclose?.(event('close', {code, reason}));
  }

  /** Ends a close the client began. */
  finish() {
    this.drop(this.closing.code, this.closing.reason);
  }

  receive(data) {
    this.onmessage?.(event('message', {data: typeof data === 'string' ? data : JSON.stringify(data)}));
  }

  get envelopes() {
    return this.sent.map((text) => JSON.parse(text));
  }
}

/** A fresh client with nothing real around it. */
export function world({location, paths = ['/pocket'], fetch, EventSource} = {}) {
  const clock = new Clock();
  const wires = [];
  class WebSocket extends FakeWebSocket {
    constructor(url) {
      if (/[ <>]/.test(url)) throw new SyntaxError(`The URL '${url}' is invalid.`);
      super(url);
      wires.push(this);
    }
  }
  const errors = [];
  const page = new EventTarget();
  const scope = {
    location,
    WebSocket,
    reportError: (error) => errors.push(error),
    addEventListener: page.addEventListener.bind(page)
  };
  const pocket = clientIn(scope, WebSocket, clock.setTimeout, clock.clearTimeout, fetch, EventSource);
  pocket.paths = paths;
  const events = [];
  pocket.socket.on('socket', (name, data, socket) => events.push({name, data, socket}));
  return {
    pocket,
    api: pocket.socket,
    clock,
    wires,
    errors,
    scope,
    page,
    events,
    names: () => events.map(({name}) => name),
    urls: () => wires.map(({url}) => url),
    get last() {
      return wires.at(-1);
    }
  };
}
