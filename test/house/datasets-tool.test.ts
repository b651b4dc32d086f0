/** npm run datasets: mirrors that fail in every way, runs that are interrupted or meet, and archives of ill will. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { catalogue, type DataSet, type RemoteFile } from '../../tools/datasets/catalogue';
import { runDatasets } from '../../tools/datasets/command';
import { fetchSet } from '../../tools/datasets/fetch';
import { sizeText } from '../../tools/datasets/meter';
import { redirected } from '../../tools/datasets/request';
import { readTar } from '../../tools/datasets/tar';
import { type Run, runScript } from '../../tools/run';
import {
  answers,
  cutsOff,
  drips,
  type Handler,
  ignoresRange,
  mirror,
  sends,
  sendsUnannounced,
  stalls,
  type TarEntry,
  tar,
  together,
} from './loopback';

const all = mkdtempSync(join(tmpdir(), 'datasets-test-'));
afterAll(() => rmSync(all, { recursive: true }));

const bytesOf = (length: number, seed: number) => Buffer.alloc(length).map((_, i) => (i * i + seed) % 251) as Buffer;
const right = bytesOf(100_000, 1);
const wrong = bytesOf(100_000, 2);
const PATH = 'toys/blocks.bin';

const remote = (mirrors: string[], bytes: Uint8Array = right): RemoteFile => ({
  path: PATH,
  mirrors,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const setOf = (...files: RemoteFile[]): DataSet => ({ name: 'toys', what: '', licence: '', cite: '', files });

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(all, 'root-'));
});

const patience = { attempts: 3, pause: 1, silence: 1000 };

/** Fetches a set into `root`; what it said, and why it failed. */
async function get(set: DataSet): Promise<{ lines: string[]; notes: string[]; error: string }> {
  const notes: string[] = [];
  const terms = { signal: new AbortController().signal, note: (line: string) => notes.push(line), patience };
  const [lines, error] = await fetchSet(set, root, terms).then(
    (said) => [said, ''] as const,
    (failed: Error) => [[], failed.message] as const,
  );
  return { lines: [...lines], notes, error };
}

/** Does the file have these bytes? */
const has = (bytes: Buffer) => readFileSync(join(root, PATH)).equals(bytes);

/** What is not finished, and how many bytes it has. */
const hidden = () => readdirSync(root).filter((name) => name.startsWith('.'));
const kept = () => hidden().reduce((sum, name) => sum + statSync(join(root, name)).size, 0);

/** The number of a process that has ended. */
const dead = spawnSync(process.execPath, ['-e', '']).pid;

describe('a mirror that fails in passing is asked again, and goes on where it broke off', () => {
  const half = Math.floor(right.length / 2);
  test.each<[what: string, handlers: Handler[], ranges: string[], note: RegExp]>([
    [
      'cuts off',
      [cutsOff(right, half, kept), sends(right)],
      ['', `bytes=${half}-`],
      /: it broke off; again in 0\.001 s$/,
    ],
    ['stalls', [stalls(right, half), sends(right)], ['', `bytes=${half}-`], /: nothing has come for 1 seconds; again/],
    ['never answers', [() => {}, sends(right)], ['', ''], /: nothing has come for 1 seconds; again/],
    ['answers 500', [answers(500), sends(right)], ['', ''], /: it answers 500 Internal Server Error; again/],
    ['answers 429', [answers(429), sends(right)], ['', ''], /: it answers 429 Too Many Requests; again/],
    [
      'cuts off, then ignores the range',
      [cutsOff(right, half, kept), ignoresRange(right)],
      ['', `bytes=${half}-`],
      /broke off/,
    ],
    [
      'ends early without having said how much there is',
      [sendsUnannounced(right.subarray(0, half)), sends(right)],
      ['', `bytes=${half}-`],
      /: it ended after 50000 of 100000 bytes; again/,
    ],
  ])('%s', async (_, handlers, ranges, note) => {
    const { address, asked } = await mirror(...handlers);
    const { lines, notes, error } = await get(setOf(remote([address])));
    expect(error).toBe('');
    expect(lines).toEqual([`${PATH}: fetched 100.0 kB, verified`]);
    expect(asked).toEqual(ranges);
    expect(notes).toEqual([expect.stringMatching(note)]);
    expect(has(right)).toBe(true);
    expect(hidden()).toEqual([]);
  });

  test('cuts off once more than it may, but has sent a good deal each time', async () => {
    const large = bytesOf(5 * 2 ** 20, 3);
    const { address, asked } = await mirror(...Array(4).fill(cutsOff(large, 1_200_000, kept)), sends(large));
    expect((await get(setOf(remote([address], large)))).error).toBe('');
    expect(asked).toHaveLength(5);
    expect(has(large)).toBe(true);
  });
});

describe('a mirror that is of no use is left for the next at once', () => {
  test.each<[what: string, handler: Handler, note: RegExp]>([
    ['has no such file', answers(404), /: it answers 404 Not Found; asking the next mirror$/],
    ['refuses', answers(403), /: it answers 403 Forbidden;/],
    ['sends wrong bytes', sends(wrong), /: its bytes are not those of the file \(their sha256 differs\);/],
    [
      'announces too many bytes',
      answers(200, { 'content-length': '100001' }),
      /: it announces 100001 bytes instead of/,
    ],
    [
      'announces too few',
      answers(200, { 'content-length': '7' }, 'damaged'),
      /: it announces 7 bytes instead of 100000/,
    ],
    ['sends too many', sendsUnannounced(bytesOf(300_000, 1)), /: it sends more than the 100000 bytes of the file;/],
    [
      'sends a part unasked',
      answers(206, { 'content-range': 'bytes 5-9/100000' }),
      /: it sends another part of the file/,
    ],
    ['redirects to nowhere', answers(302), /: it redirects to no address;/],
    ['redirects to itself', answers(301, { location: '/file' }), /: it redirects more than 5 times;/],
    ['redirects to another protocol', answers(302, { location: 'ftp://a/b' }), /: it redirects from http: to ftp:;/],
  ])('%s', async (_, handler, note) => {
    const bad = await mirror(handler);
    const good = await mirror(sends(right));
    const { notes, error } = await get(setOf(remote([bad.address, good.address])));
    expect(error).toBe('');
    expect(notes[0]).toMatch(note);
    expect(has(right)).toBe(true);
    expect(hidden()).toEqual([]);
  });

  test('a redirect is followed', async () => {
    const good = await mirror(sends(right));
    const { address } = await mirror(answers(302, { location: good.address }));
    expect((await get(setOf(remote([address])))).error).toBe('');
    expect(has(right)).toBe(true);
  });

  test('a redirect leads to safer ground or not at all', () => {
    expect(redirected(new URL('http://a/b'), 'https://c/d').href).toBe('https://c/d');
    expect(redirected(new URL('https://a/b/c'), '../d').href).toBe('https://a/d');
    expect(() => redirected(new URL('https://a/b'), 'http://a/b')).toThrow('it redirects from https: to http:');
    expect(() => redirected(new URL('https://a/b'), 'file:///b')).toThrow('it redirects from https: to file:');
    expect(() => redirected(new URL('https://a/b'), 'http://')).toThrow('it redirects to no address');
  });

  test('all of them fail: each is named, what has come is kept, and the next run goes on', async () => {
    const [one, two] = [await mirror(cutsOff(right, 1000, kept)), await mirror(answers(404))];
    const { error } = await get(setOf(remote([one.address, two.address])));
    const [host, other] = [one, two].map(({ address }) => new URL(address).host);
    expect(error).toBe(
      `cannot fetch ${PATH}: ${host}: it broke off; ${other}: it answers 404 Not Found; ` +
        '3.0 kB are kept, and the same command goes on from there; ' +
        `to do it by hand, put ${one.address} at ${join(root, PATH)}`,
    );
    expect(existsSync(join(root, PATH))).toBe(false);
    const { address, asked } = await mirror(sends(right));
    expect((await get(setOf(remote([address])))).error).toBe('');
    expect(asked).toEqual(['bytes=3000-']);
    expect(has(right)).toBe(true);
  });

  test('no network, or nobody there', async () => {
    const { error } = await get(setOf(remote(['http://127.0.0.1:1/a', 'http://nowhere.invalid/a'])));
    expect(error).toContain('127.0.0.1:1: it refuses the connection; nowhere.invalid: ');
  });
});

describe('what an earlier run has left', () => {
  const leave = (bytes: Uint8Array, pid: number) => writeFileSync(join(root, `.toys-blocks.bin.${pid}.part`), bytes);

  test('is taken over, the longest of it', async () => {
    const { address, asked } = await mirror(sends(right));
    leave(right.subarray(0, 10), process.pid);
    leave(right.subarray(0, 70_000), dead);
    await get(setOf(remote([address])));
    expect(asked).toEqual(['bytes=70000-']);
    expect(has(right)).toBe(true);
    expect(hidden()).toEqual([]);
  });

  test('is left to a run that still goes on', async () => {
    const { address, asked } = await mirror(sends(right));
    leave(right.subarray(0, 70_000), process.ppid);
    await get(setOf(remote([address])));
    expect(asked).toEqual(['']);
    expect(hidden()).toEqual([`.toys-blocks.bin.${process.ppid}.part`]);
  });

  test.each([
    ['from a mirror with other bytes', wrong.subarray(0, 70_000), ['bytes=70000-', '']],
    ['whole, but wrong', wrong, ['']],
    ['longer than the file', Buffer.concat([right, right]), ['']],
  ])('%s: all of it is fetched anew', async (_, left, ranges) => {
    const { address, asked } = await mirror(sends(right));
    leave(left, dead);
    expect((await get(setOf(remote([address])))).error).toBe('');
    expect(asked).toEqual(ranges);
    expect(has(right)).toBe(true);
  });

  test('whole and right needs no mirror', async () => {
    const { address, asked } = await mirror(answers(500));
    leave(right, dead);
    expect((await get(setOf(remote([address])))).error).toBe('');
    expect(asked).toEqual([]);
    expect(has(right)).toBe(true);
  });
});

describe('what is there already', () => {
  const place = (bytes: Uint8Array) => {
    mkdirSync(join(root, 'toys'));
    writeFileSync(join(root, PATH), bytes);
  };

  test('and right is not fetched', async () => {
    const { address, asked } = await mirror(answers(500));
    place(right);
    expect((await get(setOf(remote([address])))).lines).toEqual([`${PATH}: there already, verified`]);
    expect(asked).toEqual([]);
  });

  test.each([
    ['cut', right.subarray(0, 99), 'it has 99 bytes instead of 100000'],
    ['changed', wrong, 'its bytes have changed (their sha256 differs)'],
  ])('but %s is fetched again', async (_, bytes, why) => {
    const { address } = await mirror(sends(right));
    place(bytes);
    const { notes } = await get(setOf(remote([address])));
    expect(notes).toEqual([`${PATH}: ${why}; fetching it again`]);
    expect(has(right)).toBe(true);
  });

  test('stays there when nothing better comes', async () => {
    const { address } = await mirror(sends(bytesOf(100_000, 5)));
    place(wrong);
    expect((await get(setOf(remote([address])))).error).toContain('its bytes are not those of the file');
    expect(has(wrong)).toBe(true);
    expect(hidden()).toEqual([]);
  });

  test('of a set with several files: none is in its place before all have come', async () => {
    const good = await mirror(sends(right));
    const bad = await mirror(answers(404));
    const set = setOf(remote([good.address]), { ...remote([bad.address]), path: 'toys/other.bin' });
    expect((await get(set)).error).toContain('cannot fetch toys/other.bin');
    expect(existsSync(join(root, 'toys'))).toBe(false);
    bad.address = good.address;
    set.files[1].mirrors = [good.address];
    expect((await get(set)).error).toBe('');
    expect(good.asked).toEqual(['', '']);
    expect(readdirSync(join(root, 'toys'))).toEqual(['blocks.bin', 'other.bin']);
  });
});

describe('a folder that cannot be written is told in plain words', () => {
  test('a file stands in its place', async () => {
    const { address } = await mirror(sends(right));
    writeFileSync(join(root, 'toys'), '');
    expect((await get(setOf(remote([address])))).error).toMatch(/^cannot (read|write) .*a part of the path is a file/);
  });

  test.runIf(process.getuid && process.getuid() !== 0)('no permission', async () => {
    const { address, asked } = await mirror(sends(right));
    root = join(root, 'locked');
    mkdirSync(root, { mode: 0o500 });
    expect((await get(setOf(remote([address])))).error).toMatch(/^cannot write .*: permission denied$/);
    expect(asked.length).toBeLessThan(2);
  });

  test.runIf(existsSync('/dev/full'))('a full disk', async () => {
    const { address } = await mirror(sends(right));
    symlinkSync('/dev/full', join(root, `.toys-blocks.bin.${process.pid}.part`));
    expect((await get(setOf(remote([address])))).error).toMatch(/^cannot write .*: no space left on the disk$/);
    expect(existsSync(join(root, PATH))).toBe(false);
  });
});

describe('an archive', () => {
  const entries: TarEntry[] = [
    { name: 'toys/', type: '5' },
    { name: 'toys/a.txt', bytes: 'a'.repeat(1500) },
    { name: 'toys/deep/b.txt', bytes: 'b' },
    { name: 'toys/none.txt' },
    { name: 'toys/extra/c.txt', bytes: 'c' },
  ];

  async function archive(packed: Uint8Array, handler = sends(packed)): Promise<{ set: DataSet; asked: string[] }> {
    const { address, asked } = await mirror(handler);
    const unpack = { into: 'box/toys', leaveOut: ['extra/'] };
    return { set: setOf({ ...remote([address], packed), path: 'box/toys.tar.gz', unpack }), asked };
  }

  test('is unpacked, known again, and fetched again when it has changed', async () => {
    const { set, asked } = await archive(gzipSync(tar(entries)));
    expect((await get(set)).lines[0]).toMatch(/^box\/toys: fetched .*, verified$/);
    const box = join(root, 'box/toys');
    expect(readdirSync(root)).toEqual(['box']);
    expect(readdirSync(box)).toEqual(['.unpacked.json', 'a.txt', 'deep', 'none.txt']);
    expect(readFileSync(join(box, 'a.txt'), 'utf8')).toBe('a'.repeat(1500));
    expect((await get(set)).lines).toEqual(['box/toys: there already, verified']);

    writeFileSync(join(box, 'deep/b.txt'), 'B');
    const { notes } = await get(set);
    expect(notes).toEqual(['box/toys: it is not what was unpacked; fetching it again']);
    expect(readFileSync(join(box, 'deep/b.txt'), 'utf8')).toBe('b');
    expect(asked).toEqual(['', '']);
  });

  test('leaves a folder of the same name alone that others have made', async () => {
    const { set, asked } = await archive(gzipSync(tar(entries)));
    mkdirSync(join(root, 'box/toys'), { recursive: true });
    expect((await get(set)).lines[0]).toContain('there already, but not from this command');
    expect(asked).toEqual([]);
  });

  const longHeader = { name: '././@LongLink', type: 'L', bytes: `toys/${'long/'.repeat(30)}name.txt\0` };
  const paxHeader = { name: 'PaxHeader', type: 'x', bytes: '19 path=toys/p.txt\n30 mtime=1350244992.023960108\n' };

  test('may have names too long for its headers', async () => {
    const named = [longHeader, { name: 'toys/cut', bytes: '1' }, paxHeader, { name: 'toys/q.txt', bytes: '2' }];
    const { set } = await archive(gzipSync(tar([{ name: 'x', type: 'g', bytes: '9 path=z\n' }, ...named])));
    expect((await get(set)).error).toBe('');
    expect(readFileSync(join(root, 'box', 'toys', 'long/'.repeat(30), 'name.txt'), 'utf8')).toBe('1');
    expect(readFileSync(join(root, 'box/toys/p.txt'), 'utf8')).toBe('2');
  });

  const whole = tar(entries);
  const noise = bytesOf(2048, 7);
  const changed = Buffer.from(whole).fill('T', 0, 1); // of its first name, which its sum no longer fits
  test.each<[what: string, packed: Uint8Array, error: RegExp]>([
    ['a way out', gzipSync(tar([{ name: 'toys/../../../out.txt', bytes: '!' }])), /leads out of the folder/],
    ['a root', gzipSync(tar([{ name: '/tmp/out.txt', bytes: '!' }])), /leads out of the folder/],
    ['a drive', gzipSync(tar([{ name: 'C:/out.txt', bytes: '!' }])), /leads out of the folder/],
    ['backslashes', gzipSync(tar([{ name: 'toys/..\\out.txt', bytes: '!' }])), /leads out of the folder/],
    ['a way out in a long name', gzipSync(tar([{ ...longHeader, bytes: 'toys/../../x' }, entries[1]])), /leads out of/],
    ['another folder', gzipSync(tar([{ name: 'games/a.txt', bytes: '!' }])), /is not inside toys\//],
    ['a link', gzipSync(tar([{ name: 'toys/link', type: '2' }])), /toys\/link is neither a file nor a folder/],
    ['one name twice', gzipSync(tar([entries[1], entries[1]])), /cannot write .*EEXIST/],
    ['half a member', gzipSync(whole.subarray(0, 1200)), /it ends in the middle/],
    ['no end', gzipSync(whole.subarray(0, whole.length - 1024)), /it ends in the middle/],
    ['half of its gzip', gzipSync(whole).subarray(0, 100), /unexpected end of file/],
    ['a changed header', gzipSync(changed), /a header in it is not one of tar/],
    ['no header', gzipSync(noise), /a header in it is not one of tar/],
    ['no gzip', noise, /incorrect header check/],
  ])('with %s is refused, and nothing of it stays', async (_, packed, error) => {
    const { set } = await archive(packed);
    expect((await get(set)).error).toMatch(error);
    expect(existsSync(join(root, 'box/toys'))).toBe(false);
    expect(hidden().filter((name) => !name.startsWith('.box-toys.tar.gz'))).toEqual([]);
    expect(readdirSync(all).filter((name) => name.includes('out'))).toEqual([]);
  });

  test('is read the same however its bytes come', async () => {
    async function* pieces() {
      for (let i = 0; i < whole.length; i += 77) yield whole.subarray(i, i + 77);
    }
    const names: string[] = [];
    for await (const { name } of readTar(pieces())) names.push(name);
    expect(names).toEqual(entries.slice(1).map(({ name }) => name));
  });
});

/** Runs the command within this process: its exit code, and what it printed. */
async function command(words: string[], sets: DataSet[], env = ''): Promise<Run> {
  const run: Run = { code: null, stdout: '', stderr: '' };
  vi.stubEnv('DATASETS_DIR', env);
  vi.spyOn(console, 'log').mockImplementation((text) => {
    run.stdout += `${text}\n`;
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    run.stderr += `${text}\n`;
  });
  await runDatasets(words, sets, patience);
  run.code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  return run;
}

describe('the command', () => {
  test('get: says what it did, and where chapters look', async () => {
    const { address } = await mirror(sends(right));
    const sets = [setOf(remote([address]))];
    expect(await command(['get', 'toys', '--to', root], sets)).toEqual({
      code: 0,
      stdout:
        `${PATH}: fetched 100.0 kB, verified\n\n` +
        `Chapters find them when DATASETS_DIR names their folder: export DATASETS_DIR=${root}\n`,
      stderr: '',
    });
    expect((await command(['get', 'toys'], sets, root)).stdout).toBe(`${PATH}: there already, verified\n`);
  });

  test('get: a failure is one line, exit 1', async () => {
    const { address } = await mirror(answers(404));
    const { code, stdout, stderr } = await command(['get', 'toys'], [setOf(remote([address]))], root);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: cannot fetch toys\/blocks\.bin: 127\.0\.0\.1:\d+: it answers 404 Not Found; .+\n$/);
  });

  test.each([
    [['get', 'mnist'], 'error: where to? Let DATASETS_DIR name a folder, or add one here: '],
    [['get', 'minst', '--to', 'x'], 'error: there is no data set "minst"; there are mnist, cifar10, imdb, '],
    [['get'], 'error: say what to do:\n'],
    [['fetch', 'mnist'], 'error: say what to do:\n'],
    [['list', '--form', 'x'], "error: Unknown option '--form'"],
  ])('%j: a wrong call, exit 2', async (words, said) => {
    const { code, stdout, stderr } = await command(words, catalogue);
    expect([code, stdout, stderr.slice(0, said.length)]).toEqual([2, '', said]);
  });

  test('list: what there is, and what of it is here', async () => {
    const write = (path: string, text: string) => {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('text/names.txt', 'emma\n');
    write('imdb/aclImdb/README', 'made by hand');
    const { code, stdout } = await runScript(join(__dirname, '../../tools/datasets.ts'), ['list', '--to', root]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mnist +11\.6 MB +mnist\/ +no +70,000 handwritten digits/m);
    expect(stdout).toMatch(/^names +228\.1 kB +text\/names\.txt +damaged +32,033 first names/m);
    expect(stdout).toMatch(/^imdb +84\.1 MB +imdb\/aclImdb +not verified/m);
    expect(stdout).toMatch(/^cifar10 +none stated +Krizhevsky 2009$/m);
    expect(stdout).toContain(`The folder is ${root}.`);
  });

  test('list: half a set, a whole one, and no folder', async () => {
    const { address } = await mirror(sends(right));
    const set = setOf(remote([address]), { ...remote([address]), path: 'toys/other.bin' });
    await get(set);
    expect((await command(['list'], [set], root)).stdout).toMatch(/^toys +200\.0 kB +toys\/ +verified/m);
    rmSync(join(root, PATH));
    expect((await command(['list'], [set], root)).stdout).toMatch(/^toys +200\.0 kB +toys\/ +1 of 2 files/m);
    expect((await command(['list'], [set])).stdout).toContain('DATASETS_DIR is not set');
  });
});

describe('in processes of their own', () => {
  const child = join(__dirname, 'datasets-run.ts');
  const environment = (set: DataSet) => ({ DATASETS_DIR: root, CATALOGUE: JSON.stringify([set]) });

  test('Ctrl-C: exit 130, what has come is kept, and the next run goes on from there', async () => {
    const large = bytesOf(2_000_000, 4);
    const { address, asked } = await mirror(drips(large, 5000), sends(large));
    const set = setOf(remote([address], large));
    const args = [require.resolve('ts-node/dist/bin'), child, 'get', 'toys'];
    const running = spawn(process.execPath, args, { env: { ...process.env, ...environment(set) } });
    let said = '';
    running.stderr.on('data', (text) => (said += text));
    await vi.waitUntil(() => kept() > 50_000, { timeout: 20_000, interval: 10 });
    running.kill('SIGINT');
    const code = await new Promise<number | null>((resolve) => running.on('close', resolve));
    expect(said).toBe('stopped by Ctrl-C; what has come is kept, and the same command goes on from there\n');
    expect(code).toBe(130);
    expect(existsSync(join(root, PATH))).toBe(false);
    const start = kept();
    expect((await get(set)).error).toBe('');
    expect(asked).toEqual(['', `bytes=${start}-`]);
    expect(has(large)).toBe(true);
    expect(hidden()).toEqual([]);
  });

  test('two runs at once: both end well, and the file is whole', async () => {
    const { address, asked } = await mirror(together(2, sends(right)));
    const env = environment(setOf(remote([address])));
    const runs = await Promise.all([1, 2].map(() => runScript(child, ['get', 'toys'], { env })));
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(asked).toEqual(['', '']);
    expect(has(right)).toBe(true);
    expect(hidden()).toEqual([]);
  });
});

describe('the catalogue', () => {
  const files = catalogue.flatMap(({ files }) => files);

  test('asks over https alone, and knows every file again', () => {
    for (const { mirrors, bytes, sha256 } of files) {
      expect(mirrors.length).toBeGreaterThan(1);
      expect(mirrors.filter((address) => new URL(address).protocol !== 'https:')).toEqual([]);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(1000);
    }
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });

  test('sizes are told in units that suit them', () => {
    expect([0, 999, 1000, 999_949, 999_950, 170_052_171].map(sizeText)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '999.9 kB',
      '1.0 MB',
      '170.1 MB',
    ]);
  });
});
