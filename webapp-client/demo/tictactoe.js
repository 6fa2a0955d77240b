import {api, element, make, visit} from './visit.js';

const [verdict, board, refusal, again, link, copy] = ['verdict', 'board', 'refusal', 'again', 'link', 'copy'].map(element);

const here = new URL(location.href);
if (!here.searchParams.get('game')) here.searchParams.set('game', Math.random().toString(36).slice(2, 8));
history.replaceState(null, '', here);
link.value = here.href;

// A channel's name has neither a dot nor, in a variable, a slash.
const channel = 'tictactoe/' + here.searchParams.get('game').replace(/[./]/g, '-').slice(0, 64);
let mark = '';
let state;

const cells = Array.from({length: 9}, (_, cell) => {
  const button = make('button');
  button.addEventListener('click', () => signal('move', {cell}));
  board.append(button);
  return button;
});

function signal(event, data, then) {
  refusal.textContent = '';
  api.signal(channel, event, data, (receipt) => {
    if (receipt.socket === 'sent') then?.(receipt.data);
    else if (receipt.reason) refusal.textContent = `No: ${receipt.reason}.`;
  });
}

const sit = () => signal('sit', {}, (seat) => {
  mark = seat.mark;
  show();
});

function words() {
  const {turn, winner, full, left} = state;
  const you = mark ? `You are ${mark}.` : 'You look on.';
  if (winner) return winner === mark ? 'You win!' : `${winner} wins. ${you}`;
  if (full) return `A draw. ${you}`;
  if (left) return `${left} went away. ${you}`;
  if (!turn) return `Waiting for somebody to play with. ${you}`;
  return turn === mark ? `Your turn. ${you}` : `It is the turn of ${turn}. ${you}`;
}

function show() {
  if (!state) return;
  cells.forEach((button, cell) => {
    const at = state.cells[cell].replace('.', '');
    button.classList.toggle('last', !!at && at !== button.textContent);
    button.textContent = button.dataset.mark = at;
    button.ariaLabel = `Row ${Math.floor(cell / 3) + 1}, column ${cell % 3 + 1}: ${at || 'free'}`;
    button.ariaDisabled = !mark || state.turn !== mark || !!at;
  });
  verdict.textContent = words();
  const over = state.winner || state.full;
  again.hidden = mark ? !over || !!state.left : !state.left;
  again.textContent = mark ? 'Play again' : 'Sit down';
}

api.on(channel, 'state', ({data}) => {
  state = data;
  show();
});

api.on(channel, 'seat', ({data}) => {
  mark = data.mark;
  show();
});

board.addEventListener('keydown', ({key}) => {
  const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3}[key];
  if (step) cells[(cells.indexOf(document.activeElement) + step + 9) % 9].focus();
});

again.addEventListener('click', () => mark ? signal('again', {}) : sit());

copy.addEventListener('click', async () => {
  link.select();
  await navigator.clipboard?.writeText(link.value).then(() => { copy.textContent = 'Copied'; }, () => {});
});

visit(sit, () => { verdict.textContent = 'The connection is lost. Your place is free until you are back.'; });
