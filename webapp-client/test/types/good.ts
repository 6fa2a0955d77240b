import pocket, {type Link, type PocketError} from 'pocket.socket';

interface Said {
  name: string;
  text: string;
}

type Channels = {
  chat: {
    events: { said: Said; left: { name: string } };
    takes: { say: [{ text: string }, { at: number }]; typing: [undefined, void] };
    asks: { 'tea?': [{ kind: string }, boolean] };
    greeting: { people: string[] };
    state: { typing: boolean };
  };
};

const link: Link<Channels> = pocket<Channels>('/', {token: async () => 'jwt', transports: ['direct', 'poll'], timeout: 500});
const chat = link.channel('chat', {last: 20});
const undo: () => void = chat.on('said', ({name, text}) => console.log(name.length, text.length));
chat.on('gap', ({room}) => room.length);
chat.on('leave', ({code, reason}) => console.log(code + 1, reason));
chat.on('error', (error: PocketError) => error.code);
chat.send('say', {text: 'hi'}, {queue: false});
chat.send('typing');
chat.ask('say', {text: 'hi'}, {timeout: 5}).then(({at}) => at.toFixed());
chat.onAsk('tea?', ({kind}) => kind === 'green');
chat.join({name: 'ada'}).then(({people}) => people.join());
chat.presence('lobby').on('update', ({state}) => state?.typing);
chat.update({typing: true});
for await (const message of chat) if (message.event === 'said') message.data.text.length;
link.on('state', ({state, was}) => state === 'recovering' && was === 'open');
link.stats().rtt.toFixed();
undo();

// without types, everything goes
const free = pocket().channel('any');
free.on('thing', (data) => data.whatever);
free.ask('thing', {x: 1}).then((answer) => answer.y);

pocket.socket.setup('127.0.0.1:8001').on('chat', (event, {data}) => data).connect().send('x', 1);
