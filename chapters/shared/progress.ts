/**
 * Progress of long work: a bar with rate and time left on a terminal, about ten plain lines anywhere else. It goes
 * to stderr, so that a script's results can be piped; each tick also gives the event loop its turn, so that Ctrl-C
 * is heard.
 */
import { breathe } from '../../core';

export interface Progress {
  /** One unit of work is done; `text` (a loss, say) is shown behind the bar. */
  tick(text?: string): Promise<void>;
  done(): void;
}

const REDRAW_EVERY = 100; // milliseconds
const QUIET_FOR = 1000; // milliseconds before the first plain line: short work needs none
const BAR_WIDTH = 24;

let barOnScreen = false;

/** Takes the bar off the terminal, so that other text can stand in its place. */
export function clearBar(): void {
  if (!barOnScreen) return;
  process.stderr.write('\r\x1b[2K');
  barOnScreen = false;
}

export function progress(total: number, label: string): Progress {
  const start = performance.now();
  const show = process.stderr.isTTY ? drawBar : printTenths(start);
  let count = 0;
  let shownAt = start;
  return {
    async tick(text = '') {
      count++;
      const now = performance.now();
      if (now - shownAt >= REDRAW_EVERY || count === total) {
        shownAt = now;
        show({ label, fraction: Math.min(1, count / total), pace: pace(count, total, now - start), text });
      }
      await breathe();
    },
    done: clearBar,
  };
}

interface State {
  label: string;
  fraction: number;
  pace: string;
  text: string;
}

const percent = (fraction: number) => `${Math.floor(100 * fraction)} %`;

function drawBar({ label, fraction, pace, text }: State): void {
  const filled = Math.round(BAR_WIDTH * fraction);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const line = `${label}  ${bar}  ${percent(fraction)}  ${pace}  ${text}`;
  process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  barOnScreen = true;
}

/** At most one line for each tenth of the work. */
function printTenths(start: number): (state: State) => void {
  let printed = 0;
  return ({ label, fraction, pace, text }) => {
    const tenth = Math.floor(10 * fraction);
    if (tenth === printed || performance.now() - start < QUIET_FOR) return;
    printed = tenth;
    process.stderr.write(`${`${label}  ${percent(fraction)}  ${pace}  ${text}`.trimEnd()}\n`);
  };
}

function pace(count: number, total: number, elapsed: number): string {
  const rate = (1000 * count) / Math.max(elapsed, 1);
  const left = Math.max(0, total - count) / rate;
  return `${rate.toFixed(rate < 10 ? 1 : 0)}/s  ${duration(left)} left`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
