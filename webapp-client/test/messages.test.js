import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import {world} from './world.js';

/** A client with one socket that is open. */
function open(...given) {
  const it = world();
  it.api.setup(...(given.length ? given : ['a:1'])).connect();
  for (const wire of it.wires) wire.accept();
  return it;
}

describe('sending', () => {
  test('PS-90: the envelope is id, message, data, in that order', () => {
    const {api, last} = open();
    const [id] = api.send('chat.say', {text: 'hello'});
    assert.match(id, /^0\.[0-9a-v]+$/);
    assert.deepEqual(last.sent, [`{"id":"${id}","message":"chat.say","data":{"text":"hello"}}`]);
    assert.notEqual(api.send('x')[0], id);
  });

  test('PS-91, PS-95: data is {} only when there is none', () => {
    const {api, last} = open();
    api.sendToAll('Art can be very abstract.');
    for (const data of ['milk', 0, '', false, null]) api.sendToAll('socket.message', data);
    assert.deepEqual(last.envelopes.map(({data}) => data), [{}, 'milk', 0, '', false, null]);
  });

  test('PS-92, PS-93: send is sendToAll; one id per socket, each its own', () => {
    const {api, wires} = open(['a', 'b'], [1]);
    const ids = api.send('x');
    assert.deepEqual(wires.map(({envelopes}) => envelopes[0].id), ids);
    assert.notEqual(ids[0], ids[1]);
  });

  test('PS-93: an empty or missing channel is false', () => {
    const {api, last} = open();
    assert.equal(api.send(''), false);
    assert.equal(api.sendToAll(), false);
    assert.equal(last.sent.length, 0);
  });

  test('PS-93: what a closed socket could not send goes out when it is back, in order', () => {
    const {api, wires, clock} = open(['a', 'b'], [1]);
    wires[0].drop();
    const ids = api.send('one');
    api.send('two');
    assert.deepEqual([ids[0], typeof ids[1]], [undefined, 'string']);
    clock.tick(1000);
    wires[2].accept();
    assert.deepEqual(wires[2].envelopes.map(({message}) => message), ['one', 'two']);
  });

  test('PS-93: what listeners of open send goes before what waited', () => {
    const it = world();
    it.api.on('socket', 'open', () => it.api.send('login'));
    it.api.setup('a:1').connect();
    it.api.send('waited');
    it.last.accept();
    assert.deepEqual(it.last.envelopes.map(({message}) => message), ['login', 'waited']);
  });

  test('a socket keeps at most queueLimit messages, the newest', () => {
    const it = world();
    it.pocket.queueLimit = 2;
    it.api.setup('a:1').connect();
    for (const text of ['1', '2', '3']) it.api.send(text);
    it.last.accept();
    assert.deepEqual(it.last.envelopes.map(({message}) => message), ['2', '3']);
  });

  test('PS-94: sendTo sends on one socket, or says that there is none', () => {
    const {api, wires} = open(['a', 'b'], [1]);
    const id = api.sendTo(api.sockets[1], 'x', 1);
    assert.deepEqual(wires.map(({sent}) => sent.length), [0, 1]);
    assert.deepEqual(wires[1].envelopes, [{id, message: 'x', data: 1}]);
    assert.throws(() => api.sendTo(null, 'x'), {name: 'AddressException', message: 'Socket does not exist'});
  });

  test('PS-94: sendTo a socket that is not connected sends nothing, now or later', () => {
    const {api, wires} = world();
    const socket = api.makeSocket('a:1');
    assert.equal(api.sendTo(socket, 'x'), undefined);
    wires[0].accept();
    assert.equal(wires[0].sent.length, 0);
  });
});

describe('signal', () => {
  test('PS-96: says channel.event with data or {}', () => {
    const {api, wires} = open(['a', 'b'], [1]);
    api.signal('chat', 'say', 'hi');
    api.signal('socket', 'message');
    for (const {envelopes} of wires) {
      assert.deepEqual(envelopes.map(({message, data}) => [message, data]), [['chat.say', 'hi'], ['socket.message', {}]]);
    }
  });

  test('PS-97: in broadcast the socket given is ignored', () => {
    const {api, wires} = open(['a', 'b'], [1]);
    api.signal('chat', 'say', 'hi', api.sockets[0]);
    assert.deepEqual(wires.map(({sent}) => sent.length), [1, 1]);
  });

  test('PS-97: in overflow it goes to the socket given', () => {
    const {api, wires} = open(['a', 'b'], [1], 'overflow');
    const other = api.makeSocket('c:1');
    wires[1].accept();
    api.signal('chat', 'say', 'hi', other);
    assert.deepEqual(wires.map(({sent}) => sent.length), [0, 1]);
  });

  test('PS-98: the receipt comes once, with its event', () => {
    const {api, last, names} = open();
    const receipts = [];
    const [id] = api.signal('chat', 'say', {text: 'hi'}, (...args) => receipts.push(args));
    const receipt = {socket: 'sent', attr: 'json', messageId: id, time: '2013-05-07 12:00:00.123456', data: {at: 1}};
    last.receive({...receipt, messageId: '0.other'});
    last.receive(receipt);
    last.receive(receipt);
    assert.equal(receipts.length, 1);
    assert.deepEqual(receipts[0][0], receipt);
    assert.equal(receipts[0][1].type, 'message');
    assert.deepEqual(names().slice(-3), ['sent', 'sent', 'sent']);
  });

  test('PS-98: the callback may stand in the place of data', () => {
    const {api, last} = open();
    let receipt;
    const [id] = api.signal('chat', 'who', (it) => (receipt = it));
    assert.deepEqual(last.envelopes[0].data, {});
    last.receive({socket: 'sent', messageId: id});
    assert.equal(receipt.socket, 'sent');
  });

  test('an error answers in place of the receipt', () => {
    const {api, last} = open();
    let receipt;
    const [id] = api.signal('chat', 'nope', (it) => (receipt = it));
    last.receive({socket: 'error', messageId: id, code: 4404, error: 'no_such_method', reason: 'no'});
    assert.deepEqual([receipt.socket, receipt.code], ['error', 4404]);
  });

  test('a connection that is lost before the receipt answers "disconnected"', () => {
    const {api, last} = open();
    const receipts = [];
    api.signal('chat', 'say', (it) => receipts.push(it));
    last.drop(1006);
    assert.deepEqual(receipts.map(({socket, code, error}) => [socket, code, error]), [['error', 1006, 'disconnected']]);
  });

  test('in broadcast the first receipt counts, and one lost server is no loss', () => {
    const {api, wires} = open(['a', 'b'], [1]);
    const receipts = [];
    const ids = api.signal('chat', 'say', (it) => receipts.push(it.socket));
    wires[0].drop();
    assert.deepEqual(receipts, []);
    wires[1].receive({socket: 'sent', messageId: ids[1]});
    assert.deepEqual(receipts, ['sent']);
  });

  test('PS-99: signalling while not connected connects, then sends', () => {
    const {api, wires} = world();
    api.setup('a:1');
    let receipt;
    api.signal('chat', 'say', 'hi', (it) => (receipt = it));
    assert.equal(wires.length, 1);
    const [wire] = wires;
    wire.accept();
    assert.deepEqual(wire.envelopes.map(({message, data}) => [message, data]), [['chat.say', 'hi']]);
    wire.receive({socket: 'sent', messageId: wire.envelopes[0].id});
    assert.equal(receipt.socket, 'sent');
  });

  test('a message that will never leave says so', () => {
    const {api} = world();
    let receipt;
    api.setup('a:1').connect();
    api.signal('chat', 'say', 'hi', (it) => (receipt = it));
    api.sockets[0].close();
    assert.equal(receipt.error, 'disconnected');
  });
});

describe('on', () => {
  test('PS-110: hears every event of the channel, in order of registration', () => {
    const {api, last} = open();
    const heard = [];
    const chained = api
      .on('chat', (event, {data}) => heard.push(['first', event, data]))
      .on('chat', (event, {data}) => heard.push(['second', event, data]));
    assert.equal(chained, api);
    last.receive({message: 'chat.said', data: 'hi'});
    assert.deepEqual(heard, [['first', 'said', 'hi'], ['second', 'said', 'hi']]);
  });

  test('PS-111: hears one event, with envelope and socket', () => {
    const {api, last} = open();
    const heard = [];
    api.on('chat', 'said', (e, socket) => heard.push([e.data, socket]));
    last.receive({message: 'chat.said', data: 'hi'});
    last.receive({message: 'chat.typing', data: {}});
    assert.deepEqual(heard, [['hi', api.sockets[0]]]);
  });

  test('PS-112: the envelope says its channel, event and raw event; the dot is the first one', () => {
    const {api, last} = open();
    let heard;
    api.on('a', (event, envelope) => (heard = envelope));
    last.receive({id: '7', message: 'a.b.c', data: [1]});
    const {__event, ...rest} = heard;
    assert.deepEqual(rest, {id: '7', message: 'a.b.c', data: [1], __channel: 'a', __eventName: 'b.c'});
    assert.equal(__event.type, 'message');
  });

  test('PS-112: what is no envelope is the raw message of the channel socket', () => {
    const {last, events} = open();
    for (const text of ['not json', '5', 'null', '"text"', '[1]', '{"other":1}', '{"message":5}']) {
      last.receive(text);
      assert.deepEqual([events.at(-1).name, events.at(-1).data.data], ['message', text]);
    }
  });

  test('PS-113: a full message text is a channel too', () => {
    const {api, last} = open();
    const heard = [];
    api.on('chat.said', (message, {data}) => heard.push([message, data]));
    api.on('Plain text', (message, {data}) => heard.push([message, data]));
    last.receive({message: 'chat.said', data: 1});
    last.receive({message: 'Plain text', data: {}});
    assert.deepEqual(heard, [['chat.said', 1], ['Plain text', {}]]);
  });

  test('PS-114: the events of the channel socket', () => {
    const {api, last, events, names} = open();
    last.receive({address: '127.0.0.1', port: 1, socket: 'connected'});
    last.receive({address: '127.0.0.1', port: 1, socket: 'disconnected'});
    last.drop(1001);
    assert.deepEqual(names(), ['connecting', 'open', 'connected', 'disconnected', 'close']);
    assert.deepEqual(events[0].data, ['a:1', 'ws://a:1/pocket']);
    assert.equal(events[1].data.socket.uri, 'ws://a:1/pocket');
    assert.equal(events[1].data.data.type, 'open');
    assert.equal(events[2].data.address, '127.0.0.1');
    assert.equal(events[4].data.code, 1001);
    assert.equal(events[4].socket, api.sockets[0]);
  });

  test('a listener that throws is reported and stops nobody', () => {
    const {api, last, errors} = open();
    const heard = [];
    api.on('chat', () => {
      throw new Error('mine');
    });
    api.on('chat', (event) => heard.push(event));
    last.receive({message: 'chat.said'});
    assert.deepEqual(heard, ['said']);
    assert.deepEqual(errors.map(({message}) => message), ['mine']);
  });

  test('off forgets one listener, or all of a channel', () => {
    const {api, last} = open();
    const heard = [];
    const one = () => heard.push('one');
    api.on('chat', one).on('chat', 'said', () => heard.push('two'));
    last.receive({message: 'chat.said'});
    api.off('chat', one);
    last.receive({message: 'chat.said'});
    api.off('chat');
    last.receive({message: 'chat.said'});
    assert.deepEqual(heard, ['one', 'two', 'two']);
  });
});

describe('the pages of docs/protocol.md', () => {
  const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```json (receipt|error|announcement|event)\n([^]*?)```/g)];

  test('are understood, block by block', () => {
    assert.ok(blocks.length >= 6);
    for (const [, kind, text] of blocks) {
      const {api, last, events} = open();
      const json = JSON.parse(text);
      let heard;
      if (kind === 'event') {
        api.on(json.message.split('.')[0], (name, envelope) => (heard = envelope.data));
        last.receive(text);
        assert.deepEqual(heard, json.data);
      } else {
        last.receive(text);
        assert.deepEqual([events.at(-1).name, events.at(-1).data], [json.socket, json]);
      }
    }
  });
});

describe('questions of the server', () => {
  test('are answered by id, over the connection they came by', () => {
    const {api, wires} = world();
    api.connect(['a:1', 'b:1']);
    for (const wire of wires) wire.accept();
    api.on('rooms', 'invited?', (envelope) => assert.equal(api.answer(envelope, true), true));
    wires[1].receive({id: 'a1', message: 'rooms.invited?', data: {room: 'den'}});
    assert.deepEqual(wires[1].envelopes, [{id: 'a1', message: 'socket.answer', data: true}]);
    assert.deepEqual(wires[0].envelopes, []);
  });

  test('are not answered when that connection is gone', () => {
    const {api, wires} = world();
    api.connect('a:1');
    wires[0].accept();
    let question;
    api.on('rooms', 'invited?', (envelope) => { question = envelope; });
    wires[0].receive({id: 'a1', message: 'rooms.invited?', data: {}});
    wires[0].drop(1006);
    assert.equal(api.answer(question, true), false);
  });
});
