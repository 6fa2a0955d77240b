import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {world} from './world.js';

describe('connect', () => {
  test('PS-70: opens what was set up', () => {
    const {api, urls} = world({paths: ['']});
    api.setup(['a', 'b'], [1], 'broadcast');
    assert.equal(api.connect(), api);
    assert.deepEqual(urls(), ['ws://a:1', 'ws://b:1']);
  });

  test('PS-71: opens an explicit list, of entries or of strings', () => {
    const {api, urls} = world();
    api.setup(['a', 'b'], [1]);
    api.connect(api.connection.list(), 'broadcast');
    api.connect(['c:3', 'd:4']);
    assert.deepEqual(urls(), ['a:1', 'b:1', 'c:3', 'd:4'].map((at) => `ws://${at}/pocket`));
    assert.deepEqual(api.connection.list().toArray(), ['a:1', 'b:1'], 'and leaves the setup alone');
  });

  test('a list keeps what its urls said', () => {
    const {api, urls} = world();
    api.connect(api.setup('wss://h/live').list());
    assert.deepEqual(urls(), ['wss://h:443/live']);
  });

  test('connecting again keeps live sockets', () => {
    const {api, wires} = world();
    api.setup('a:1').connect();
    api.connect();
    assert.equal(wires.length, 1);
  });

  test('with nothing to connect to it says so', () => {
    assert.throws(() => world().api.connect(), {name: 'AddressException', message: 'Missing connections'});
  });

  test('PS-72: broadcast-all-connected comes once, when the last one is open', () => {
    const {api, wires, names, events} = world();
    api.setup(['a', 'b', 'c'], [1]).connect();
    wires[0].accept();
    wires[1].accept();
    assert.ok(!names().includes('broadcast-all-connected'));
    wires[2].accept();
    assert.equal(names().at(-1), 'broadcast-all-connected');
    assert.deepEqual(events.at(-1).data.sockets, api.sockets);
    assert.equal(wires.flatMap(({sent}) => sent).length, 0, 'nothing is sent for it');
    wires[2].drop();
    assert.equal(names().filter((name) => name === 'broadcast-all-connected').length, 1);
  });

  test('a page on https speaks wss where no scheme is given', () => {
    const {api, urls} = world({location: {protocol: 'https:'}});
    api.setup('a:1').connect();
    api.connect('ws://b:2');
    assert.deepEqual(urls(), ['wss://a:1/pocket', 'ws://b:2/pocket']);
  });
});

describe('doors', () => {
  const both = {paths: ['/pocket/direct', '/pocket']};

  test('the second is tried at once when the first does not open, as one attempt', () => {
    const {api, wires, urls, names} = world(both);
    api.setup('a:1').connect();
    wires[0].refuse();
    assert.deepEqual(urls(), ['ws://a:1/pocket/direct', 'ws://a:1/pocket']);
    wires[1].accept();
    assert.deepEqual(names(), ['connecting', 'open']);
    assert.equal(api.sockets[0].uri, 'ws://a:1/pocket');
  });

  test('what worked is remembered per address', () => {
    const {api, wires, urls, clock} = world(both);
    api.setup('a:1').connect();
    wires[0].refuse();
    wires[1].accept().drop();
    clock.tick(1000);
    assert.equal(urls()[2], 'ws://a:1/pocket');
    wires[2].refuse();
    assert.equal(urls()[3], 'ws://a:1/pocket/direct', 'the other one follows');
    api.connect('b:1');
    assert.equal(urls()[4], 'ws://b:1/pocket/direct');
  });

  test('one error and one close tell that no door opened', () => {
    const {api, wires, names} = world(both);
    api.setup('a:1').connect();
    wires[0].refuse();
    wires[1].refuse();
    assert.deepEqual(names(), ['connecting', 'error', 'close']);
  });

  test('a path in the address is the only door', () => {
    const {api, wires, urls, names} = world(both);
    api.setup('ws://a:1/some/path').connect();
    wires[0].refuse();
    assert.deepEqual(urls(), ['ws://a:1/some/path']);
    assert.equal(names().at(-1), 'close');
  });

  test('a silent door counts as shut', () => {
    const {api, wires, clock} = world(both);
    api.setup('a:1').connect();
    clock.tick(10000);
    wires[0].finish();
    assert.equal(wires.length, 2);
  });
});

describe('makeSocket', () => {
  test('PS-74: tells its callback every event, with name, socket and data', () => {
    const {api, wires} = world();
    const told = [];
    const socket = api.makeSocket('a:1', (name, about) => told.push([name, about]));
    wires[0].accept().receive('hi');
    wires[0].drop();
    assert.deepEqual(told.map(([name]) => name), ['connecting', 'open', 'message', 'close']);
    for (const [, about] of told) assert.deepEqual([about.name, about.socket], ['a:1', socket]);
    assert.equal(told[2][1].data.data, 'hi');
  });

  test('PS-74: an error reaches the callback', () => {
    const {api, wires} = world();
    const told = [];
    api.makeSocket('a:1', (name) => told.push(name));
    wires[0].refuse();
    assert.deepEqual(told, ['connecting', 'error', 'close']);
  });

  test('PS-75: takes every form of url', () => {
    const {api, urls} = world({paths: ['']});
    for (const url of ['a:1', 'ws://a:1', 'wss://a:1', ['a', 1], {ip: 'a', port: 1}, () => 'a:1']) api.makeSocket(url);
    assert.deepEqual(urls(), ['ws://a:1', 'ws://a:1', 'wss://a:1', 'ws://a:1', 'ws://a:1', 'ws://a:1']);
    assert.throws(() => api.makeSocket(), {name: 'AddressException', message: 'Cannot connect without URI'});
  });

  test('PS-76: hears only its own events', () => {
    const {api, wires} = world();
    const told = [];
    api.makeSocket('a:1', (name) => told.push(name));
    api.makeSocket('b:2');
    wires[1].accept().receive('hi');
    assert.deepEqual(told, ['connecting']);
  });

  test('an address the browser refuses is an error, not an exception', () => {
    const {api, events, wires} = world();
    api.connect(['a b:1', 'c:2']);
    wires[0].accept();
    assert.match(events.find(({name}) => name === 'error').data.message, /invalid/);
    assert.equal(api.sockets.filter(({connected}) => connected).length, 1);
  });
});

describe('AugmentedWebSocket', () => {
  test('PS-80: has uri and connected', () => {
    const {api, wires} = world();
    const socket = api.makeSocket('a:1');
    assert.deepEqual([socket.uri, socket.connected, socket.readyState], ['ws://a:1/pocket', false, 0]);
    wires[0].accept();
    assert.deepEqual([socket.connected, socket.readyState], [true, 1]);
    wires[0].drop();
    assert.equal(socket.connected, false);
  });

  test('PS-80: sendJson returns the id, reconnect begins anew', () => {
    const {api, wires, names} = world();
    const socket = api.makeSocket('a:1');
    wires[0].accept();
    const id = socket.sendJson('a.b', {c: 1});
    assert.deepEqual(wires[0].envelopes, [{id, message: 'a.b', data: {c: 1}}]);
    socket.reconnect();
    assert.equal(wires[0].readyState, 2);
    wires[1].accept();
    assert.deepEqual(names(), ['connecting', 'open', 'close', 'connecting', 'open']);
    assert.ok(socket.sendJson('again'));
  });

  test('PS-80: is used like a WebSocket: onmessage, addEventListener, send, close', () => {
    const {api, wires} = world();
    const socket = api.makeSocket('a:1');
    const heard = [];
    socket.onopen = () => heard.push('onopen');
    socket.addEventListener('message', () => heard.push('listener'));
    wires[0].accept().receive('x');
    socket.send('raw');
    socket.close(4000, 'bye');
    assert.deepEqual(heard, ['onopen', 'listener']);
    assert.deepEqual(wires[0].sent, ['raw']);
    assert.deepEqual(wires[0].closing, {code: 4000, reason: 'bye'});
  });
});

describe('webSocket', () => {
  test('PS-100: send bypasses JSON and takes the first open socket', () => {
    const {api, pocket, wires} = world();
    pocket.webSocket.send('into the void');
    assert.equal(pocket.webSocket.getActiveSocket(), false);
    assert.equal(pocket.webSocket.isConnected(), false);
    api.connect(['a:1', 'b:2']);
    wires[1].accept();
    pocket.websocket.send('raw');
    assert.deepEqual(wires[1].sent, ['raw']);
    assert.equal(pocket.webSocket.isConnected(), true);
    assert.equal(pocket.webSocket.getActiveSocket(), api.sockets[1]);
  });

  test('PS-100: connect, close and socketString', () => {
    const {pocket, api, wires} = world();
    const socket = pocket.webSocket.connect('a:1');
    pocket.webSocket.connect('b:1');
    pocket.webSocket.close(socket);
    assert.deepEqual(wires.map(({readyState}) => readyState), [2, 0]);
    pocket.webSocket.close();
    assert.deepEqual(api.sockets, []);
    assert.equal(pocket.webSocket.socketString('a:1'), 'ws://a:1');
    assert.equal(pocket.webSocket.socketString(['a', 1], true), 'wss://a:1');
    assert.equal(pocket.webSocket.socketString('ws://a:1/x', true), 'ws://a:1/x');
  });

  test('PS-100: eventHook hears the named events of all sockets', () => {
    const {pocket, api, wires} = world();
    const heard = [];
    pocket.webSocket.eventHook(['open', 'close'], (name, {name: url}) => heard.push(name + ' ' + url));
    pocket.webSocket.eventHook('message', (name, {data}) => heard.push(data.data));
    api.connect(['a:1', 'b:2']);
    wires[1].accept().receive('hi');
    wires[0].refuse();
    assert.deepEqual(heard, ['open b:2', 'hi', 'close a:1']);
  });
});
