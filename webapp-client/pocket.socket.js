/*! pocket.socket 1.0 | Apache-2.0 | one file: a script and a module */
globalThis.pocket ??= (() => {
  'use strict';

  // Settings, read when needed.
  const pocket = {
    retryLimit: 5, // Infinity: never give up
    retryDelay: 1000,
    openTimeout: 10000,
    queueLimit: 100, // messages per socket
    paths: ['/pocket/direct', '/pocket'], // where an address has none
    finalCodes: [1000, 1002, 1007, 4001], // stay away
    secure: globalThis.location?.protocol === 'https:', // where an address has no scheme
    WebSocket: undefined // the global one
  };

  class AddressException extends Error {
    constructor(message, data, caption = message) {
      super(message);
      Object.assign(this, {name: 'AddressException', data, caption});
    }
    toString() { return 'AddressException:' + this.caption; }
  }

  // ---- Addresses

  class Entry {
    constructor(ip, port, name = '', {scheme, path} = {}) {
      Object.assign(this, {ip, port, name}, scheme && {scheme}, path && {path});
    }
    toString() { return this.ip + ':' + this.port; }
  }

  class List extends Array {
    toArray() { return Array.from(this, String); }
  }

  const KINDS = {mix: 'listType', flat: 'listType', broadcast: 'connectionType', overflow: 'connectionType'};
  const ADDRESS = /^(?:(?:ws|http)(s?):\/\/)?(\[.+?]|[^:/?#]+)(?::(\d+))?(?:\/?$|([/?][^#]*))/i;
  const BARE_IPV6 = /^[\da-f]*:[\da-f.]*:[\da-f:.]*$/i;

  /** One address: 'ip:port', a url, [ip, port], {ip, port}, or a function. */
  function read(given) {
    if (typeof given === 'function') given = given();
    if (Array.isArray(given)) given = {ip: given[0], port: given[1]};
    if (given?.ip) {
      const inner = read(given.ip);
      return new Entry(inner.ip, given.port ?? inner.port, given.name, {...inner, ...given});
    }
    const text = String(given ?? '').trim().replace(BARE_IPV6, '[$&]');
    const [, secure, ip, port, path] = ADDRESS.exec(text) ?? [];
    if (!ip) throw new AddressException(text ? 'Cannot read address ' + text : 'Cannot connect without URI', given);
    return new Entry(ip, port, '', {scheme: text.includes('://') && 'ws' + secure.toLowerCase(), path});
  }

  const portOf = ({port, scheme}) => port ?? {ws: 80, wss: 443}[scheme] ?? 8001;
  const complete = (entry) => Object.assign(entry, {port: portOf(entry)});
  const originOf = (entry, secure = pocket.secure) => (entry.scheme ?? (secure ? 'wss' : 'ws')) + '://' + entry;
  const uriOf = (entry, secure) => originOf(entry, secure) + (entry.path ?? '');
  const keyOf = (entries) => entries.map((entry) => uriOf(entry)).join();

  /** What setup or connect was given. */
  function configure(address = '127.0.0.1', ...rest) {
    const types = {};
    let ports;
    for (const value of rest) {
      if (KINDS[value]) types[KINDS[value]] = value;
      else if (value) ports = [].concat(value);
    }
    const many = typeof address === 'object' && !address.ip && !/^[^,]+,\d+$/.test(address);
    const entries = (many ? Object.values(address) : [address]).map(read);
    // Pairs stay pairs: nobody means addresses never given.
    const pairs = !ports && entries.some((entry) => entry.port ?? entry.scheme);
    return {
      addresses: entries.map((entry) => entry.ip),
      ports: pairs ? entries.map(portOf) : ports ?? [8001],
      entries,
      listType: pairs && entries[1] ? 'flat' : 'mix',
      connectionType: 'broadcast',
      ...types
    };
  }

  function enumerate({addresses, ports, entries, listType}, type = listType) {
    const flat = type === 'flat';
    const wrong = KINDS[type] !== 'listType' ? `Unknown enumeration "${type}".`
      : flat && addresses.length !== ports.length
        && 'IP and Port Array are not the same length for "flat" enumeration.';
    if (wrong) throw new AddressException(wrong, {addresses, ports, listType: type});
    return List.from(addresses.flatMap((ip, i) =>
      (flat ? [ports[i]] : ports).map((port) => new Entry(ip, port, entries[i]?.name, entries[i]))));
  }

  // ---- Listeners

  const listeners = new Map(); // channel or full message -> [[event or undefined, fn]]
  const hooks = []; // [[names], fn]

  function run(fn, ...args) {
    try {
      fn?.(...args);
    } catch (error) {
      (globalThis.reportError ?? console.error)(error);
    }
  }

  function emit(channel, event, data, socket) {
    for (const [only, fn] of listeners.get(channel) ?? []) {
      if (!only) run(fn, event, data, socket);
      else if (only === event) run(fn, data, socket);
    }
  }

  // ---- Sockets

  const sockets = new Set(); // open, opening, or coming back
  const doors = new Map(); // origin -> path that worked
  const origins = new WeakMap(); // envelope -> socket it came by

  /** A WebSocket that comes back; with uri, connected, sendJson(), reconnect(). */
  class AugmentedWebSocket extends EventTarget {
    connected = false;
    #given; #entries; #callback; #endless;
    #turn = 0; #tries = 0; #timer; #over;
    #queue = []; // [id, text, receipt]
    #receipts = new Map(); // id -> {call, left}

    constructor(given, entries, callback, endless) {
      super();
      this.#given = given;
      this.#entries = entries;
      this.#callback = callback;
      this.#endless = endless;
      this.reconnect();
    }

    get key() { return keyOf(this.#entries); }

    /** The message's id; undefined if it could not go now. */
    sendJson(message, data = {}, receipt, keep) {
      const id = Math.random().toString(32);
      const item = [id, JSON.stringify({id, message, data}), receipt];
      if (this.readyState === 1) return this.#put(item);
      if (keep && this.#queue.push(item) > pocket.queueLimit) this.#fail(this.#queue.shift());
    }

    send(raw) { this.native.send(raw); }

    /** Ends it for good. */
    close(code, reason) {
      this.#end();
      this.native?.close(code, reason);
    }

    /** Begins anew, now. */
    reconnect() {
      const old = this.native;
      if (old) {
        old.onopen = old.onmessage = old.onerror = old.onclose = undefined;
        old.close();
        if (this.connected) this.#gone({type: 'close', code: 1000});
      }
      clearTimeout(this.#timer);
      this.#over = false;
      this.#tries = 0;
      sockets.add(this);
      this.#call();
    }

    #call() {
      const entry = this.#entries[this.#turn % this.#entries.length];
      const known = doors.get(originOf(entry));
      const paths = entry.path ? [entry.path] : [...pocket.paths].sort((a, b) => (b === known) - (a === known));
      this.uri = originOf(entry) + (paths[0] ?? '');
      this.#tell('connecting', [this.#given, this.uri]);
      if (!this.#over) this.#knock(originOf(entry), paths);
    }

    /** Tries all doors, as one attempt. */
    #knock(origin, [path = '', ...others]) {
      this.uri = origin + path;
      let ws, trouble;
      try {
        ws = this.native = new (pocket.WebSocket ?? WebSocket)(this.uri);
      } catch (error) {
        this.#tell('error', error);
        return this.#lost({type: 'close', code: 1006, reason: error.message});
      }
      const late = setTimeout(() => ws.close(), pocket.openTimeout);
      ws.onopen = (event) => {
        clearTimeout(late);
        doors.set(origin, path);
        this.#opened(event);
      };
      ws.onmessage = (event) => this.#heard(event);
      ws.onerror = (event) => {
        if (this.connected) this.#tell('error', event);
        else trouble = event;
      };
      ws.onclose = (event) => {
        clearTimeout(late);
        if (!this.connected && !this.#over && others.length) return this.#knock(origin, others);
        if (trouble) this.#tell('error', trouble);
        this.#lost(event);
      };
    }

    #opened(event) {
      this.connected = true;
      this.#tries = 0;
      this.#tell('open', event, {socket: this, data: event});
      // What listeners sent goes first, then what waited.
      while (this.readyState === 1 && this.#queue[0]) this.#put(this.#queue.shift());
      const {group} = this;
      if (group?.every((socket) => socket.connected)) {
        for (const socket of group) socket.group = undefined;
        emit('socket', 'broadcast-all-connected', {sockets: group}, this);
      }
    }

    #lost(event) {
      const limit = this.#endless ? Infinity : pocket.retryLimit;
      if (this.#over || pocket.finalCodes.includes(event.code) || this.#tries >= limit) this.#end(event);
      else {
        const attempt = ++this.#tries;
        this.#turn++;
        this.#timer = setTimeout(() => {
          this.#tell('reconnect', {socket: this, attempt, limit});
          if (!this.#over && attempt === this.#tries) this.#call();
        }, attempt % this.#entries.length ? 0 : pocket.retryDelay);
      }
      this.#gone(event);
    }

    #gone(event) {
      this.connected = false;
      const unanswered = [...this.#receipts];
      this.#receipts.clear();
      for (const [id, receipt] of unanswered) this.#fail([id, '', receipt], event);
      this.#tell('close', event);
    }

    #end(event) {
      this.#over = true;
      clearTimeout(this.#timer);
      sockets.delete(this);
      for (const item of this.#queue.splice(0)) this.#fail(item, event);
    }

    #put([id, text, receipt]) {
      if (receipt) this.#receipts.set(id, receipt);
      this.send(text);
      return id;
    }

    /** No receipt from here: told when no other socket can bring one. */
    #fail([messageId, , receipt], {code, reason} = {code: 1000}) {
      if (receipt && !--receipt.left) run(receipt.call, {socket: 'error', messageId, code, error: 'disconnected', reason});
    }

    #heard(event) {
      this.#tell('message', event);
      let json;
      try {
        json = JSON.parse(event.data);
      } catch { /* raw text */ }
      if (json?.socket !== undefined) {
        const receipt = this.#receipts.get(json.messageId);
        if (receipt) {
          this.#receipts.delete(json.messageId);
          run(receipt.call, json, event);
          receipt.call = undefined;
        }
        run(this.#callback, json.socket, {name: this.#given, socket: this, data: json});
        emit('socket', json.socket, json, this);
      } else if (typeof json?.message === 'string') {
        const [text, channel, name] = /^([^.]*)\.?([^]*)$/.exec(json.message);
        Object.assign(json, {__channel: channel, __eventName: name, __event: event});
        origins.set(json, this);
        if (channel !== text) emit(channel, name, json, this);
        emit(text, text, json, this);
      } else emit('socket', 'message', event, this);
    }

    /** One of its own events. */
    #tell(type, event, data = event) {
      const about = {name: this.#given, socket: this, data: event};
      if (event instanceof Event) this.dispatchEvent(new event.constructor(type, event));
      run(this['on' + type], event);
      run(this.#callback, type, about);
      for (const [names, fn] of hooks) if (names.includes(type)) run(fn, type, about);
      if (type !== 'message') emit('socket', type, data, this);
    }
  }

  for (const key of ['readyState', 'protocol', 'extensions', 'bufferedAmount', 'url']) {
    Object.defineProperty(AugmentedWebSocket.prototype, key, {get() { return this.native?.[key]; }});
  }

  // ---- The API

  /** Those that are away get it when they are back. */
  function post(message, data, call, only) {
    if (!message) return false;
    if (!sockets.size && connection.isSetup()) api.connect();
    const to = only ? [only] : api.sockets;
    const receipt = call && {call, left: to.length};
    return to.map((socket) => socket.sendJson(message, data, receipt, true));
  }

  const connection = {
    ...configure([]),
    isSetup: () => !!connection.addresses[0],
    list: (type) => enumerate(connection, type),
    addToList: (list, ip, port, name) => ip && port ? list[list.push(new Entry(ip, port, name)) - 1] : {},
    empty: () => !!Object.assign(connection, configure([])),
    getIp: (i) => connection.addresses[i] ?? null,
    getPort: (i) => connection.ports[i] ?? null,
    getNextOrFirst: (list, i) => list[++i] ? [list[i], i] : [list[0], 0],
    convertForConnect(...given) {
      const {addresses, ports} = configure(...given);
      return {addresses, ports};
    },
    on: (...given) => api.on(...given) && connection,
    connect: (...given) => api.connect(...given)
  };

  const api = {
    AddressException,
    connection,
    get sockets() { return [...sockets]; },

    setup(...given) {
      Object.assign(connection, configure(...given));
      if (given.includes(false)) api.connect();
      return connection;
    },

    /** To what was set up, or to anything setup takes. Live sockets are kept. */
    connect(...given) {
      const config = given.length ? configure(...given) : connection;
      const list = enumerate(config);
      if (!list[0]) throw new AddressException('Missing connections', config);
      const endless = config.connectionType === 'overflow';
      const group = Array.from(endless ? [list] : list, (part) => {
        const entries = [].concat(part);
        return api.sockets.find(({key}) => key === keyOf(entries))
          ?? new AugmentedWebSocket(String(entries[0]), entries, undefined, endless);
      });
      if (group[1]) for (const socket of group) socket.group = group;
      return api;
    },

    /** The callback gets (name, {name, socket, data}) for this socket's events. */
    makeSocket: (url, callback) => new AugmentedWebSocket(url, [complete(read(url))], callback),

    /** on(channel, (event, data, socket) => …) or on(channel, event, (data, socket) => …) */
    on(channel, ...rest) {
      const fn = rest.pop();
      listeners.set(channel, [...(listeners.get(channel) ?? []), [rest[0], fn]]);
      return api;
    },

    off(channel, fn) {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((entry) => fn && entry[1] !== fn));
      return api;
    },

    /** signal(channel, event, data?, socket?, receipt => …) */
    signal(channel, event, ...rest) {
      const call = rest.find((value) => typeof value === 'function');
      const [data, socket] = rest.filter((value) => value !== call);
      return post(event ? channel + '.' + event : channel, data, call, connection.connectionType === 'overflow' && socket);
    },

    /** To the server's question that this envelope is. */
    answer(envelope, data = null) {
      const socket = origins.get(envelope);
      if (socket?.readyState !== 1) return false;
      socket.send(JSON.stringify({id: envelope.id, message: 'socket.answer', data}));
      return true;
    },

    send: (message, data) => post(message, data),
    sendToAll: (message, data) => post(message, data),
    sendTo(socket, message, data) {
      if (!socket) throw new AddressException('Socket does not exist');
      return socket.sendJson(message, data);
    }
  };

  const webSocket = {
    connect: api.makeSocket,
    getActiveSocket: () => api.sockets.find((socket) => socket.readyState === 1) ?? false,
    isConnected: () => !!webSocket.getActiveSocket(),
    send: (raw) => { webSocket.getActiveSocket()?.send?.(raw); },
    close: (socket) => (socket ? [socket] : api.sockets).forEach((each) => each.close()),
    socketString: (url, secure) => uriOf(complete(read(url)), secure),
    eventHook: (names, fn) => { hooks.push([[].concat(names), fn]); }
  };

  return Object.assign(pocket, {socket: api, webSocket, websocket: webSocket, AddressException});
})();
