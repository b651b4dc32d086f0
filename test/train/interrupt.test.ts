/** Ctrl-C, typed into a pseudo-terminal. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

/**
 * Runs the script in a terminal, types Ctrl-C at each of the texts in turn, and returns code and screen. `exec`: Ctrl-C
 * goes to everything in the terminal, and a shell that had stayed would answer with a code of its own.
 */
function interrupted(argument: string, cues: string[]): Promise<{ code: number | null; screen: string }> {
  const command = `exec node_modules/.bin/ts-node test/train/interrupted.ts ${argument}`;
  const child = spawn('script', ['-qec', command, '/dev/null']);
  let screen = '';
  const waiting = [...cues];
  child.stdout.on('data', (chunk) => {
    screen += chunk;
    if (waiting.length === 0 || !screen.includes(waiting[0])) return;
    waiting.shift();
    child.stdin.write('\x03');
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, screen })));
}

test('the first ends the run after a step, saves, says so, and fit returns', async () => {
  const { code, screen } = await interrupted('quick', ['RUNNING']);
  expect(screen).toContain('Stopping after this step. Press Ctrl-C again to end at once.');
  expect(screen).toMatch(/Saved after step \d+\./);
  expect(screen).toMatch(/Interrupted in epoch \d+ of 1000000, after \d+ steps/);
  expect(screen).toContain('ENDED interrupted true');
  expect(code).toBe(0);
});

test('the second ends the process at once', async () => {
  const { code, screen } = await interrupted('slow', ['RUNNING', 'Press Ctrl-C again']);
  expect(screen).not.toContain('ENDED');
  expect(code).toBe(130);
});
