/** A contestants' process, seen from outside: it is asked one thing at a time, and ended when it takes too long. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Program } from './contestants';
import type { Answer, Request } from './serve';

/** A contestant that has not answered by then will not be waited for. */
const PATIENCE = 180; // seconds

const running = new Set<ChildProcess>();

export class Process {
  private readonly child: ChildProcess;
  private settle: (answer: Answer) => void = () => {};
  private complaints = '';

  constructor({ command, args, env }: Program) {
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    running.add(this.child);
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) this.settle(JSON.parse(line)); // a library may print what it likes
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text) => {
      this.complaints = (this.complaints + text).slice(-10_000);
    });
    this.child.stdin!.on('error', () => {}); // it ended before it was asked: ‹close› says so
    this.child.on('error', (error) => this.settle({ missing: error.message }));
    this.child.on('close', (code, signal) => {
      running.delete(this.child);
      const lastLine = this.complaints.trim().split('\n').pop();
      this.settle({ missing: lastLine || `its process ended with ${signal ?? `code ${code}`}` });
    });
  }

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({ missing: `nothing in ${PATIENCE} s` });
        this.stop();
      }, PATIENCE * 1000);
      this.settle = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      if (this.hasEnded) this.settle({ missing: 'its process has ended' });
      else this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }

  get hasEnded(): boolean {
    return !running.has(this.child);
  }

  stop(): void {
    running.delete(this.child);
    this.child.kill('SIGKILL');
  }
}

export function stopAll(): void {
  for (const child of running) child.kill('SIGKILL');
}
