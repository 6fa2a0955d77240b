import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {world} from './world.js';

const settle = async () => { for (let i = 0; i < 5; i++) await new Promise(setImmediate); };

/** A link to a server that is in the test's hands. */
async function connect(options, more) {
  const it = world({location: {href: 'http://h/app/page.html', protocol: 'http:'}, ...more});
  it.link = it.pocket('/', {transports: ['direct'], ...options});
  it.states = [];
  it.link.on('state', ({state, code}) => it.states.push(code ? `${state} ${code}` : state));
  it.asked = (what) => it.last.envelopes.findLast(({message}) => message === what);
  it.answer = (what, data, extra) => {
    it.last.receive({socket: 'sent', attr: 'json', messageId: it.asked(what).id, time: '', data, ...extra});
    return settle();
  };
  it.refuse = (what, code, error) => {
    it.last.receive({socket: 'error', messageId: it.asked(what).id, code, error, reason: 'no'});
    return settle();
  };
  it.open = async (hello = {session: 's', resumed: false}) => {
    it.last.accept();
    await settle();
    await it.answer('socket.hello', hello);
  };
  it.again = () => {
    const count = it.wires.length;
    while (it.wires.length === count) it.clock.tick(10);
  };
  it.back = async (hello) => {
    it.last.drop();
    it.again();
    await it.open(hello);
  };
  it.messages = () => it.last.envelopes.map(({message}) => message);
  await settle();
  return it;
}

async function joined(options, greeting, history) {
  const it = await connect(options);
  await it.open();
  it.chat = it.link.channel('chat');
  it.heard = [];
  it.gaps = [];
  it.chat.on('*', (event, data) => it.heard.push([event, data]));
  it.chat.on('gap', (gap) => it.gaps.push(gap));
  await settle();
  await it.answer('socket.join', greeting, {history});
  return it;
}

describe('the link', () => {
  test('says hello, then is open', async () => {
    const it = await connect();
    assert.equal(it.last.url, 'ws://h/pocket/direct');
    assert.equal(it.link.state, 'connecting');
    await it.open();
    assert.equal(it.link.state, 'open');
    assert.deepEqual(it.states, ['open']);
    assert.equal(it.link.stats().transport, 'direct');
  });

  test('a relative url, a path, ws and https are understood', async () => {
    for (const [given, wanted] of [['/', 'ws://h/pocket'], ['/app', 'ws://h/app/pocket'], ['./', 'ws://h/app/pocket'],
      ['ws://x:1', 'ws://x:1/pocket'], ['https://x/y/', 'wss://x/y/pocket']]) {
      const it = world({location: {href: 'http://h/app/page.html'}});
      it.pocket(given, {transports: ['standard']});
      assert.equal(it.last.url, wanted);
    }
  });

  test('a server that does not know hello is spoken to without', async () => {
    const it = await connect();
    it.last.accept();
    await settle();
    await it.refuse('socket.hello', 4404, 'no_such_namespace');
    assert.equal(it.link.state, 'open');
  });

  test('comes back with jitter between 0 and 0.5 to 20 s, and says who it was', async () => {
    const it = await connect();
    await it.open();
    const delays = [];
    const random = Math.random;
    Math.random = () => 0.999;
    try {
      for (let i = 0; i < 8; i++) {
        const before = it.clock.now;
        it.last.drop();
        it.again();
        delays.push(Math.round((it.clock.now - before) / 500) * 500);
      }
    } finally {
      Math.random = random;
    }
    assert.deepEqual(delays, [500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
    assert.equal(it.link.state, 'recovering');
    it.last.accept();
    await settle();
    assert.equal(it.asked('socket.hello').data.resume, 's');
    await it.answer('socket.hello', {session: 's', resumed: true});
    assert.equal(it.link.stats().reconnects, 1);
  });

  test('leaves a door that hangs for the next one after 5 s, the last one after 10', async () => {
    const it = await connect({transports: ['direct', 'standard']});
    it.clock.tick(4999);
    assert.equal(it.wires.length, 1);
    it.clock.tick(1);
    assert.deepEqual(it.urls(), ['ws://h/pocket/direct', 'ws://h/pocket']);
    it.clock.tick(9999);
    assert.deepEqual(it.states, []);
    it.clock.tick(1);
    assert.deepEqual(it.states, ['connecting 1006']);
  });

  test('a token may take its time', async () => {
    let give;
    const it = await connect({token: () => new Promise((done) => { give = done; })});
    it.last.accept();
    it.clock.tick(60000);
    await settle();
    give('late');
    await settle();
    assert.equal(it.wires.length, 1);
    await it.answer('socket.hello', {session: 's', resumed: false});
    assert.equal(it.link.state, 'open');
  });

  test('stays away after a final code, with its reason', async () => {
    const it = await connect();
    await it.open();
    const chat = it.link.channel('chat', {join: false});
    const left = [];
    chat.on('leave', (why) => left.push(why.code));
    it.last.drop(4001, 'out');
    assert.deepEqual(it.states, ['open', 'closed 4001']);
    assert.deepEqual(left, [4001]);
    assert.equal(it.clock.waiting <= 1, true);
    await assert.rejects(chat.ask('say'), {code: 1006});
    it.link.connect();
    assert.equal(it.wires.length, 1);
  });

  test('tries the next transport when one fails, and remembers which worked', async () => {
    const it = await connect({transports: ['direct', 'standard']});
    it.last.refuse();
    assert.equal(it.last.url, 'ws://h/pocket');
    await it.open();
    await it.back();
    assert.equal(it.last.url, 'ws://h/pocket');
  });

  test('a door that opens and then keeps silent counts as shut', async () => {
    const it = await connect({transports: ['direct', 'standard']});
    it.last.accept();
    await settle();
    it.clock.tick(10000);
    await settle();
    assert.equal(it.last.url, 'ws://h/pocket');
  });

  test('asks for a token each time, and gives a fresh one when the server asks', async () => {
    let count = 0;
    const it = await connect({token: async () => 't' + ++count});
    it.last.accept();
    await settle();
    assert.equal(it.asked('socket.hello').data.token, 't1');
    await it.answer('socket.hello', {session: 's'});
    it.last.receive({socket: 'token', seconds: 25});
    await settle();
    assert.equal(it.asked('socket.token').data.token, 't2');
  });

  test('goes when the page is offline, and comes at once when it is back', async () => {
    const it = await connect();
    await it.open();
    it.scope.navigator = {onLine: false};
    it.page.dispatchEvent(new Event('offline'));
    assert.equal(it.link.state, 'recovering');
    it.clock.tick(60000);
    assert.equal(it.wires.length, 1);
    it.scope.navigator.onLine = true;
    it.page.dispatchEvent(new Event('online'));
    assert.equal(it.wires.length, 2);
  });

  test('a page that is shown again does not wait for the next try', async () => {
    const it = await connect();
    await it.open();
    it.last.drop();
    it.page.dispatchEvent(new Event('visibilitychange'));
    assert.equal(it.wires.length, 2);
  });

  test('1,000 reconnects leave nothing behind', async () => {
    const it = await connect();
    await it.open();
    for (let i = 0; i < 1000; i++) {
      await it.back();
      it.wires.splice(0, it.wires.length - 1);
    }
    assert.equal(it.link.stats().reconnects, 1000);
    assert.equal(it.link.stats().queued, 0);
    assert.ok(it.clock.waiting < 5, String(it.clock.waiting));
  });
});

describe('commands', () => {
  test('ask gives what the handler returned, or throws its refusal', async () => {
    const it = await joined();
    const asked = it.chat.ask('say', {text: 'hi'});
    assert.deepEqual(it.asked('chat.say').data, {text: 'hi'});
    await it.answer('chat.say', {at: 5});
    assert.deepEqual(await asked, {at: 5});
    const refused = it.chat.ask('say');
    await Promise.all([it.refuse('chat.say', 4400, 'invalid'), assert.rejects(refused, {code: 4400, error: 'invalid', message: 'no'})]);
  });

  test('ask has a timeout', async () => {
    const it = await joined();
    const asked = it.chat.ask('say', {}, {timeout: 50});
    it.clock.tick(50);
    await assert.rejects(asked, {code: 4408});
  });

  test('a join that was under way when the connection went is made anew, however long that takes', async () => {
    const it = await connect();
    await it.open();
    const chat = it.link.channel('chat');
    const troubles = [];
    chat.on('error', (error) => troubles.push(error));
    const asked = chat.join();
    await settle();
    it.last.drop();
    it.clock.tick(60000);
    await settle();
    assert.equal(chat.state, 'joining');
    if (!it.last.readyState) it.last.refuse();
    it.again();
    await it.open();
    await it.answer('socket.join', 'welcome');
    assert.equal(await asked, 'welcome');
    assert.deepEqual(troubles, []);
  });

  test('what is said while away goes out once, in order, when the channel is joined, behind what its listeners say', async () => {
    const it = await joined();
    it.last.drop();
    for (const text of ['a', 'b', 'c']) it.chat.send('say', {text});
    it.again();
    await it.open();
    it.chat.on('join', () => it.chat.ask('enter'));
    it.chat.send('say', {text: 'd'});
    assert.deepEqual(it.messages(), ['socket.hello', 'socket.join']);
    await it.answer('socket.join');
    assert.equal(it.messages()[2], 'chat.enter');
    const said = it.last.envelopes.filter(({message}) => message === 'chat.say');
    assert.deepEqual(said.map(({data}) => data.text), ['a', 'b', 'c', 'd']);
    assert.equal(new Set(said.map(({id}) => id)).size, 4);
  });

  test('without queue it fails at once; the queue has an end; what waits expires', async () => {
    const it = await joined({queue: 2});
    it.last.drop();
    await assert.rejects(it.chat.ask('say', {}, {queue: false}), {code: 1006});
    const expired = it.chat.ask('say', {}, {timeout: 100});
    it.chat.ask('say').catch(() => {});
    await assert.rejects(it.chat.ask('say'), {code: 4429});
    it.clock.tick(100);
    await assert.rejects(expired, {code: 4408});
  });

  test('what has no answer goes again in the same session under its id, and fails in a new one', async () => {
    const it = await joined();
    const asked = it.chat.ask('say');
    const {id} = it.asked('chat.say');
    await it.back({session: 's', resumed: true});
    assert.equal(it.asked('chat.say').id, id);
    await Promise.all([assert.rejects(asked, {code: 1006}), it.back({session: 't', resumed: false})]);
  });

  test('answers what the server asks, or refuses', async () => {
    const it = await joined();
    const undo = it.chat.onAsk('tea?', async ({kind}) => {
      if (kind === 'green') return true;
      throw new Error('only green');
    });
    it.last.receive({id: 'a1', message: 'chat.tea?', data: {kind: 'green'}});
    await settle();
    assert.deepEqual(it.last.envelopes.at(-1), {id: 'a1', message: 'socket.answer', data: true});
    it.last.receive({id: 'a2', message: 'chat.tea?', data: {kind: 'black'}});
    await settle();
    assert.deepEqual(it.last.envelopes.at(-1), {id: 'a2', message: 'socket.refuse', data: {reason: 'only green'}});
    undo();
    it.last.receive({id: 'a3', message: 'chat.tea?'});
    await settle();
    assert.equal(it.last.envelopes.at(-1).id, 'a2');
  });
});

describe('a channel', () => {
  test('joins by itself, once, and hears its events; on returns its undo', async () => {
    const it = await joined();
    const texts = [];
    const undo = it.chat.on('said', ({text}) => texts.push(text));
    it.last.receive({message: 'chat.said', data: {text: 'a'}});
    undo();
    it.last.receive({message: 'chat.said', data: {text: 'b'}});
    it.last.receive({message: 'other.said', data: {text: 'c'}});
    assert.deepEqual(texts, ['a']);
    assert.equal(it.link.channel('chat'), it.chat);
    assert.equal(it.messages().filter((message) => message === 'socket.join').length, 1);
  });

  test('join has data and gives the greeting, or is refused', async () => {
    const it = await connect();
    await it.open();
    const chat = it.link.channel('chat', {join: false, last: 20});
    const greeting = chat.join({name: 'ada'});
    await settle();
    assert.deepEqual(it.asked('socket.join').data, {channel: 'chat', name: 'ada', last: 20});
    await it.answer('socket.join', {people: []});
    assert.deepEqual(await greeting, {people: []});
    const errors = [];
    const shut = it.link.channel('shut', {join: false});
    shut.on('error', ({code}) => errors.push(code));
    const refused = shut.join();
    await settle();
    await Promise.all([it.refuse('socket.join', 4403, 'denied'), assert.rejects(refused, {code: 4403})]);
    assert.deepEqual(errors, [4403]);
    assert.equal(shut.state, 'left');
  });

  test('leaves with a reason, and does not come back', async () => {
    const it = await joined();
    const reasons = [];
    it.chat.on('leave', ({reason}) => reasons.push(reason));
    it.chat.leave();
    assert.equal(it.messages().at(-1), 'socket.leave');
    await it.back();
    assert.deepEqual(reasons, ['you left']);
    assert.ok(!it.messages().includes('socket.join'));
  });

  test('recovers what it missed, and drops what it has', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 5, events: []}});
    it.last.receive({message: 'chat.said', offset: 6, data: 6});
    it.last.drop();
    it.again();
    it.last.accept();
    await settle();
    await it.answer('socket.hello', {session: 't', resumed: false});
    assert.deepEqual(it.asked('socket.join').data.since, {'': {epoch: 'e', offset: 6}});
    it.last.receive({message: 'chat.said', offset: 9, data: 9});
    await it.answer('socket.join', null, {history: {'': {epoch: 'e', offset: 9, recovered: true, events: [
      {event: 'said', offset: 7, data: 7}, {event: 'said', offset: 8, data: 8}, {event: 'said', offset: 9, data: 9}]}}});
    assert.deepEqual(it.heard.map(([, data]) => data), [6, 7, 8, 9]);
    assert.deepEqual(it.gaps, []);
  });

  test('tells of a gap that could not be filled', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 5, events: []}});
    await it.back();
    await it.answer('socket.join', null, {history: {'': {epoch: 'f', offset: 2, recovered: false, events: []}}});
    assert.deepEqual(it.gaps, [{room: '', epoch: 'f', offset: 2}]);
    it.last.receive({message: 'chat.said', offset: 3, data: 3});
    assert.deepEqual(it.heard, [['said', 3]]);
  });

  test('a channel without history has a gap after every reconnect', async () => {
    const it = await joined();
    await it.back();
    await it.answer('socket.join');
    assert.deepEqual(it.gaps, [{room: ''}]);
  });

  test('a gap that nobody listens for is told by the link', async () => {
    const it = await connect();
    await it.open();
    it.link.channel('chat');
    const gaps = [];
    it.link.on('gap', (gap, channel) => gaps.push(channel.name));
    await settle();
    await it.answer('socket.join');
    await it.back();
    await it.answer('socket.join');
    assert.deepEqual(gaps, ['chat']);
  });

  test('finds a gap while connected, and fills it before it goes on', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 1, events: []}});
    it.last.receive({message: 'chat.said', offset: 4, data: 4});
    it.last.receive({message: 'chat.said', offset: 5, data: 5});
    assert.deepEqual(it.heard, []);
    assert.deepEqual(it.asked('socket.history').data, {channel: 'chat', room: '', since: {epoch: 'e', offset: 1}});
    await it.answer('socket.history', {epoch: 'e', offset: 5, recovered: true, events: [2, 3, 4, 5].map((offset) =>
      ({event: 'said', offset, data: offset}))});
    assert.deepEqual(it.heard.map(([, data]) => data), [2, 3, 4, 5]);
  });

  test('rooms that a join listener enters again get what they missed, or a gap', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 1, events: []}});
    const history = it.chat.history({room: 'lobby', limit: 50});
    await it.answer('socket.history', {epoch: 'r', offset: 7, events: [{event: 'said', offset: 7, data: 7}]});
    assert.equal((await history).events.length, 1);
    it.chat.on('join', () => it.chat.ask('enter', {room: 'lobby'}).catch(() => {}));
    for (const recovered of [true, false]) {
      await it.back();
      await it.answer('socket.join', null, {history: {'': {epoch: 'e', offset: 1, recovered: true, events: []}}});
      assert.deepEqual(it.messages().slice(-2), ['chat.enter', 'socket.history']);
      const {data} = it.asked('socket.history');
      assert.deepEqual(data, {channel: 'chat', room: 'lobby', since: {epoch: 'r', offset: recovered ? 7 : 9}});
      it.last.receive({message: 'chat.said', room: 'lobby', offset: 9, data: 9});
      await it.answer('socket.history', recovered
        ? {epoch: 'r', offset: 8, recovered, events: [{event: 'said', offset: 8, data: 8}]}
        : {epoch: 'q', offset: 9, recovered, events: []});
    }
    assert.deepEqual([it.heard, it.gaps], [[['said', 8], ['said', 9]], [{room: 'lobby', epoch: 'q', offset: 9}]]);
  });

  test('a room that one is not in any more is a gap, and forgotten', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 1, events: []}});
    it.chat.history({room: 'lobby'});
    await it.answer('socket.history', {epoch: 'r', offset: 7, events: []});
    for (let i = 0; i < 2; i++) {
      await it.back();
      await it.answer('socket.join', null, {history: {'': {epoch: 'e', offset: 1, recovered: true, events: []}}});
      if (!i) await it.refuse('socket.history', 4403, 'method_access_denied');
    }
    assert.deepEqual([it.gaps, it.asked('socket.history')], [[{room: 'lobby'}], undefined]);
  });

  test('a resumed session asks only for what it missed', async () => {
    const it = await joined({}, null, {'': {epoch: 'e', offset: 1, events: []}});
    await it.back({session: 's', resumed: true});
    assert.ok(!it.messages().includes('socket.join'));
    await it.answer('socket.history', {epoch: 'e', offset: 2, recovered: true, events: [{event: 'said', offset: 2, data: 2}]});
    assert.deepEqual(it.heard, [['said', 2]]);
    assert.equal(it.chat.state, 'joined');
  });

  test('presence is a live map', async () => {
    const it = await joined();
    const people = it.chat.presence();
    const changes = [];
    for (const change of ['join', 'leave', 'update', 'sync']) people.on(change, (who) => changes.push([change, who?.id]));
    await it.answer('socket.presence', {count: 1, members: [{id: 'a', user: 'ada'}]});
    const say = (change, member, count) => it.last.receive({socket: 'presence', channel: 'chat', change, member, count});
    say('join', {id: 'b', user: 'bob'}, 2);
    say('update', {id: 'a', user: 'ada', state: {typing: true}}, 2);
    assert.equal(people.get('a').state.typing, true);
    say('leave', {id: 'b'}, 1);
    assert.deepEqual([...people.keys()], ['a']);
    assert.equal(people.count, 1);
    say('count', undefined, 1000);
    assert.deepEqual([people.count, people.size], [1000, 1]);
    assert.deepEqual(changes, [['sync', undefined], ['join', 'b'], ['update', 'a'], ['leave', 'b']]);
    it.chat.update({typing: false});
    assert.deepEqual(it.asked('socket.state').data, {channel: 'chat', state: {typing: false}});
  });

  test('can be iterated, until it is left', async () => {
    const it = await joined();
    const seen = [];
    const done = (async () => { for await (const {event, data} of it.chat) seen.push([event, data]); })();
    it.last.receive({message: 'chat.said', data: 1});
    await settle();
    it.last.receive({message: 'chat.said', data: 2});
    await settle();
    it.chat.leave();
    await done;
    assert.deepEqual(seen, [['said', 1], ['said', 2]]);
  });

  test('the server’s events cannot pass for its own', async () => {
    const it = await joined();
    it.last.receive({message: 'chat.gap', data: 'forged'});
    assert.deepEqual(it.gaps, []);
    assert.deepEqual(it.heard, [['gap', 'forged']]);
  });
});

describe('without a WebSocket', () => {
  /** A server of long-polling that answers when told to. */
  function polls() {
    const posts = [];
    const fetch = (url, {body, signal}) => new Promise((done, fail) => {
      signal?.addEventListener('abort', () => fail(new Error('aborted')));
      posts.push({url, body: JSON.parse(body), answer: (json, status = 200) => {
        done({ok: status === 200, status, json: async () => json});
        return settle();
      }, fail: () => { fail(new Error('network')); return settle(); }});
    });
    return {posts, fetch, find: (key) => posts.findLast(({body}) => key in body)};
  }

  const receipt = (post) => JSON.stringify({socket: 'sent', messageId: JSON.parse(post.body.messages[0]).id, data: {session: 's'}});

  async function polling() {
    const server = polls();
    const it = await connect({transports: ['poll']}, {fetch: server.fetch});
    assert.equal(server.posts[0].url, 'http://h/pocket/poll');
    await server.posts[0].answer({session: 'S', last: 0, messages: []});
    const hello = server.find('batch');
    await server.find('ack').answer({last: 1, messages: [receipt(hello)]});
    return {...it, link: it.link, server, hello};
  }

  test('long-polling opens, sends numbered batches, and acknowledges', async () => {
    const {link, server, hello} = await polling();
    assert.equal(link.state, 'open');
    assert.deepEqual([hello.body.session, hello.body.batch], ['S', 1]);
    assert.deepEqual(server.find('ack').body, {session: 'S', ack: 1});
    link.channel('chat', {join: false}).send('say', 1);
    link.channel('chat').send('say', 2);
    await hello.answer({batch: 1});
    const next = server.find('batch');
    assert.equal(next.body.batch, 2);
    assert.equal(next.body.messages.length, 2);
  });

  test('what fails on the way is repeated under the same number', async () => {
    const {link, server, hello, clock} = await polling();
    await hello.fail();
    clock.tick(1000);
    await settle();
    assert.deepEqual(server.find('batch').body, hello.body);
    await server.find('batch').answer({}, 503);
    clock.tick(1000);
    await settle();
    assert.deepEqual(server.find('batch').body, hello.body);
    assert.equal(link.state, 'open');
  });

  test('a session that has ended, or a goodbye, is told', async () => {
    const first = await polling();
    await first.server.find('ack').answer({}, 404);
    assert.equal(first.link.state, 'recovering');
    const second = await polling();
    await second.server.find('ack').answer({last: 1, messages: [], close: {code: 4001, reason: 'out'}});
    assert.equal(second.link.state, 'closed');
  });

  test('events stream in, and messages go by POST', async () => {
    const server = polls();
    let source;
    class EventSource extends EventTarget {
      constructor(url) { super(); this.url = url; this.readyState = 1; source = this; }
      close() { this.readyState = 2; }
      tell(type, data) { this.dispatchEvent(Object.assign(new Event(type), {data})); return settle(); }
    }
    const it = await connect({transports: ['events']}, {fetch: server.fetch, EventSource});
    await source.tell('session', '{"session":"S","last":0}');
    source.onmessage({data: receipt(server.find('batch'))});
    await settle();
    assert.equal(it.link.state, 'open');
    await source.tell('ping', '7');
    assert.deepEqual(server.find('ack').body, {session: 'S', ack: 7});
    await source.tell('close', '{"code":1001,"reason":"later"}');
    assert.equal(it.link.state, 'recovering');
    assert.equal(source.readyState, 2);
  });
});
