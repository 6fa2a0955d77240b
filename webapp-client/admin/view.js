export const element = (id) => document.getElementById(id);

/** An element with texts or elements in it. What comes from others is only ever text. */
export function make(name, content = [], more = {}) {
  const made = Object.assign(document.createElement(name), more);
  made.append(...[].concat(content));
  return made;
}

export const number = (value) => Math.round(value).toLocaleString();

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let at = 0;
  while (value >= 1024 && at < 3) {
    value /= 1024;
    at++;
  }
  return `${value.toLocaleString(undefined, {maximumFractionDigits: at && value < 10 ? 1 : 0})} ${units[at]}`;
}

export function duration(seconds) {
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return days ? `${days} d ${hours} h` : hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
}

/** Rows that keep their place, and the focus in them, while they are the same. */
export function rows(body, items, key, draw) {
  const known = new Map([...body.children].map((row) => [row.dataset.key, row]));
  items.forEach((item, at) => {
    const name = key(item);
    const row = known.get(name) ?? make('tr');
    row.dataset.key = name;
    draw(row, item);
    if (!known.has(name)) label(row, body.parentElement.tHead.rows[0].cells);
    known.delete(name);
    if (body.children[at] !== row) body.insertBefore(row, body.children[at] ?? null);
  });
  for (const old of known.values()) old.remove();
}

/** On a narrow screen a row is a block: then its cells say themselves what they are, and that they are cells. */
function label(row, heads) {
  row.setAttribute('role', 'row');
  [...row.children].forEach((cell, at) => {
    cell.dataset.label = heads[at].textContent;
    cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell');
  });
}

/** Fills a row: texts into its cells, buttons only once. */
export function cells(row, texts, buttons) {
  if (!row.children.length) {
    row.append(...texts.map(([, name = 'td', css = '']) => make(name, [], {className: css, ...(name === 'th' && {scope: 'row'})})));
    if (buttons) row.append(make('td', buttons.map(([label, spoken, act]) => {
      const button = make('button', label, {type: 'button', onclick: act});
      button.setAttribute('aria-label', spoken);
      return button;
    }), {className: 'do'}));
  }
  texts.forEach(([text], at) => {
    if (row.children[at].textContent !== text) row.children[at].textContent = text;
  });
}
