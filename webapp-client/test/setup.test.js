import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {world} from './world.js';

const list = (...given) => world().api.setup(...given).list().toArray();
describe('setup', () => {
  test('PS-40: takes "ip:port" and keeps the port as a string', () => {
    const connection = world().api.setup('127.0.0.1:8001');
    assert.deepEqual(connection.list().toArray(), ['127.0.0.1:8001']);
    assert.equal(connection.getPort(0), '8001');
  });

  test('PS-41: takes a pair, the port as number or string', () => {
    assert.deepEqual(list('127.0.0.1', 8001), ['127.0.0.1:8001']);
    assert.deepEqual(list('127.0.0.1', '8001'), ['127.0.0.1:8001']);
  });

  test('PS-42, PS-47: takes arrays and "broadcast", and lists all combinations', () => {
    const connection = world().api.setup(['a', 'b'], [1, 2], 'broadcast');
    assert.deepEqual(connection.list().toArray(), ['a:1', 'a:2', 'b:1', 'b:2']);
    assert.deepEqual(connection.list('mix').toArray(), ['a:1', 'a:2', 'b:1', 'b:2']);
    assert.deepEqual(connection.list('flat').toArray(), ['a:1', 'b:2']);
    assert.equal(connection.connectionType, 'broadcast');
  });

  test('PS-43: takes a dictionary of pairs; keys are ignored, order is kept', () => {
    for (const dictionary of [
      {local: ['a', 1], dev: ['b', 2]},
      {local: {ip: 'a', port: 1}, dev: {ip: 'b', port: 2}}
    ]) {
      const connection = world().api.setup(dictionary);
      assert.deepEqual(connection.list('flat').toArray(), ['a:1', 'b:2']);
      assert.deepEqual(connection.list('mix').toArray(), ['a:1', 'a:2', 'b:1', 'b:2']);
      assert.deepEqual(connection.list().toArray(), ['a:1', 'b:2'], 'pairs stay pairs when nothing is said');
    }
  });

  test('PS-44, PS-45: without an address or a port it is 127.0.0.1 and 8001', () => {
    assert.deepEqual(list(), ['127.0.0.1:8001']);
    assert.deepEqual(list('10.0.0.1'), ['10.0.0.1:8001']);
    assert.deepEqual(list(['a', 'b']), ['a:8001', 'b:8001']);
  });

  test('PS-46: kinds are understood in any trailing place', () => {
    const kinds = (...given) => {
      const {listType, connectionType} = world().api.setup(...given);
      return [listType, connectionType];
    };
    assert.deepEqual(kinds('a:1', 'overflow'), ['mix', 'overflow']);
    assert.deepEqual(kinds({x: ['a', 1], y: ['b', 2]}, 'overflow'), ['flat', 'overflow']);
    assert.deepEqual(kinds({x: ['a', 1], y: ['b', 2]}, 'mix'), ['mix', 'broadcast']);
    assert.deepEqual(kinds(['a'], [1], 'mix', 'broadcast'), ['mix', 'broadcast']);
    assert.deepEqual(kinds(['a'], [1], 'overflow', 'flat'), ['flat', 'overflow']);
  });

  test('PS-48: urls, paths and IPv6 are understood', () => {
    assert.deepEqual(list('ws://h:8001'), ['h:8001']);
    assert.deepEqual(list('ws://h:8001/'), ['h:8001']);
    assert.deepEqual(list('wss://h/some/path?x=1'), ['h:443']);
    assert.deepEqual(list('http://h'), ['h:80']);
    assert.deepEqual(list('[::1]:9000'), ['[::1]:9000']);
    assert.deepEqual(list('::1', 9000), ['[::1]:9000']);
  });

  test('PS-49: an array of "ip:port" is a list of pairs', () => {
    assert.deepEqual(list(['a:1', 'b:2']), ['a:1', 'b:2']);
    assert.deepEqual(list([['a', 1], ['b', 2]]), ['a:1', 'b:2']);
  });

  test('PS-50: forgets what was set up before, but not live sockets', () => {
    const {api, wires} = world();
    api.setup('a:1').connect();
    assert.deepEqual(api.setup('b:2').list().toArray(), ['b:2']);
    assert.equal(wires.length, 1);
    assert.equal(wires[0].readyState, 0);
  });

  test('PS-50: a connection type of false connects at once', () => {
    const {api, urls} = world();
    api.setup('a', 1, 'mix', false);
    assert.deepEqual(urls(), ['ws://a:1/pocket']);
  });

  test('PS-51: setup, on and connect chain', () => {
    const {api, wires} = world();
    assert.equal(api.setup('a:1'), api.connection);
    assert.equal(api.connection.on('socket', () => {}), api.connection);
    api.setup('a:1').on('socket', () => {}).connect();
    assert.equal(wires.length, 1);
  });

  test('PS-52: convertForConnect tells without changing anything', () => {
    const {connection} = world().api;
    assert.deepEqual(connection.convertForConnect('a:1'), {addresses: ['a'], ports: ['1']});
    assert.equal(connection.isSetup(), false);
  });

  test('what is no address is refused with an AddressException', () => {
    assert.throws(() => world().api.setup('://'), {name: 'AddressException', message: 'Cannot read address ://'});
  });
});

describe('connection', () => {
  test('PS-60, PS-66: isSetup follows setup and empty; empty closes nothing', () => {
    const {api, wires} = world();
    assert.equal(api.connection.isSetup(), false);
    api.setup('a:1').connect();
    assert.equal(api.connection.isSetup(), true);
    assert.equal(api.connection.empty(), true);
    assert.equal(api.connection.isSetup(), false);
    assert.equal(wires[0].readyState, 0);
  });

  test('PS-61: a mix is address-major', () => {
    const all = world().api.setup([...'abcdefg'], [1, 2, 3, 4, 5]).list('mix').toArray();
    assert.equal(all.length, 35);
    assert.deepEqual([all[0], all[1], all[5], all[34]], ['a:1', 'a:2', 'b:1', 'g:5']);
  });

  test('PS-62: flat needs equal lengths', () => {
    const connection = world().api.setup(['a', 'b', 'c'], [1, 2, 3, 4], 'broadcast');
    assert.throws(() => connection.list('flat'), (error) => {
      assert.equal(error.name, 'AddressException');
      assert.equal(error.message, 'IP and Port Array are not the same length for "flat" enumeration.');
      assert.deepEqual(error.data, {addresses: ['a', 'b', 'c'], ports: [1, 2, 3, 4], listType: 'flat'});
      return true;
    });
  });

  test('PS-63: entries have ip, port and name; lists print themselves', () => {
    const entries = world().api.setup(['a', 'b'], [1]).list();
    assert.deepEqual({...entries[0]}, {ip: 'a', port: 1, name: ''});
    assert.equal(String(entries[0]), 'a:1');
    assert.equal(entries.toString(), 'a:1,b:1');
    assert.ok(Array.isArray(entries));
  });

  test('PS-64: nothing configured lists nothing; an unknown list type is told', () => {
    const {connection} = world().api;
    assert.deepEqual(connection.list().toArray(), []);
    assert.throws(() => connection.list('round'), {name: 'AddressException'});
  });

  test('PS-65: addToList appends and returns the entry, or appends nothing', () => {
    const {connection} = world().api;
    const entries = [];
    assert.deepEqual({...connection.addToList(entries, 'a', 1)}, {ip: 'a', port: 1, name: ''});
    assert.deepEqual(connection.addToList(entries, 'a'), {});
    assert.deepEqual(connection.addToList(entries), {});
    assert.equal(entries.length, 1);
    assert.equal(connection.addToList(entries, 'b', 2, 'dev').name, 'dev');
  });

  test('PS-67: getIp, getPort and getNextOrFirst', () => {
    const connection = world().api.setup(['a', 'b'], [1, 2], 'flat');
    assert.equal(connection.getIp(1), 'b');
    assert.equal(connection.getPort(0), 1);
    assert.equal(connection.getIp(2), null);
    assert.equal(connection.getPort(2), null);
    assert.deepEqual(connection.getNextOrFirst(['x', 'y'], 0), ['y', 1]);
    assert.deepEqual(connection.getNextOrFirst(['x', 'y'], 1), ['x', 0]);
  });
});

describe('AddressException', () => {
  test('PS-31: carries message, data and caption', () => {
    const {AddressException} = world().pocket;
    const error = new AddressException('no', {a: 1});
    assert.deepEqual([error.name, error.message, error.data, error.caption], ['AddressException', 'no', {a: 1}, 'no']);
    assert.equal(String(new AddressException('no', null, 'short')), 'AddressException:short');
  });
});
