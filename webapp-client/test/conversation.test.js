import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, mock, test} from 'node:test';
import {Conversation} from '../demo/conversation.js';
import {world} from './world.js';

beforeEach(() => mock.timers.enable({apis: ['setTimeout', 'Date'], now: 1000}));
afterEach(() => mock.timers.reset());

/** A conversation, what it told, and the server's side of it. */
function conversation() {
  const it = world();
  it.pocket.retryLimit = Infinity;
  const told = [];
  const chat = new Conversation(it.api, (what, value) => told.push([what, value]));
  it.api.setup('a:1').connect();
  const answer = (message, data) => {
    const {id} = it.last.envelopes.findLast((envelope) => envelope.message === message);
    it.last.receive({socket: 'sent', messageId: id, data});
  };
  const refuse = (message, code, error) => {
    const {id} = it.last.envelopes.findLast((envelope) => envelope.message === message);
    it.last.receive({socket: 'error', messageId: id, code, error});
  };
  const event = (name, data) => it.last.receive({message: 'chat.' + name, data});
  const said = () => it.last.envelopes.filter(({message}) => message === 'chat.say').map(({data}) => data.text);
  return Object.assign(it, {chat, told, answer, refuse, event, said, texts: () => chat.messages.map(({text}) => text)});
}

function inside() {
  const it = conversation();
  it.chat.enter('ada');
  it.last.accept();
  it.answer('chat.enter', {name: 'ada', people: ['ada', 'bob'], recent: [{name: 'bob', text: 'hello', at: 500}]});
  return it;
}

function backAgain(it, recent = []) {
  it.last.drop(1006);
  it.clock.tick(1000);
  it.last.accept();
  it.answer('chat.enter', {name: 'ada', people: ['ada'], recent});
}

describe('entering', () => {
  test('waits for the connection, then shows who is here and what was said', () => {
    const {chat, last, told, texts} = inside();
    assert.deepEqual(last.envelopes[0].data, {name: 'ada'});
    assert.deepEqual([chat.name, chat.people, texts(), chat.state], ['ada', ['ada', 'bob'], ['hello'], 'open']);
    assert.ok(told.some(([what, value]) => what === 'in' && value === 'ada'));
  });

  test('a refused name is told kindly', () => {
    const {chat, last, refuse, told} = conversation();
    last.accept();
    chat.enter('bob');
    refuse('chat.enter', 4409, 'name_taken');
    assert.deepEqual(told.at(-1), ['refused', 'Somebody called bob is here already. Another name?']);
    assert.equal(chat.name, undefined);
  });

  test('with patience a taken name is asked for again: it may be our own ghost', () => {
    const {chat, last, refuse, answer} = conversation();
    last.accept();
    chat.enter('ada', 1);
    refuse('chat.enter', 4409, 'name_taken');
    mock.timers.tick(1000);
    assert.equal(last.sent.length, 2);
    answer('chat.enter', {name: 'ada', people: ['ada']});
    assert.equal(chat.name, 'ada');
  });

  test('leaving tells the server and forgets the name', () => {
    const {chat, last} = inside();
    chat.leave();
    assert.deepEqual(last.envelopes.at(-1).data, {channel: 'chat'});
    assert.deepEqual([chat.name, chat.people], [undefined, []]);
  });
});

describe('saying', () => {
  test('shows at once as pending, and as sent with the receipt', () => {
    const {chat, answer} = inside();
    chat.say('hi');
    const message = chat.messages.at(-1);
    assert.deepEqual([message.text, message.own, message.state], ['hi', true, 'pending']);
    answer('chat.say', {at: 777});
    assert.deepEqual([message.state, message.at], ['sent', 777]);
  });

  test('a refusal marks it, and again or forget are the ways out', () => {
    const {chat, refuse, said} = inside();
    chat.say('hi');
    refuse('chat.say', 4429, 'too_many');
    const message = chat.messages.at(-1);
    assert.deepEqual([message.state, message.reason], ['failed', 'That was a little fast. Try again in a moment.']);
    chat.again(message);
    assert.deepEqual([message.state, said()], ['pending', ['hi', 'hi']]);
    chat.forget(message);
    assert.ok(!chat.messages.includes(message));
  });

  test('a server that does not know us any more is entered again', () => {
    const {chat, refuse, answer, said} = inside();
    chat.say('hi');
    refuse('chat.say', 4403, 'method_access_denied');
    answer('chat.enter', {name: 'ada'});
    assert.deepEqual(said(), ['hi', 'hi']);
  });

  test('others hear of typing at most every two seconds', () => {
    const {chat, last} = inside();
    for (let i = 0; i < 5; i++) {
      chat.type();
      mock.timers.tick(999);
    }
    assert.equal(last.envelopes.filter(({message}) => message === 'chat.typing').length, 2);
  });
});

describe('hearing', () => {
  test('messages, people, and who comes and goes', () => {
    const {chat, event} = inside();
    event('said', {name: 'bob', text: 'hi', at: 2000});
    event('left', {name: 'bob'});
    event('people', {people: ['ada']});
    assert.deepEqual(chat.messages.slice(-2).map(({text, notice}) => text ?? notice), ['hi', 'bob left']);
    assert.deepEqual(chat.people, ['ada']);
  });

  test('typing shows for three seconds, or until something is said', () => {
    const {chat, event} = inside();
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
  test('PS-120: the state goes connecting, open, offline, connecting, open; the name stays', () => {
    const it = inside();
    backAgain(it);
    assert.deepEqual(it.told.filter(([what]) => what === 'state').map(([, state]) => state),
      ['open', 'offline', 'connecting', 'open']);
    assert.deepEqual(it.last.envelopes[0].data, {name: 'ada'});
  });

  test('PS-120: it stays offline through many failed tries', () => {
    const it = inside();
    it.last.drop();
    for (let i = 0; i < 30; i++) {
      it.clock.tick(1000);
      it.last.refuse();
    }
    assert.equal(it.chat.state, 'offline');
    assert.equal(it.told.at(-1)[1], 'offline');
    assert.equal(it.chat.ended, false);
  });

  test('what was said meanwhile goes out after entering, in order and once', () => {
    const it = inside();
    it.last.drop();
    it.chat.say('one');
    it.chat.say('two');
    it.clock.tick(1000);
    it.last.accept();
    assert.deepEqual(it.said(), []);
    it.answer('chat.enter', {name: 'ada', people: ['ada']});
    assert.deepEqual(it.said(), ['one', 'two']);
  });

  test('what others said meanwhile is filled in, and nothing shows twice', () => {
    const it = inside();
    backAgain(it, [{name: 'bob', text: 'hello', at: 500}, {name: 'bob', text: 'missed', at: 600}]);
    assert.deepEqual(it.texts(), ['hello', 'missed']);
  });

  test('a message whose receipt was lost is recognised and not sent again', () => {
    const it = inside();
    it.chat.say('hi');
    backAgain(it, [{name: 'ada', text: 'hi', at: 900}]);
    assert.deepEqual(it.said(), []);
    assert.deepEqual([it.chat.messages.at(-1).state, it.texts()], ['sent', ['hello', 'hi']]);
  });

  test('events that other clients made up do not change the state', () => {
    const {chat, last} = inside();
    for (const name of ['close', 'open', 'error']) last.receive({message: 'socket.' + name, data: {}});
    assert.equal(chat.state, 'open');
    assert.equal(last.sent.length, 1);
  });

  test('put out with 4001 it stays away and says so', () => {
    const {chat, last, clock} = inside();
    last.drop(4001);
    assert.deepEqual([chat.state, chat.ended, clock.waiting], ['offline', true, 0]);
  });
});
