/**
 * tools/ensure.js with an npm that only pretends, and with a Node that claims to be old.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ensure = join(__dirname, '../../tools/ensure.js');
const packages = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', os: ['aix'] },
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensure-test-'));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An npm that leaves traces, says what it is told to say, and ends with this code. */
function run(says = '', code = 0, node = process.versions.node) {
  const account = code === 0 ? 'mkdir -p node_modules\ncp package-lock.json node_modules/.package-lock.json\n' : '';
  const npm = `#!/bin/sh\ntouch npm-was-called\necho '${says}' >&2\n${account}exit ${code}\n`;
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 });
  writeFileSync(join(folder, 'old.js'), `Object.defineProperty(process, 'versions', { value: { node: '${node}' } })`);
  const { status, stderr } = spawnSync(process.execPath, ['-r', './old.js', ensure], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });
  const trace = join(folder, 'npm-was-called');
  const called = existsSync(trace);
  rmSync(trace, { force: true });
  return { status, lines: stderr.trim().split('\n'), called };
}

/** What npm leaves behind when it has installed these packages, a while ago. */
function installed(present: Record<string, { version: string }>): void {
  mkdirSync(join(folder, 'node_modules'));
  const account = join(folder, 'node_modules/.package-lock.json');
  writeFileSync(account, JSON.stringify({ packages: present }));
  utimesSync(account, 1e9, 1e9);
}

test.each(['12.22.12', '18.20.0', '20.18.3'])('Node %s is told to be too old, in one line', (version) => {
  const { status, lines, called } = run('', 0, version);
  expect(lines).toEqual([`This needs Node 20.19 or newer, and this is Node ${version}: get one at https://nodejs.org`]);
  expect(status).toBe(1);
  expect(called).toBe(false);
});

test.each(['20.19.0', '22.1.0', '24.0.0'])('Node %s will do', (version) => {
  expect(run('', 0, version).status).toBe(0);
});

test('installs when nothing is installed', () => {
  expect(run()).toMatchObject({ status: 0, called: true, lines: [expect.stringMatching(/^Installing .*npm ci/)] });
});

test('installs when a package is of another version, or missing', () => {
  installed({ 'node_modules/a': { version: '0.9.0' } });
  expect(run().called).toBe(true);
  rmSync(join(folder, 'node_modules'), { recursive: true });
  installed({});
  expect(run().called).toBe(true);
});

test('leaves alone what is as it should be, in a fresh copy too', () => {
  installed({ 'node_modules/a': { version: '1.0.0' } });
  expect(run()).toEqual({ status: 0, called: false, lines: [''] });
});

test('does not believe an npm that ran out of space and says that all is well', () => {
  const { status, lines } = run('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write', 0);
  expect(lines.slice(1)).toEqual(['Cannot install the packages: no space left on the disk.']);
  expect(status).toBe(1);
  expect(run().called).toBe(true); // and tries again the next time
});

test.each([
  ['npm error code ENOTFOUND', 'no network'],
  ['npm error code EAI_AGAIN', 'no network'],
  ['npm error code ENOSPC', 'no space left on the disk'],
  ['npm error code EACCES', 'no permission to write here'],
  ['npm error something else', 'npm error something else'],
])('%s: %s', (says, reason) => {
  const { status, lines } = run(says, 1);
  expect(lines.slice(1)).toEqual([`Cannot install the packages: ${reason}.`]);
  expect(status).toBe(1);
});
