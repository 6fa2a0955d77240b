/*! pocket.socket | Apache-2.0 */
globalThis.pocket ??= (() => {
  'use strict';

  // Settings, read when needed.
  const pocket = Object.assign((...given) => link(...given), {
    retryLimit: 5, // Infinity: never give up
    retryDelay: 1000,
    openTimeout: 10000,
    queueLimit: 100, // messages per socket
    paths: ['/pocket/direct', '/pocket'], // where an address has none
    finalCodes: [1000, 1002, 1007, 4001], // stay away
    secure: globalThis.location?.protocol === 'https:', // where an address has no scheme
    WebSocket: undefined // the global one
  });

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

  function parse(text) {
    try {
      const json = JSON.parse(text);
      return [json, .../^([^.]*)\.?([^]*)$/.exec(json?.message)];
    } catch {
      return []; // raw text
    }
  }

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
      const [json, text, channel, name] = parse(event.data);
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

  // ---- The modern face: pocket('/').channel('chat')

  const DOORS = {direct: 'pocket/direct', standard: 'pocket', poll: 'pocket/poll', events: 'pocket/events'};
  const works = {}; // base -> door

  function emitter() {
    const fns = new Set();
    return {
      on(...entry) {
        fns.add(entry);
        return () => { fns.delete(entry); };
      },
      emit: (event, ...args) => [...fns].filter(([name]) => name === event).map(([, fn]) => run(fn, ...args)).length
    };
  }

  /** Like a WebSocket: long-polling, or a stream of events. */
  function http(url, door) {
    const stop = new AbortController();
    const out = [];
    let session, source, batch = 0;

    function end(event) {
      stop.abort();
      source?.close();
      wire.onclose(event);
    }

    async function post(more, signal = stop.signal) {
      const body = JSON.stringify({session, ...more});
      for (let tries = 0; tries < 5 && !stop.signal.aborted; tries++) {
        try {
          const answer = await fetch(url, {method: 'POST', credentials: 'include', body, signal});
          if (answer.ok) return await answer.json();
          if (answer.status !== 503) break;
        } catch {
          // again: batches have numbers
        }
        if (!session) break;
        await new Promise((done) => setTimeout(done, 1000));
      }
      end({code: 1006});
      return {};
    }

    function begin(mail) {
      if (session) return end({code: 1006});
      session = mail.session;
      if (session) wire.onopen();
    }

    async function poll() {
      begin(await post());
      for (let ack = 0; session && !stop.signal.aborted;) {
        const {last, messages = [], close} = await post({ack});
        ack = last;
        for (const data of messages) wire.onmessage({data});
        if (close) end(close);
      }
    }

    function stream() {
      source = new EventSource(url, {withCredentials: true});
      const on = (type, fn) => source.addEventListener(type, ({data}) => fn(JSON.parse(data)));
      on('session', begin);
      on('ping', (ack) => post({ack}));
      on('close', end);
      source.onmessage = (event) => wire.onmessage(event);
      source.onerror = () => end({code: 1006}); // what it would come back to is another session
    }

    const wire = {
      async send(text) {
        if (out.push(text) > 1) return;
        while (out[0] && !stop.signal.aborted) {
          const messages = out.slice(0, 8);
          await post({batch: ++batch, messages});
          out.splice(0, messages.length);
        }
      },
      close() {
        if (session) post({close: true}, null);
        end({code: 1000});
      }
    };
    (door === 'events' ? stream : poll)();
    return wire;
  }

  function link(url = '/', {token, timeout = 10000, queue = 100, transports = Object.keys(DOORS)} = {}) {
    const base = new URL(url.replace(/^ws/, 'http').replace(/\/?$/, '/'), globalThis.location?.href).href;
    const {on, emit} = emitter();
    const channels = new Map();
    const commands = new Map(); // id -> what has no answer yet
    const stats = {rtt: 0, reconnects: -1, sent: 0, received: 0};
    const listening = new AbortController();
    let wire, ready, timer, stable, secret, tries = 0;

    function become(state, {code, reason} = {}) {
      const was = self.state;
      self.state = state;
      if (state !== was || code) emit('state', {state, was, code, reason});
    }

    const away = (event) => become(stats.reconnects < 0 ? 'connecting' : 'recovering', event);

    function post(text) {
      if (!wire) return;
      stats.sent += text.length;
      emit('frame', {out: true, text});
      wire.send(text);
    }

    function put(command) {
      command.sent = performance.now();
      post(command.text);
    }

    /** Waits for the answer; and for the connection. */
    const command = (message, data = {}, {timeout: ms = timeout, queue: waits = true, now} = {}) =>
      new Promise((done, refuse) => {
        const id = Math.random().toString(32);
        const each = {text: JSON.stringify({id, message, data}), end(answer) {
          clearTimeout(late);
          commands.delete(id);
          if (answer.socket === 'sent') done(answer);
          else refuse(Object.assign(new Error(answer.reason), answer));
        }};
        const late = setTimeout(each.end, ms, {code: 4408, error: 'timeout'});
        now ||= wire && wire === ready;
        if (!now && (!waits || self.state === 'closed')) return each.end({code: 1006, error: 'disconnected'});
        if (!now && commands.size >= queue) return each.end({code: 4429, error: 'too_many'});
        commands.set(id, each);
        if (now) put(each);
      });

    function connect() {
      clearTimeout(timer);
      if (wire || listening.signal.aborted) return;
      away();
      knock([...transports].sort((a, b) => (b === works[base]) - (a === works[base])));
    }

    function knock([door, ...others]) {
      const address = base + DOORS[door];
      let mine, late;
      const gone = (event) => {
        clearTimeout(late);
        if (wire !== mine) return;
        wire = undefined;
        if (self.state !== 'open' && others[0] && /^1|4408/.test(event.code)) knock(others);
        else lost(event);
      };
      try {
        mine = /poll|events/.test(door) ? http(address, door)
          : new (pocket.WebSocket ?? WebSocket)(address.replace('http', 'ws'));
      } catch (error) {
        return gone({code: 1006, reason: error.message});
      }
      late = setTimeout(() => drop({code: 1006}), pocket.openTimeout / (others[0] ? 2 : 1));
      wire = Object.assign(mine, {gone, onclose: gone, onmessage: ({data}) => heard(data), async onopen() {
        clearTimeout(late); // a token may take its time
        try {
          const {data = {}} = await command('socket.hello', {resume: secret, token: await token?.()}, {now: true})
            .catch((error) => {
              if (error.error !== 'no_such_namespace') throw error;
              return {};
            });
          works[base] = door;
          if (wire === mine) opened(data);
        } catch ({code = 4401, message}) {
          if (wire === mine) drop({code, reason: message});
        }
      }});
    }

    function drop(event) {
      const old = wire;
      old?.gone(event);
      old?.close();
    }

    async function opened({session, resumed}) {
      const mine = wire;
      secret = session;
      stats.reconnects++;
      stable = setTimeout(() => { tries = 0; }, 5000);
      const waiting = [...commands.values()];
      ready = resumed && wire;
      become('open');
      const joined = [...channels.values()].map((each) => each.back(resumed));
      for (const each of waiting) {
        // In the same session the server knows what it has handled; else nobody does.
        if (resumed) put(each);
        else if (each.sent) each.end({code: 1006, error: 'disconnected'});
      }
      // A new one knows us when its channels are joined.
      await (resumed || Promise.all(joined));
      if (wire !== mine) return;
      ready = mine;
      for (const each of commands.values()) if (!each.sent) put(each);
    }

    function lost(event) {
      clearTimeout(stable);
      if (pocket.finalCodes.includes(event.code)) return over(event);
      away(event);
      if (globalThis.navigator?.onLine !== false) {
        timer = setTimeout(connect, Math.random() * Math.min(20000, 500 * 2 ** tries++));
      }
    }

    function over(event) {
      listening.abort();
      clearTimeout(timer);
      become('closed', event);
      for (const each of commands.values()) each.end({error: 'closed', ...event});
      for (const each of channels.values()) each.out(event);
    }

    function heard(text) {
      stats.received += text.length;
      emit('frame', {out: false, text});
      const [json, , name, event] = parse(text);
      const command = commands.get(json?.messageId);
      const channel = channels.get(json?.channel ?? name);
      if (command) {
        stats.rtt = performance.now() - command.sent;
        command.end(json);
      } else if (json?.socket === 'token') refresh().catch((error) => emit('error', error));
      else if (json?.socket === 'presence') channel?.present(json);
      else if (channel) channel.heard(event, json);
      else emit(json?.socket ?? 'message', json ?? text);
    }

    const refresh = async () => command('socket.token', {token: await token?.()});

    const self = {
      on,
      connect,
      stats: () => ({...stats, transport: works[base], queued: commands.size}),
      channel(name, how) {
        if (!channels.has(name)) channels.set(name, room(name, how, {command, post, emit, self}));
        return channels.get(name).api;
      },
      close() {
        const event = {code: 1000, reason: 'you closed'};
        over(event);
        drop(event);
      }
    };

    const back = () => { if (!globalThis.document?.hidden) connect(); };
    const outside = {online: back, pageshow: back, visibilitychange: back, offline: () => drop({code: 1006, reason: 'offline'})};
    for (const type in outside) globalThis.addEventListener?.(type, outside[type], listening);
    try {
      if (localStorage.pocket) on('frame', ({out, text}) => console.debug(out, text));
    } catch {
      // no storage here
    }
    connect();
    return self;
  }

  function room(name, {join = true, last} = {}, {command, post, emit: outer, self}) {
    const {on, emit} = emitter();
    const asks = {};
    const places = new Map(); // room -> {epoch, offset} of what we have
    const live = new Map(); // room -> members
    const joining = [];
    let wanted, given, mine, held, first;

    const ours = (what, data) => command('socket.' + what, {channel: name, ...data}, {now: self.state === 'open'});
    const say = (event, about) => emit(event, about) || outer(event, about, api) || console.warn(name, event, about);
    const trouble = (error) => say('error', error);

    async function tell(event, json) {
      if (!['join', 'leave', 'gap', 'error'].includes(event)) emit(event, json.data, json);
      emit('*', event, json.data, json);
      if (json.id === undefined || !asks[event]) return;
      let answer;
      try {
        answer = {message: 'socket.answer', data: await asks[event](json.data) ?? null};
      } catch ({message}) {
        answer = {message: 'socket.refuse', data: {reason: message}};
      }
      post(JSON.stringify({id: json.id, ...answer}));
    }

    function take(key, {epoch, offset, recovered, events}) {
      const before = places.get(key);
      places.set(key, {epoch, offset});
      if (recovered === false) say('gap', {room: key, epoch, offset});
      for (const each of events) {
        if (before?.epoch !== epoch || each.offset > before.offset) tell(each.event, {...each, room: key});
      }
    }

    async function fill(room) {
      try {
        take(room, (await ours('history', {room, since: places.get(room)})).data);
      } catch (error) {
        if (error.code === 1006) throw error;
        places.delete(room);
        say('gap', {room});
      }
    }

    function release() {
      const waiting = held ?? [];
      held = undefined;
      for (const each of waiting) heard(...each);
    }

    function heard(event, json) {
      const {offset, room = ''} = json;
      const place = places.get(room);
      if (held) held.push([event, json]);
      else if (offset > place?.offset + 1) {
        held = [[event, json]];
        fill(room).catch(trouble).then(release);
      } else if (!(offset <= place?.offset)) {
        if (place && offset) place.offset = offset;
        tell(event, json);
      }
    }

    async function watch(room) {
      try {
        const {data} = await ours('presence', {room, watch: true});
        const members = live.get(room);
        members.clear();
        for (const each of data.members) members.set(each.id, each);
        members.count = data.count;
        members.emit('sync');
      } catch (error) {
        trouble(error);
      }
    }

    async function back(resumed) {
      if (!wanted) return;
      const {state} = api;
      const again = state !== 'left';
      api.state = 'joining';
      held ??= [];
      try {
        let greeting, history;
        if (!resumed || state !== 'joined') {
          const since = places.size ? Object.fromEntries(places) : undefined;
          ({data: greeting, history} = await ours('join', {...given, since, last}));
          if (again && !history) say('gap', {room: ''});
          for (const room in history) take(room, history[room]);
          if (mine) ours('state', {state: mine}).catch(trouble);
        }
        api.state = 'joined';
        first = true;
        emit('join', {data: greeting, again});
        first = false;
        for (const room of live.keys()) watch(room);
        for (const [done] of joining.splice(0)) done(greeting);
        // What a listener entered just now, too.
        for (const room of places.keys()) if (!history?.[room]) await fill(room);
      } catch (error) {
        if (error.code === 1006 || self.state !== 'open') return; // the link comes back, and so do we
        api.state = 'left';
        trouble(error);
        for (const [, refuse] of joining.splice(0)) refuse(error);
      }
      release();
    }

    function out(event) {
      wanted = false;
      held = undefined;
      places.clear();
      api.state = 'left';
      emit('leave', event);
    }

    const api = {
      name,
      on,
      state: 'left',
      ask: async (event, data, how) => (await command(name + '.' + event, data, {now: first, ...how})).data,
      send(event, data, how) { api.ask(event, data, {timeout: 60000, ...how}).catch(trouble); },
      onAsk(event, fn) {
        asks[event] = fn;
        return () => { delete asks[event]; };
      },
      join(data) {
        wanted = true;
        given = data;
        const joined = new Promise((...settle) => joining.push(settle));
        joined.catch(() => {});
        if (self.state === 'open') back();
        return joined;
      },
      leave() {
        out({code: 1000, reason: 'you left'});
        return ours('leave').catch(() => {});
      },
      update: (state) => ours('state', {state: mine = state}),
      async history(which) {
        const {data} = await ours('history', which);
        if (which?.room && !places.has(which.room)) take(which.room, {...data, events: []});
        return data;
      },
      presence(room = '') {
        if (!live.has(room)) {
          live.set(room, Object.assign(new Map(), emitter()));
          if (api.state === 'joined') watch(room);
        }
        return live.get(room);
      },
      async *[Symbol.asyncIterator]() {
        const messages = [];
        let wake, ended;
        const add = on('*', (event, data) => {
          if (messages.push({event, data}) > 1000) say('gap', messages.shift());
          wake?.();
        });
        const end = on('leave', () => {
          ended = true;
          wake?.();
        });
        try {
          for (;;) {
            while (messages[0]) yield messages.shift();
            if (ended) return;
            await new Promise((done) => { wake = done; });
          }
        } finally {
          add();
          end();
        }
      }
    };
    if (join) queueMicrotask(() => wanted ?? api.join());
    return {api, back, out, heard, present({room = '', change, member, count}) {
      const members = live.get(room);
      if (!members) return;
      if (change === 'leave') members.delete(member.id);
      else if (member) members.set(member.id, member);
      members.count = count;
      members.emit(change, member);
    }};
  }

  return Object.assign(pocket, {socket: api, webSocket, websocket: webSocket, AddressException});
})();
