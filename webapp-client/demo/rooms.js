import {api, element, make, visit} from './visit.js';

const [door, name, refusal, inside, rooms, open, room, people, news, talk, here, lines, say, text, invitation, question] = [
  'door', 'name', 'refusal', 'inside', 'rooms', 'open', 'room', 'people', 'news', 'talk', 'here', 'lines', 'say', 'text',
  'invitation', 'question'
].map(element);

const SHOWN = 200;
let me; // our name
let mine = ''; // our room
const invitations = [];

function signal(event, data, then) {
  refusal.textContent = '';
  api.signal('rooms', event, data, (receipt) => {
    if (receipt.socket === 'sent') then?.(receipt.data);
    else refusal.textContent = receipt.reason || 'The connection is lost.';
  });
}

function button(words, label, act) {
  const made = make('button', words);
  made.type = 'button';
  made.ariaLabel = label;
  made.addEventListener('click', act);
  return made;
}

const go = (to) => signal('go', {name: to});

function enter() {
  signal('enter', {name: me}, () => {
    door.hidden = true;
    inside.hidden = false;
    if (mine) go(mine);
    else room.focus();
  });
}

function invite(who) {
  news.textContent = `${who} is asked…`;
  api.signal('rooms', 'invite', {name: who}, ({data, error}) => {
    news.textContent = data ? `${who} ${data.accepted ? 'came' : 'said no'}.`
      : error === 'timeout' ? `${who} did not answer.` : `${who} could not be asked.`;
  });
}

api.on('rooms', 'seats', ({data: seats}) => {
  seats.sort((a, b) => a.name.localeCompare(b.name));
  const now = seats.find((seat) => seat.name === me)?.room ?? '';
  if (now && now !== mine) lines.replaceChildren();
  mine = now || mine;
  talk.hidden = !now;
  here.textContent = now;
  const names = [...new Set(seats.map((seat) => seat.room))].filter(Boolean).sort();
  rooms.replaceChildren(...names.map((each) => make('li', each,
    ...each === now ? [' (here)'] : [button('Enter', `Enter ${each}`, () => go(each))])));
  people.replaceChildren(...seats.map((seat) => {
    const place = seat.name === me ? ' (you)' : seat.room ? ` in ${seat.room}` : '';
    const away = now && seat.room !== now;
    return make('li', make('span', seat.name, make('span', place)),
      ...away ? [button('Invite', `Invite ${seat.name}`, () => invite(seat.name))] : []);
  }));
});

api.on('rooms', 'said', ({data}) => {
  lines.append(make('li', make('b', data.name), ' ', data.text));
  if (lines.children.length > SHOWN) lines.firstChild.remove();
  lines.scrollTop = lines.scrollHeight;
});

// ---- the server asks, and we answer

function ask() {
  const [envelope] = invitations;
  if (!envelope || invitation.open) return;
  question.textContent = `${envelope.data.name} invites you to ${envelope.data.room}. Do you come?`;
  invitation.returnValue = '';
  invitation.showModal();
}

api.on('rooms', 'invited?', (envelope) => {
  invitations.push(envelope);
  ask();
});

invitation.addEventListener('close', () => {
  const envelope = invitations.shift();
  if (envelope) api.answer(envelope, invitation.returnValue === 'yes');
  ask();
});

// ---- the forms

function onSubmit(form, input, act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const given = input.value.trim();
    if (given) act(given);
  });
}

onSubmit(door, name, (given) => {
  me = given;
  enter();
});

onSubmit(open, room, (given) => {
  go(given);
  room.value = '';
});

onSubmit(say, text, (given) => {
  signal('say', {text: given});
  text.value = '';
});

visit(() => me && enter(), () => {
  invitations.length = 0;
  invitation.close();
});
