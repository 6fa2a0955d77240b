import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import {Conversation} from '../demo/conversation.js';
import {world} from './world.js';

beforeEach(() => mock.timers.enable({apis: ['setTimeout', 'Date'], now: 1000}));
afterEach(() => mock.timers.reset());

const settle = async () => { for (let i = 0; i < 8; i++) await new Promise(setImmediate); };

/** A conversation, what it told, and the server's side of it. */
async function conversation() {
  const it = world({location: {href: 'http://h/', protocol: 'http:'}});
  const told = [];
  const link = it.pocket('/', {transports: ['direct']});
  const chat = new Conversation(link, (what, value) => told.push([what, value]));
  const ask = (message) => it.last.envelopes.findLast((envelope) => envelope.message === message);
  const answer = (message, data, more) => {
    it.last.receive({socket: 'sent', messageId: ask(message).id, data, ...more});
    return settle();
  };
  const refuse = (message, code, error) => {
    it.last.receive({socket: 'error', messageId: ask(message).id, code, error});
    return settle();
  };
  const event = (name, data) => it.last.receive({message: 'chat.' + name, data});
  const said = () => it.last.envelopes.filter(({message}) => message === 'chat.say').map(({data}) => data.text);
  const open = async (resumed = false) => {
    it.last.accept();
    await settle();
    await answer('socket.hello', {session: 's', resumed});
    if (!chat.name || resumed) return;
    await answer('socket.join');
    await answer('socket.history', {epoch: 'e', offset: 1, recovered: true, events: []});
  };
  const lines = (recent) => answer('socket.history', {epoch: 'e', offset: 1, events: recent.map((data) => ({event: 'said', data}))});
  const presence = (...seats) => answer('socket.presence', {
    count: seats.length, members: seats.map(([name, room], i) => ({id: 'p' + i, state: {name, room}}))
  });
  const away = async () => {
    const count = it.wires.length;
    while (it.wires.length === count) it.clock.tick(100);
  };
  return Object.assign(it, {link, chat, told, ask, answer, refuse, event, said, open, lines, presence, away,
    texts: () => chat.messages.map(({text}) => text)});
}

async function inside() {
  const it = await conversation();
  await it.open();
  it.chat.enter('ada');
  await it.answer('socket.join');
  await it.presence(['ada', 'lobby'], ['bob', 'lobby'], ['eve', 'den']);
  await it.answer('chat.enter', {name: 'ada', room: 'lobby'});
  await it.lines([{name: 'bob', text: 'hello', at: 500}]);
  return it;
}

/** Comes back to a server that knows nothing any more. */
async function backAgain(it, recent = []) {
  it.last.drop(1006);
  await it.away();
  await it.open();
  await it.answer('chat.enter', {name: 'ada', room: 'lobby'});
  await it.lines(recent);
}

describe('entering', () => {
  test('waits for the connection, then shows who is here, where others are, and what was said', async () => {
    const {chat, ask, told, texts} = await inside();
    assert.deepEqual(ask('chat.enter').data, {name: 'ada', room: 'lobby'});
    assert.deepEqual(ask('socket.history').data, {channel: 'chat', room: 'lobby', limit: 50, reverse: true});
    assert.deepEqual([chat.name, chat.people, texts(), chat.state], ['ada', ['ada', 'bob'], ['hello'], 'open']);
    assert.deepEqual(chat.rooms, [['den', 1], ['lobby', 2]]);
    assert.ok(told.some(([what, value]) => what === 'in' && value === 'ada'));
  });

  test('a refused name is told kindly', async () => {
    const {chat, open, answer, refuse, told} = await conversation();
    await open();
    chat.enter('bob');
    await answer('socket.join');
    await refuse('chat.enter', 4409, 'name_taken');
    assert.deepEqual(told.findLast(([what]) => what === 'refused')[1], 'Somebody called bob is here already. Another name?');
    assert.equal(chat.name, undefined);
  });

  test('a server without a chat is told, too', async () => {
    const {chat, open, refuse, told} = await conversation();
    await open();
    chat.enter('bob');
    await refuse('socket.join', 4404, 'no_such_namespace');
    assert.deepEqual(told.findLast(([what]) => what === 'refused')[1], 'This server has no chat.');
  });

  test('a server without history has none to show', async () => {
    const it = await conversation();
    await it.open();
    it.chat.enter('ada');
    await it.answer('socket.join');
    await it.answer('chat.enter', {name: 'ada', room: 'lobby'});
    await it.refuse('socket.history', 4404, 'no_such_method');
    assert.deepEqual([it.chat.name, it.texts()], ['ada', []]);
  });

  for (const [code, error] of [[4409, 'name_taken'], [4408, 'timeout']]) {
    test(`with patience who meets ${error} asks again: it may be our own ghost, or a server that is slow to rise`, async () => {
      const it = await conversation();
      await it.open();
      it.chat.enter('ada', {patience: 1});
      await it.answer('socket.join');
      await it.refuse('chat.enter', code, error);
      mock.timers.tick(1000);
      await settle();
      await it.answer('chat.enter', {name: 'ada'});
      await it.lines([]);
      assert.equal(it.chat.name, 'ada');
    });
  }

  test('another room begins with its own lines', async () => {
    const it = await inside();
    it.chat.enter('ada', {room: 'den'});
    await settle();
    assert.deepEqual([it.ask('chat.enter').data, it.texts()], [{name: 'ada', room: 'den'}, []]);
    await it.answer('chat.enter', {name: 'ada', room: 'den'});
    await it.lines([{name: 'eve', text: 'psst', at: 600}]);
    assert.deepEqual([it.texts(), it.chat.people], [['psst'], ['eve']]);
    it.last.receive({socket: 'presence', channel: 'chat', change: 'update', member: {id: 'p0', state: {name: 'ada', room: 'den'}}, count: 3});
    assert.deepEqual(it.chat.people, ['ada', 'eve']);
  });

  test('leaving tells the server and forgets the name', async () => {
    const {chat, ask} = await inside();
    chat.leave();
    assert.deepEqual(ask('socket.leave').data, {channel: 'chat'});
    assert.deepEqual([chat.name, chat.people], [undefined, []]);
  });
});

describe('saying', () => {
  test('shows at once as pending, and as sent with the receipt; its own event changes nothing', async () => {
    const {chat, answer, event, texts} = await inside();
    chat.say('hi');
    const message = chat.messages.at(-1);
    assert.deepEqual([message.text, message.own, message.state], ['hi', true, 'pending']);
    await answer('chat.say', {at: 777});
    assert.deepEqual([message.state, message.at], ['sent', 777]);
    event('said', {name: 'ada', text: 'hi', at: 777});
    chat.say('hi');
    event('said', {name: 'ada', text: 'hi', at: 778});
    assert.equal(chat.messages.at(-1).state, 'sent');
    assert.deepEqual(texts(), ['hello', 'hi', 'hi']);
  });

  test('a refusal marks it, and again or forget are the ways out', async () => {
    const {chat, refuse, said} = await inside();
    chat.say('hi');
    await refuse('chat.say', 4429, 'too_many');
    const message = chat.messages.at(-1);
    assert.deepEqual([message.state, message.reason], ['failed', 'That was a little fast. Try again in a moment.']);
    chat.again(message);
    assert.deepEqual([message.state, said()], ['pending', ['hi', 'hi']]);
    chat.forget(message);
    assert.ok(!chat.messages.includes(message));
  });

  test('a server that does not know us any more is entered again', async () => {
    const {chat, refuse, answer, lines, said} = await inside();
    chat.say('hi');
    await refuse('chat.say', 4403, 'method_access_denied');
    mock.timers.tick(1);
    await settle();
    await answer('chat.enter', {name: 'ada'});
    await lines([]);
    assert.deepEqual(said(), ['hi', 'hi']);
  });

  test('others hear of typing at most every two seconds', async () => {
    const {chat, last} = await inside();
    for (let i = 0; i < 5; i++) {
      chat.type();
      mock.timers.tick(999);
    }
    assert.equal(last.envelopes.filter(({message}) => message === 'chat.typing').length, 2);
  });
});

describe('hearing', () => {
  test('messages, and who comes and goes', async () => {
    const {chat, event, last} = await inside();
    event('said', {name: 'bob', text: 'hi', at: 2000});
    event('left', {name: 'bob'});
    last.receive({socket: 'presence', channel: 'chat', change: 'leave', member: {id: 'p1'}, count: 2});
    assert.deepEqual(chat.messages.slice(-2).map(({text, notice}) => text ?? notice), ['hi', 'bob left']);
    assert.deepEqual(chat.people, ['ada']);
  });

  test('typing shows for three seconds, or until something is said', async () => {
    const {chat, event} = await inside();
    event('typing', {name: 'bob'});
    mock.timers.tick(2999);
    assert.deepEqual([...chat.typing.keys()], ['bob']);
    mock.timers.tick(1);
    assert.equal(chat.typing.size, 0);
    event('typing', {name: 'bob'});
    event('said', {name: 'bob', text: 'hi', at: 1});
    assert.equal(chat.typing.size, 0);
  });
});

describe('coming back', () => {
  test('PS-120: the state goes connecting, open, offline, connecting, open; the name stays', async () => {
    const it = await inside();
    await backAgain(it);
    assert.deepEqual(it.told.filter(([what]) => what === 'state').map(([, state]) => state),
      ['open', 'offline', 'connecting', 'open']);
    assert.deepEqual(it.ask('chat.enter').data, {name: 'ada', room: 'lobby'});
  });

  test('PS-120: it stays offline through many failed tries', async () => {
    const it = await inside();
    it.last.drop();
    for (let i = 0; i < 30; i++) {
      await it.away();
      it.last.refuse();
    }
    assert.equal(it.chat.state, 'offline');
    assert.equal(it.chat.ended, false);
  });

  test('what was said meanwhile goes out after entering, in order and once', async () => {
    const it = await inside();
    it.last.drop();
    it.chat.say('one');
    it.chat.say('two');
    await it.away();
    await it.open();
    assert.deepEqual(it.said(), []);
    await it.answer('chat.enter', {name: 'ada'});
    await it.lines([]);
    assert.deepEqual(it.said(), ['one', 'two']);
  });

  test('what others said meanwhile is filled in, and nothing shows twice', async () => {
    const it = await inside();
    await backAgain(it, [{name: 'bob', text: 'missed', at: 600}, {name: 'bob', text: 'hello', at: 500}]);
    assert.deepEqual(it.texts(), ['hello', 'missed']);
  });

  test('a gap that cannot be filled is shown', async () => {
    const it = await inside();
    it.last.drop(1006);
    await it.away();
    it.last.accept();
    await settle();
    await it.answer('socket.hello', {session: 's', resumed: false});
    await it.answer('socket.join');
    await it.answer('socket.history', {epoch: 'new', offset: 0, recovered: false, events: []});
    assert.equal(it.chat.messages.at(-1).notice, 'Something that was said meanwhile is missing here');
  });

  test('a message whose receipt was lost is recognised and not sent again', async () => {
    const it = await inside();
    it.chat.say('hi');
    await backAgain(it, [{name: 'ada', text: 'hi', at: 900}]);
    assert.deepEqual(it.said(), []);
    assert.deepEqual([it.chat.messages.at(-1).state, it.texts()], ['sent', ['hello', 'hi']]);
  });

  test('what is under way when a session is resumed is repeated by the client, and not by us', async () => {
    const it = await inside();
    it.chat.say('hi');
    it.last.drop(1006);
    await it.away();
    await it.open(true);
    await it.answer('chat.enter', {name: 'ada'});
    await it.lines([]);
    assert.deepEqual(it.said(), ['hi']);
    await it.answer('chat.say', {at: 9});
    assert.equal(it.chat.messages.at(-1).state, 'sent');
  });

  test('events that other clients made up do not change the state', async () => {
    const {chat, last} = await inside();
    const sent = last.sent.length;
    for (const name of ['close', 'open', 'error']) last.receive({message: 'socket.' + name, data: {}});
    assert.equal(chat.state, 'open');
    assert.equal(last.sent.length, sent);
  });

  test('put out with 4001 it stays away and says so', async () => {
    const {chat, last} = await inside();
    last.drop(4001);
    assert.deepEqual([chat.state, chat.ended], ['offline', true]);
  });
});
