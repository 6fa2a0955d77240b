import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {file, world} from './world.js';

const page = (name) => new URL(`../../docs/guide/${name}.md`, import.meta.url);
const text = (name) => readFileSync(page(name), 'utf8');
const pages = ['browser', 'browser-classic', 'browser-cheatsheet', 'from-socket.io'];

/** With POCKET_INTEGRITY=update it writes the hash instead. */
test('the docs have the hash of the file as served', {skip: !process.env.POCKET_CLIENT && 'not the served one'}, () => {
  const hash = 'sha384-' + createHash('sha384').update(readFileSync(file)).digest('base64');
  const all = text('browser');
  if (process.env.POCKET_INTEGRITY === 'update') {
    writeFileSync(page('browser'), all.replace(/sha384-[\w+/=?]+/, hash));
  } else assert.equal(/sha384-[\w+/=?]+/.exec(all)[0], hash, 'POCKET_INTEGRITY=update mvn test -Dtest=WebappClientTest');
});

for (const name of pages) {
  test(`${name}: the code can be read, and calls what there is`, () => {
    const all = text(name);
    for (const [, code] of all.matchAll(/```js\n([^]*?)```/g)) new Function(`return async () => {${code}};`);
    const {pocket} = world({location: {href: 'http://h/', protocol: 'http:'}});
    const link = pocket('/');
    const chat = link.channel('chat', {join: false});
    const things = {pocket, link, chat, 'pocket.socket': pocket.socket, 'pocket.webSocket': pocket.webSocket, here: Object.assign(chat.presence(), {count: 0})};
    for (const [, thing, key] of all.matchAll(/(?<![\w./'-])(pocket\.socket|pocket\.webSocket|pocket|link|chat|here)\.(\w+)/g)) {
      if (!/^m?js$/.test(key)) assert.ok(key in things[thing], `${thing}.${key}`);
    }
  });
}

test('the docs tell every event, option and member of the modern face that its types have', () => {
  const types = readFileSync(new URL('../pocket.socket.d.ts', import.meta.url), 'utf8');
  const told = text('browser');
  const body = (name) => new RegExp(`export interface ${name}\\b[^{]*{([^]*?)\\n}`).exec(types)[1];
  const members = ['Options', 'Stats', 'Chan', 'Link'].flatMap((name) =>
    [...body(name).matchAll(/^ {2}(?:readonly )?(\w+)(?=[?(<:])/gm)].map(([, member]) => member));
  assert.ok(members.length > 20);
  for (const member of members) assert.match(told, new RegExp(`\\b${member}\\b`), member);
});
