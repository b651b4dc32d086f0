// Run before every npm command: is Node new enough, is everything installed and built? Does what is missing, and says
// in one line what stands in the way. Plain JavaScript of 2018, so that an old Node can read it and be told that it
// is old.
'use strict';

const { spawnSync } = require('child_process');
const { existsSync, readdirSync, readFileSync, rmSync, statSync } = require('fs');
const { join } = require('path');

const NEEDED = [20, 19];
const LOCK = 'package-lock.json';
const INSTALLED = 'node_modules/.package-lock.json'; // npm's own account of what it has installed

const SOURCES = 'core/kernels/simd/assembly';
const BUILT = 'core/kernels/simd/build';

const reasons = [
  [/ENOSPC/, 'no space left on the disk'],
  [/EACCES|EPERM|EROFS/, 'no permission to write here'],
  [/ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|network/, 'no network'],
];

function fail(line) {
  console.error(line);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  fail(
    `This needs Node ${NEEDED.join('.')} or newer, and this is Node ${process.versions.node}: ` +
      'get one at https://nodejs.org',
  );
}

/** A newer lock file alone proves nothing (a fresh copy has fresh times), so its packages are compared too. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  if (statSync(LOCK).mtimeMs <= statSync(INSTALLED).mtimeMs) return true;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.keys(wanted).every((name) => {
    if (name === '') return true;
    if (present[name]) return present[name].version === wanted[name].version;
    return Boolean(wanted[name].os || wanted[name].cpu); // made for another machine
  });
}

/** npm says that all is well when it could not write half of the files, so its words are read too. */
function install() {
  console.error('Installing the packages this needs (npm ci), once …');
  const args = 'ci --include=dev --prefer-offline --no-audit --no-fund --loglevel=warn --fetch-retries=1'.split(' ');
  const options = { encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 2 ** 26 };
  const { status, error, stderr } = spawnSync('npm', args, options);
  if (status === 0 && isInstalled() && !/ENOSPC/.test(stderr)) return;
  rmSync(INSTALLED, { force: true }); // what is half installed is not installed
  const told = error ? String(error) : stderr;
  const reason = reasons.find(([pattern]) => pattern.test(told));
  const detail = told.split('\n').find((line) => /npm (ERR!|error)/.test(line)) || `npm ci ended with code ${status}`;
  fail(`Cannot install the packages: ${reason ? reason[1] : detail}.`);
}

/** The fast kernels are built when packages are installed, and again when their sources have changed since. */
function buildKernels() {
  if (!existsSync(SOURCES)) return; // this copy of the project has none
  const times = (folder) => readdirSync(folder).map((file) => statSync(join(folder, file)).mtimeMs);
  const built = existsSync(BUILT) ? times(BUILT) : [];
  if (built.length > 0 && Math.max(...times(SOURCES)) <= Math.min(...built)) return;
  console.error('Building the fast kernels …');
  const { status } = spawnSync(process.execPath, ['-r', 'ts-node/register', 'tools/simd.ts'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

checkNode();
if (!isInstalled()) install();
buildKernels();
