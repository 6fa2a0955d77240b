// What the seed's client does (seeds.md 1.4 to 1.11), line by line, in a page of its own against two real servers.
// Each gets {pocket, api, a, b, bPort, until, other, heard}: two addresses that answer, and another page's client at the first.
window.seedLines = {
  'PS-30': ({pocket, api}) => {
    equal([pocket.socket === api, pocket.webSocket === pocket.websocket, pocket.retryLimit], [true, true, 5]);
  },
  'PS-31': ({pocket}) => {
    const thrown = new pocket.AddressException('no', {x: 1});
    equal([thrown.name, thrown.message, thrown.data, thrown.caption, String(thrown)],
      ['AddressException', 'no', {x: 1}, 'no', 'AddressException:no']);
    equal(String(new pocket.AddressException('no', 0, 'dear')), 'AddressException:dear');
  },
  'PS-40': ({api, a}) => equal(api.setup(a).list().toArray(), [a]),
  'PS-41': ({api}) => {
    equal(api.setup('127.0.0.1', 8001).list().toArray(), ['127.0.0.1:8001']);
    equal(api.setup('127.0.0.1', '8002').list().toArray(), ['127.0.0.1:8002']);
  },
  'PS-42': ({api}) => {
    const connection = api.setup(['x', 'y'], [1, 2], 'broadcast');
    equal(connection.list('mix').toArray(), ['x:1', 'x:2', 'y:1', 'y:2']);
    equal(connection.list('flat').toArray(), ['x:1', 'y:2']);
  },
  'PS-43': ({api}) => {
    equal(api.setup({local: ['x', 1], dev: ['y', 2]}).list('flat').toArray(), ['x:1', 'y:2']);
    equal(api.setup({local: {ip: 'x', port: 1}, dev: ['y', 2]}).list('mix').toArray(), ['x:1', 'x:2', 'y:1', 'y:2']);
  },
  'PS-44': ({api}) => equal(api.setup().list().toArray(), ['127.0.0.1:8001']),
  'PS-45': ({api}) => equal(api.setup('127.0.0.1').list().toArray(), ['127.0.0.1:8001']),
  'PS-46': ({api}) => {
    equal(api.setup('x:1', 'overflow').connectionType, 'overflow');
    equal(api.setup([['x', 1], ['y', 2]], 'overflow').list().toArray(), ['x:1', 'y:2']);
    const {listType, connectionType} = api.setup(['x'], [1], 'broadcast', 'mix');
    equal([listType, connectionType], ['mix', 'broadcast']);
  },
  'PS-47': async ({api, a, b, until}) => {
    api.setup(['127.0.0.1'], [port(a), port(b)], 'broadcast').connect();
    await until(() => api.sockets.length === 2 && api.sockets.every((socket) => socket.connected));
  },
  'PS-48': async ({api, a, until}) => {
    equal(api.setup('wss://h:8001/path').list().toArray(), ['h:8001']);
    equal(api.setup('[::1]:8001').list().toArray(), ['[::1]:8001']);
    api.setup('ws://' + a + '/pocket').connect();
    await until(() => api.sockets[0].connected);
    equal(api.sockets[0].uri, 'ws://' + a + '/pocket');
  },
  'PS-49': async ({api, a, b, until}) => {
    equal(api.setup([a, b]).list().toArray(), [a, b]);
    api.connect([a]);
    await until(() => api.sockets[0].connected);
  },
  'PS-50': async ({api, a, b, until}) => {
    api.setup(a).connect();
    await until(() => api.sockets[0].connected);
    const {listType, connectionType} = api.setup(b);
    equal([listType, connectionType, api.connection.list().toArray(), api.sockets.length], ['mix', 'broadcast', [b], 1]);
    api.setup(b, false);
    await until(() => api.sockets.length === 2 && api.sockets[1].connected);
  },
  'PS-51': async ({api, a, until}) => {
    let opened = 0;
    const connection = api.setup(a);
    equal([connection === api.connection, connection.on('x', () => {}) === connection], [true, true]);
    api.setup(a).on('socket', 'open', () => opened++).connect();
    await until(() => opened === 1);
  },
  'PS-52': ({api}) => {
    api.setup('x:1');
    equal(api.connection.convertForConnect(['y', 'z'], [2]), {addresses: ['y', 'z'], ports: [2]});
    equal(api.connection.list().toArray(), ['x:1']);
  },
  'PS-60': ({api}) => {
    const before = api.connection.isSetup();
    equal([before, api.setup('x:1').isSetup(), api.connection.empty(), api.connection.isSetup()], [false, true, true, false]);
  },
  'PS-61': ({api}) => {
    const list = api.setup([...'abcdefg'], [1, 2, 3, 4, 5]).list('mix').toArray();
    equal([list.length, list[0], list[1], list[34]], [35, 'a:1', 'a:2', 'g:5']);
    equal(api.setup(['x', 'y', 'z'], [1, 2, 3, 4]).list('mix').length, 12);
  },
  'PS-62': ({api}) => {
    equal(api.setup(['x', 'y'], [1, 2]).list('flat').toArray(), ['x:1', 'y:2']);
    const thrown = fails(() => api.setup(['x', 'y'], [1]).list('flat'));
    equal([thrown.name, thrown.message, thrown.data], ['AddressException',
      'IP and Port Array are not the same length for "flat" enumeration.', {addresses: ['x', 'y'], ports: [1], listType: 'flat'}]);
  },
  'PS-63': ({api}) => {
    const list = api.setup('x:1').list();
    equal([list[0].ip, list[0].port, list[0].name, String(list[0]), String(list)], ['x', '1', '', 'x:1', 'x:1']);
    equal(String(api.setup(['x', 'y'], [1], 'flat', 'mix').list()), 'x:1,y:1');
  },
  'PS-64': ({api}) => {
    api.connection.empty();
    equal(api.connection.list().toArray(), []);
    equal(fails(() => api.setup('x:1').list('spiral')).name, 'AddressException');
  },
  'PS-65': ({api}) => {
    const list = api.setup('x:1').list();
    equal(String(api.connection.addToList(list, 'y', 2, 'why')), 'y:2');
    equal([list.toArray(), list[1].name, api.connection.addToList(list, 'z'), list.length], [['x:1', 'y:2'], 'why', {}, 2]);
  },
  'PS-66': async ({api, a, until}) => {
    api.setup(a).connect();
    await until(() => api.sockets[0].connected);
    equal([api.connection.empty(), api.connection.addresses, api.sockets[0].connected], [true, [], true]);
  },
  'PS-67': ({api}) => {
    const connection = api.setup(['x', 'y'], [1, 2]);
    const list = connection.list('flat');
    equal([connection.getIp(1), connection.getPort(0), connection.getIp(9)], ['y', 1, null]);
    equal([connection.getNextOrFirst(list, 0).join(), connection.getNextOrFirst(list, 1).join()], ['y:2,1', 'x:1,0']);
  },
  'PS-70': async ({api, a, b, until}) => {
    api.setup([a, b]).connect();
    await until(() => api.sockets.length === 2 && api.sockets.every(({connected}) => connected));
    equal(api.sockets.map(({uri}) => new URL(uri).host), [a, b]);
  },
  'PS-71': async ({api, a, b, until}) => {
    const list = api.setup([a, b]).list();
    api.connection.empty();
    api.connect(list, 'broadcast');
    await until(() => api.sockets.length === 2 && api.sockets.every(({connected}) => connected));
  },
  'PS-72': async ({api, a, b, until}) => {
    const told = [];
    api.on('socket', 'broadcast-all-connected', ({sockets}) => told.push(sockets.length));
    api.setup([a, b]).connect();
    await until(() => told.length);
    equal([told, api.sockets.every(({connected}) => connected)], [[2], true]);
  },
  'PS-73': async ({api, a, b, until, heard, bOther}) => {
    api.setup(['127.0.0.1:1', a, b], 'overflow').connect(); // nobody listens at the first
    api.send('over the flow');
    await until(() => heard.includes('over the flow'));
    equal(api.sockets.length, 1);
    equal(new URL(api.sockets[0].uri).host, a);
    api.sockets[0].native.close();
    api.send('to the next');
    await until(() => api.sockets[0].connected && new URL(api.sockets[0].uri).host === b);
    await until(() => bOther.includes('to the next'));
  },
  'PS-74': async ({api, a, until}) => {
    const calls = [];
    const socket = api.makeSocket(a, (name, about) => calls.push([name, about]));
    await until(() => calls.some(([name]) => name === 'open'));
    const [, about] = calls.find(([name]) => name === 'open');
    equal([about.name, about.socket === socket, about.data.type], [a, true, 'open']);
    api.sendTo(socket, 'hello');
    await until(() => calls.some(([name]) => name === 'message'));
    socket.close();
    await until(() => calls.some(([name]) => name === 'close'));
  },
  'PS-75': async ({api, pocket, a, until}) => {
    const [ip, number] = a.split(':');
    for (const url of [a, 'ws://' + a, [ip, number], {ip, port: number}, () => a]) {
      const socket = api.makeSocket(url);
      await until(() => socket.connected);
      equal(new URL(socket.uri).host, a);
      socket.close();
    }
    equal(pocket.webSocket.socketString(a, true), 'wss://' + a);
    equal(fails(() => api.makeSocket()).message, 'Cannot connect without URI');
  },
  'PS-76': async ({api, a, b, until}) => {
    const first = [];
    const second = [];
    api.makeSocket(a, (name) => first.push(name));
    const other = api.makeSocket(b, (name) => second.push(name));
    await until(() => first.includes('open') && second.includes('open'));
    other.close();
    await until(() => second.includes('close'));
    equal(first.includes('close'), false);
  },
  'PS-80': async ({api, a, until}) => {
    const socket = api.makeSocket(a);
    equal(socket.connected, false);
    await until(() => socket.connected);
    equal(typeof socket.sendJson('x', 1), 'string');
    socket.reconnect();
    await until(() => socket.connected);
    socket.close();
    await until(() => !socket.connected);
  },
  'PS-90': async ({api, a, until, heard}) => {
    api.setup(a).connect();
    await until(() => api.sockets[0].connected);
    const [id] = api.send('Art can be very abstract.');
    equal(/^0\.[0-9a-v]+$/.test(id), true);
    await until(() => heard.raw.includes(`{"id":"${id}","message":"Art can be very abstract.","data":{}}`));
    equal(api.send('x')[0] === id, false);
  },
  'PS-91': async ({api, a, until, heard}) => {
    api.setup(a).connect();
    api.sendToAll('text');
    api.sendToAll('socket.message', 'milk');
    api.sendToAll('object', {x: [1]});
    await until(() => heard.length >= 3);
    equal(heard.envelopes.map(({message, data}) => [message, data]), [['text', {}], ['socket.message', 'milk'], ['object', {x: [1]}]]);
  },
  'PS-92': async ({api, a, b, until, heard, bOther}) => {
    api.setup([a, b]).connect();
    api.send('both of you');
    await until(() => heard.includes('both of you') && bOther.includes('both of you'));
  },
  'PS-93': async ({api, a, until, heard}) => {
    api.setup(a).connect();
    equal([api.send('early'), api.send('')], [[undefined], false]);
    await until(() => heard.includes('early'));
    equal(api.send('late').length, 1);
  },
  'PS-94': async ({api, a, until, heard}) => {
    const socket = api.makeSocket(a);
    equal(api.sendTo(socket, 'too early'), undefined);
    await until(() => socket.connected);
    equal(typeof api.sendTo(socket, 'now', 1), 'string');
    await until(() => heard.includes('now'));
    equal([heard.includes('too early'), fails(() => api.sendTo(null, 'x')).message], [false, 'Socket does not exist']);
  },
  'PS-95': async ({api, a, until, heard}) => {
    api.setup(a).connect();
    for (const data of [0, '', false, null, undefined]) api.send('falsy', data);
    await until(() => heard.length >= 5);
    equal(heard.envelopes.map(({data}) => data), [0, '', false, null, {}]);
  },
  'PS-96': async ({api, a, b, until, heard, bOther}) => {
    api.setup([a, b]).connect();
    api.signal('hall', 'cheer');
    await until(() => heard.includes('hall.cheer') && bOther.includes('hall.cheer'));
    equal(heard.envelopes[0].data, {});
  },
  'PS-97': async ({api, a, b, until, heard, bOther}) => {
    api.setup([a, b]).connect();
    await until(() => api.sockets.every(({connected}) => connected));
    api.signal('hall', 'cheer', {}, api.sockets[0]);
    await until(() => heard.includes('hall.cheer') && bOther.includes('hall.cheer'));
  },
  'PS-98': async ({api, a, until}) => {
    const receipts = [];
    api.setup(a).connect();
    const ids = api.signal('hall', 'cheer', (receipt) => receipts.push(receipt));
    await until(() => receipts.length);
    equal([receipts.length, receipts[0].socket, receipts[0].attr, typeof receipts[0].time], [1, 'sent', 'json', 'string']);
    equal(ids, [undefined]);
    api.signal('chat', 'nope', (refusal) => receipts.push(refusal));
    await until(() => receipts.length === 2);
    equal([receipts[1].socket, receipts[1].code], ['error', 4404]);
  },
  'PS-99': async ({api, a, until, heard}) => {
    api.setup(a);
    api.signal('hall', 'cheer');
    await until(() => heard.includes('hall.cheer'));
  },
  'PS-100': async ({pocket, api, a, until, heard}) => {
    const {webSocket} = pocket;
    const hooked = [];
    webSocket.eventHook(['open', 'close'], (name) => hooked.push(name));
    equal([webSocket.getActiveSocket(), webSocket.isConnected(), webSocket.socketString('h:1')], [false, false, 'ws://h:1']);
    const socket = webSocket.connect(a, () => {});
    await until(() => webSocket.isConnected());
    equal(webSocket.getActiveSocket() === socket, true);
    webSocket.send('raw, not JSON');
    await until(() => heard.raw.includes('raw, not JSON'));
    webSocket.close(socket);
    await until(() => hooked.includes('close'));
    equal(hooked, ['open', 'close']);
  },
  'PS-110': async ({api, a, until, known, other}) => {
    const calls = [];
    equal(api.on('hall', (event, {data}) => calls.push(['first', event, data])) === api, true);
    api.on('hall', (event, {data}) => calls.push(['second', event, data]));
    api.setup(a).connect();
    await known();
    other.signal('hall', 'cheer', 1);
    await until(() => calls.length === 2);
    equal(calls, [['first', 'cheer', 1], ['second', 'cheer', 1]]);
  },
  'PS-111': async ({api, a, until, known, other}) => {
    const calls = [];
    api.on('hall', 'cheer', (envelope, socket) => calls.push([envelope.data, socket === api.sockets[0]]));
    api.setup(a).connect();
    await known();
    other.signal('hall', 'boo', 1);
    other.signal('hall', 'cheer', 2);
    await until(() => calls.length);
    equal(calls, [[2, true]]);
  },
  'PS-112': async ({api, pocket, a, until, known, other, otherRaw}) => {
    const raw = [];
    const envelopes = [];
    api.on('socket', 'message', ({data}) => raw.push(data));
    api.on('hall', 'cheer', (envelope) => envelopes.push(envelope));
    api.setup(a).connect();
    await known();
    otherRaw('not JSON');
    otherRaw('{"neither":1}');
    other.signal('hall', 'cheer', 3);
    await until(() => envelopes.length);
    equal(raw, ['not JSON', '{"neither":1}']);
    const [{__channel, __eventName, __event, data}] = envelopes;
    equal([__channel, __eventName, __event.type, data], ['hall', 'cheer', 'message', 3]);
  },
  'PS-113': async ({api, a, until, known, other}) => {
    const calls = [];
    api.on('hall.cheer', (message, {data}) => calls.push([message, data]));
    api.on('Plain text', (message) => calls.push([message]));
    api.setup(a).connect();
    await known();
    other.signal('hall', 'cheer', 1);
    other.send('Plain text');
    await until(() => calls.length === 2);
    equal(calls, [['hall.cheer', 1], ['Plain text']]);
  },
  'PS-114': async ({api, a, until, anotherComes}) => {
    const events = [];
    api.on('socket', (event, data) => events.push([event, data]));
    const has = (name) => events.find(([event]) => event === name)?.[1];
    api.setup(a).connect();
    await until(() => has('open'));
    equal([has('connecting')[0], new URL(has('connecting')[1]).host], [a, a]);
    equal([new URL(has('open').socket.uri).host, has('open').data.type], [a, 'open']);
    anotherComes();
    await until(() => has('connected') && has('disconnected'));
    equal([has('connected').address, typeof has('connected').port], ['127.0.0.1', 'number']);
    api.send('x');
    await until(() => has('sent'));
    api.sockets[0].close();
    await until(() => has('close'));
    equal(has('close').type, 'close');
  },
  'PS-120': async ({api, pocket, a, until, known, other}) => {
    pocket.retryDelay = 50;
    const calls = [];
    api.on('hall', (event) => calls.push(event));
    api.setup(a).connect();
    await until(() => api.sockets[0].connected);
    const before = api.sockets[0].native;
    before.close();
    pocket.finalCodes = [];
    await until(() => api.sockets[0]?.connected && api.sockets[0].native !== before);
    await known(2);
    other.signal('hall', 'cheer');
    await until(() => calls.length);
  },
  'PS-121': async ({api, pocket, until}) => {
    equal([pocket.retryDelay, pocket.retryLimit], [1000, 5]);
    pocket.retryDelay = 20;
    const attempts = [];
    let connecting = 0;
    api.on('socket', 'reconnect', ({attempt}) => attempts.push(attempt));
    api.on('socket', 'connecting', () => connecting++);
    api.setup('127.0.0.1:1').connect();
    await until(() => api.sockets.length === 0);
    equal([attempts, connecting], [[1, 2, 3, 4, 5], 6]);
  }
};

const port = (address) => Number(address.split(':')[1]);

function equal(actual, wanted) {
  const [is, should] = [actual, wanted].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${is} instead of ${should}`);
}

function fails(fn) {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Another client of the same kind, in a frame of its own; notes what it hears. */
async function bystander(address) {
  const frame = document.createElement('iframe');
  frame.src = '/demo/pocket.svg?' + Math.random();
  const loaded = new Promise((done) => { frame.onload = done; });
  document.body.append(frame);
  await loaded;
  const script = frame.contentDocument.createElementNS('http://www.w3.org/1999/xhtml', 'script');
  script.src = '/pocket.socket.js';
  const ran = new Promise((done) => { script.onload = done; });
  frame.contentDocument.documentElement.append(script);
  await ran;
  const {pocket} = frame.contentWindow;
  const heard = [];
  heard.raw = [];
  heard.envelopes = [];
  const socket = pocket.socket.makeSocket(address, (name, {data}) => {
    if (name !== 'message') return;
    heard.raw.push(data.data);
    let json;
    try {
      json = JSON.parse(data.data);
    } catch { /* raw text */ }
    if (json?.message === undefined) return;
    heard.push(json.message);
    heard.envelopes.push(json);
  });
  await until(() => socket.connected);
  // others hear of it only once it is known to the server
  const answered = new Promise((done) => socket.addEventListener('message', done, {once: true}));
  socket.sendJson('chat.none');
  await answered;
  return {pocket, socket, heard, frame};
}

async function until(condition) {
  for (const end = performance.now() + 15000; !condition();) {
    if (performance.now() > end) throw new Error('not in time: ' + condition);
    await new Promise((done) => setTimeout(done, 10));
  }
}

window.runSeedLine = async (name, a, b) => {
  const first = await bystander(a);
  const second = await bystander(b);
  const comings = () => first.heard.raw.filter((text) => text.includes('"socket":"connected"')).length;
  const before = comings();
  // a client is open a moment before the server tells others of it, and only then it hears them
  const known = (times = 1) => until(() => comings() >= before + times);
  await window.seedLines[name]({
    pocket, api: pocket.socket, a, b, until, known,
    other: first.pocket.socket, otherRaw: (text) => first.socket.send(text), heard: first.heard, bOther: second.heard,
    anotherComes: async () => (await bystander(a)).frame.remove()
  });
};
