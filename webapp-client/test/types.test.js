import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('types', import.meta.url));
const installed = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const tsc = [process.env.POCKET_TSC, installed].find((file) => file && existsSync(file));
const skip = !tsc && !process.env.CI && 'typescript is not installed: npm ci';

test('code that should compile does, and code that should not does not', {skip}, () => {
  assert.ok(tsc, 'CI needs typescript: npm ci in webapp-client');
  const {status, stdout} = spawnSync(process.execPath, [tsc, '-p', folder], {encoding: 'utf8'});
  assert.equal(status, 0, stdout);
});
