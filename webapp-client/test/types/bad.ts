// Each statement must be refused.
import pocket from 'pocket.socket';

type Channels = {
  chat: {
    events: { said: { text: string } };
    takes: { say: [{ text: string }, { at: number }] };
    asks: { 'tea?': [{ kind: string }, boolean] };
    state: { typing: boolean };
  };
};

const link = pocket<Channels>('/');
const chat = link.channel('chat');
// @ts-expect-error no such channel
link.channel('chatt');
// @ts-expect-error no such event
chat.on('sayd', () => {});
// @ts-expect-error no such member
chat.on('said', ({txt}) => txt);
// @ts-expect-error no such event
chat.send('said', {text: 'x'});
// @ts-expect-error wrong data
chat.send('say', {text: 5});
// @ts-expect-error no data
chat.ask('say');
// @ts-expect-error wrong answer
chat.ask('say', {text: 'x'}).then(({when}) => when);
// @ts-expect-error wrong reply
chat.onAsk('tea?', () => 'yes');
// @ts-expect-error wrong state
chat.update({typing: 1});
// @ts-expect-error no such transport
pocket('/', {transports: ['pigeon']});
// @ts-expect-error a token is what a function gives
pocket('/', {token: 'jwt'});
// @ts-expect-error no such state
link.on('state', ({state}) => state === 'opened');
