/**
 * The same sources in a browser: the page of this folder is built, served on this machine, and opened in a Chromium
 * with WebGPU on its software renderer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Chromium, findChromium } from './chromium';

const PATIENCE = 80_000; // milliseconds in which the page must be done

const program = findChromium();
const skipped = program === null && process.env.REQUIRE_GPU !== '1';
if (skipped) console.warn('NO CHROMIUM HERE: no kernel is tried in a browser (Debian: apt-get install chromium)');

test.skipIf(skipped)(
  'every kernel agrees in a browser, on the GPU and in WebAssembly',
  async () => {
    if (program === null) throw new Error('REQUIRE_GPU=1, and there is no Chromium on the PATH');
    const address = await servePage();
    const browser = new Chromium(program);
    onTestFinished(() => browser.close());
    await browser.open(address);
    const { state, verdict, failures } = await endOf(browser);
    expect([state, verdict, ...failures].join('\n')).toMatch(/^passed\nAll \d\d kernels agree/);
  },
  100_000,
);

/** Builds the page into a folder of its own; returns its address. */
async function servePage(): Promise<string> {
  const { build, preview } = await import('vite');
  const outDir = mkdtempSync(join(tmpdir(), 'browser-test-'));
  onTestFinished(() => rmSync(outDir, { recursive: true }));
  const settings = { root: __dirname, logLevel: 'error', build: { outDir } } as const;
  await build(settings);
  const server = await preview({ ...settings, preview: { host: '127.0.0.1', port: 0 } });
  onTestFinished(() => server.close());
  return server.resolvedUrls?.local[0] as string;
}

interface Account {
  state: 'running' | 'passed' | 'failed';
  verdict: string;
  failures: string[];
}

/** What stands in the page. */
const ACCOUNT = `({
  state: document.body?.dataset.state ?? 'running',
  verdict: document.getElementById('verdict')?.textContent,
  failures: [...document.querySelectorAll('tr:has(.bad)')].map((row) => row.innerText),
})`;

async function endOf(browser: Chromium): Promise<Account> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const account = await browser.evaluate<Account>(ACCOUNT);
    if (browser.exceptions.length > 0) throw new Error(`the page threw: ${browser.exceptions.join('\n')}`);
    if (account.state !== 'running') return account;
    if (Date.now() > end) throw new Error(`the page is not done yet; it says: ${account.verdict}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
