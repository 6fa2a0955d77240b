import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import vm from 'node:vm';
import {gzipSync} from 'node:zlib';

import {file} from './world.js';

const source = readFileSync(file);

test('the file is at most 8 KB gzip as served', {skip: !process.env.POCKET_CLIENT && 'not the served one'}, () => {
  const size = gzipSync(source, {level: 6}).length;
  assert.ok(size <= 8192, `${size} bytes`);
});

test('the file runs as a classic script and defines one global', () => {
  const scope = vm.createContext({EventTarget, Event});
  const before = Object.keys(scope);
  vm.runInContext(source.toString(), scope);
  assert.deepEqual(Object.keys(scope).filter((key) => !before.includes(key)), ['pocket']);
  assert.equal(typeof scope.pocket.socket.setup, 'function');
});

test('the file loads as a module, and the package exports pocket by default and by name', async () => {
  await import('../pocket.socket.js');
  const module = await import('pocket.socket');
  assert.equal(module.pocket, globalThis.pocket);
  assert.equal(module.default, module.pocket);
});

test('loading the file twice keeps the first client and its listeners', async () => {
  await import('../pocket.socket.js');
  const first = globalThis.pocket;
  vm.runInThisContext(source.toString());
  assert.equal(globalThis.pocket, first);
});

test('PS-30: socket, webSocket and websocket, retryLimit', async () => {
  const {pocket} = await import('../pocket.socket.mjs');
  assert.ok(pocket.socket);
  assert.equal(pocket.webSocket, pocket.websocket);
  assert.equal(pocket.retryLimit, 5);
});

const npm = spawnSync('npm', ['--version']).status === 0;

test('the package has the client, its types, its licence and its page', {skip: !npm && 'npm is not installed'}, () => {
  const cwd = new URL('..', import.meta.url);
  const {stdout} = spawnSync('npm', ['pack', '--dry-run', '--json'], {cwd, encoding: 'utf8'});
  assert.deepEqual(JSON.parse(stdout)[0].files.map(({path}) => path).sort(),
    ['LICENSE', 'README.md', 'package.json', 'pocket.socket.d.ts', 'pocket.socket.js', 'pocket.socket.mjs']);
  assert.deepEqual(readFileSync(new URL('LICENSE', cwd)), readFileSync(new URL('../LICENSE', cwd)));
});
