/**
 * A Chromium without a window, and a page in it. Commands of its DevTools protocol go through a pipe, which needs no
 * port and no package; when the pipe closes, however this process ends, the browser ends too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

const FLAGS = [
  '--headless=new',
  '--no-sandbox', // it does not start as root, or in many containers; what it opens is our own page
  ...['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'], // its own software renderer: the same everywhere
  ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  '--remote-debugging-pipe',
];

/** Where a Chromium is installed; null where none is. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the browser sends: the answer to a command, or news of itself. */
interface Message {
  id?: number;
  method?: string;
  params?: { exceptionDetails?: { text: string; exception?: { description?: string } } };
  result?: Record<string, unknown>;
  error?: { message: string };
}

export class Chromium {
  /** What the page threw and nobody caught. */
  readonly exceptions: string[] = [];
  private readonly profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  private readonly process: ChildProcess;
  private readonly ended: Promise<Message>;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private session: string | undefined;
  private commands = 0;

  constructor(program: string) {
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const; // it listens on 3 and speaks on 4
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.profile}`], { stdio: [...stdio] });
    this.ended = once(this.process, 'close').then(() => ({ error: { message: 'the browser has ended' } }));
    this.pipe.on('error', () => {}); // it has ended, and `ended` says so
    let text = '';
    (this.process.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() as string;
      for (const message of messages) this.receive(JSON.parse(message));
    });
  }

  private get pipe(): Writable {
    return this.process.stdio[3] as Writable;
  }

  async open(url: string): Promise<void> {
    const { targetId } = await this.send('Target.createTarget', { url });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    this.session = sessionId as string;
    await this.send('Runtime.enable'); // tells of exceptions, also of those before
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    return (result as { value: T }).value;
  }

  async close(): Promise<void> {
    this.process.kill();
    await this.ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10 }); // its last helpers may still write
  }

  private async send(method: string, params = {}): Promise<Record<string, unknown>> {
    const id = ++this.commands;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    this.pipe.write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    const { result, error } = await Promise.race([answer, this.ended]);
    if (!result) throw new Error(`Chromium, ${method}: ${error?.message}`);
    return result;
  }

  private receive({ id, params, ...message }: Message): void {
    const { text, exception } = params?.exceptionDetails ?? {};
    if (text) this.exceptions.push(exception?.description ?? text);
    if (id === undefined) return;
    this.waiting.get(id)?.(message);
    this.waiting.delete(id);
  }
}
