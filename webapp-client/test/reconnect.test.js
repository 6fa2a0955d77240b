import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {world} from './world.js';

function open(...given) {
  const it = world();
  it.api.setup(...given).connect();
  it.last.accept();
  return it;
}

describe('auto reconnect', () => {
  test('PS-120: a lost connection is re-established, and listeners survive', () => {
    const {api, wires, clock, names} = open('a:1');
    const heard = [];
    api.on('chat', (event) => heard.push(event));
    wires[0].drop();
    clock.tick(999);
    assert.equal(wires.length, 1);
    clock.tick(1);
    wires[1].accept().receive({message: 'chat.said'});
    assert.deepEqual(names(), ['connecting', 'open', 'close', 'reconnect', 'connecting', 'open']);
    assert.deepEqual(heard, ['said']);
    assert.equal(api.sockets.length, 1);
    assert.equal(clock.waiting, 0);
  });

  test('PS-121: tries 5 times, a second apart, each with its record', () => {
    const {api, clock, last, wires, events} = open('a:1');
    const [socket] = api.sockets;
    last.drop();
    for (let i = 1; i <= 9; i++) {
      clock.tick(1000);
      if (wires.length === i + 1) wires[i].refuse();
    }
    assert.equal(wires.length, 6);
    const records = events.filter(({name}) => name === 'reconnect').map(({data}) => data);
    assert.deepEqual(records.map(({attempt}) => attempt), [1, 2, 3, 4, 5]);
    assert.deepEqual([records[0].limit, records[0].socket], [5, socket]);
    assert.deepEqual(api.sockets, [], 'it gave up');
  });

  test('PS-121: opening resets the count', () => {
    const {wires, clock} = open('a:1');
    for (let i = 0; i < 20; i++) {
      wires[i].drop();
      clock.tick(1000);
      wires[i + 1].accept();
    }
    assert.equal(wires.length, 21);
  });

  test('PS-121: limit and delay are settings; Infinity never gives up', () => {
    const {pocket, wires, clock} = open('a:1');
    Object.assign(pocket, {retryLimit: Infinity, retryDelay: 50});
    wires[0].drop();
    for (let i = 1; i <= 200; i++) {
      clock.tick(50);
      wires[i].refuse();
    }
    assert.equal(wires.length, 201);
  });

  test('PS-121: starts when the first connection fails, too', () => {
    const {api, wires, clock} = world();
    api.setup('a:1').connect();
    wires[0].refuse();
    clock.tick(1000);
    assert.equal(wires.length, 2);
  });

  test('stays away after a final close code, comes back after the others', () => {
    for (const code of [1000, 1002, 1007, 4001]) {
      const {wires, clock, api} = open('a:1');
      wires[0].drop(code);
      assert.deepEqual([clock.waiting, api.sockets.length], [0, 0], String(code));
    }
    for (const code of [1001, 1005, 1006, 1009, 1011, 4008]) {
      const {wires, clock} = open('a:1');
      wires[0].drop(code);
      assert.equal(clock.waiting, 1, String(code));
      assert.equal(wires.length, 1);
    }
  });

  test('stays away when told to close, also between two tries', () => {
    const first = open('a:1');
    first.api.sockets[0].close();
    first.last.finish();
    assert.equal(first.names().at(-1), 'close');
    assert.equal(first.clock.waiting, 0);

    const second = open('a:1');
    second.last.drop();
    second.api.sockets[0].close();
    second.clock.tick(5000);
    assert.equal(second.wires.length, 1);
  });

  test('a listener may reconnect at once, or close', () => {
    const {api, wires, clock} = open('a:1');
    let calls = 0;
    api.on('socket', 'close', (event, socket) => (calls++ ? socket.close() : socket.reconnect()));
    wires[0].drop();
    assert.equal(wires.length, 2);
    clock.tick(1000);
    assert.equal(wires.length, 2);
    wires[1].accept().drop();
    clock.tick(9000);
    assert.equal(wires.length, 2);
  });

  test('after it gave up, signal and connect begin again', () => {
    const {api, pocket, wires} = open('a:1');
    pocket.retryLimit = 0;
    wires[0].drop();
    assert.deepEqual(api.sockets, []);
    api.signal('chat', 'say');
    wires[1].accept();
    assert.equal(wires[1].sent.length, 1);
  });

  test('an older connection’s last words are not heard', () => {
    const {api, wires, events} = open('a:1');
    api.sockets[0].reconnect();
    const before = events.length;
    wires[0].receive({message: 'chat.said'});
    wires[0].finish();
    assert.equal(events.length, before);
  });

  test('10,000 reconnects leave nothing behind', () => {
    const {api, wires, clock, events} = open('a:1');
    for (let i = 0; i < 10000; i++) {
      api.signal('chat', 'say', () => {});
      wires[0].drop();
      clock.tick(1000);
      wires.shift();
      wires[0].accept();
      events.length = 0;
    }
    assert.deepEqual([api.sockets.length, clock.waiting, wires.length], [1, 0, 1]);
  });
});

describe('overflow', () => {
  test('PS-73: uses one connection; the others stay unused', () => {
    const {api, wires, urls} = open(['a', 'b', 'c'], [1], 'overflow');
    api.send('x');
    assert.deepEqual(urls(), ['ws://a:1/pocket']);
    assert.equal(wires[0].sent.length, 1);
    assert.equal(api.sockets.length, 1);
  });

  test('PS-73: takes the next address when one fails, and cycles without end', () => {
    const {api, wires, urls, clock} = world();
    api.setup(['a', 'b', 'c'], [1], 'overflow').connect();
    for (let i = 0; i < 12; i++) {
      wires[i].refuse();
      clock.tick(1000);
    }
    assert.equal(urls().map((url) => url[5]).join(''), 'abcabcabcabca');
  });

  test('PS-73: fails over at once, and waits only after a whole round', () => {
    const {api, wires, clock} = world();
    api.setup(['a', 'b'], [1], 'overflow').connect();
    wires[0].refuse();
    clock.tick(0);
    wires[1].refuse();
    clock.tick(999);
    assert.equal(wires.length, 2);
    clock.tick(1);
    assert.equal(wires.length, 3);
  });

  test('PS-73: what could not be sent goes to the next one', () => {
    const {api, wires, clock, urls} = open(['a', 'b'], [1], 'overflow');
    wires[0].drop();
    api.send('x');
    clock.tick(0);
    wires[1].accept();
    assert.equal(urls()[1], 'ws://b:1/pocket');
    assert.deepEqual(wires[1].envelopes.map(({message}) => message), ['x']);
  });
});
