/**
 * What a training run shows: on a terminal a bar with steps, time left, loss and metrics, drawn anew ten times a
 * second; anywhere else one line for each epoch. It goes to stderr, so that a script's results can be piped.
 */

export type Logs = Record<string, number>;

const REDRAW_EVERY = 100; // milliseconds
const BAR_WIDTH = 24;

export interface ProgressState {
  epoch: number; // from 1
  epochs: number;
  steps: number; // done in this epoch
  totalSteps: number | undefined; // a stream does not know
}

/** Where a run's lines go. */
export interface Screen {
  isTerminal: boolean;
  columns: number;
  write(text: string): void;
}

/** The terminal's error stream in Node; the console in a browser. */
export function standardScreen(): Screen {
  const stream = globalThis.process?.stderr;
  if (!stream) return { isTerminal: false, columns: 80, write: (text) => console.log(text.trimEnd()) };
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns || 80,
    write: (text) => void stream.write(text),
  };
}

export class ProgressBar {
  private startedAt = 0;
  private shownAt = 0;
  private onScreen = false;

  constructor(private readonly screen: Screen) {}

  start(): void {
    this.startedAt = performance.now();
    this.shownAt = this.startedAt;
  }

  /** Is it time to read the metrics and draw again? */
  get due(): boolean {
    return this.screen.isTerminal && performance.now() - this.shownAt >= REDRAW_EVERY;
  }

  draw(state: ProgressState, logs: Logs): void {
    this.shownAt = performance.now();
    const line = barLine(state, this.shownAt - this.startedAt, logs);
    this.screen.write(`\r\x1b[2K${line.slice(0, this.screen.columns - 1)}`);
    this.onScreen = true;
  }

  /** The epoch's line, which stays. */
  finish(state: ProgressState, logs: Logs): void {
    const seconds = (performance.now() - this.startedAt) / 1000;
    this.say(`${heading(state)}  ${state.steps} steps  ${duration(seconds)}  ${formatLogs(logs)}`);
  }

  /** A line of its own, in place of the bar. */
  say(line: string): void {
    this.clear();
    this.screen.write(`${line}\n`);
  }

  clear(): void {
    if (this.onScreen) this.screen.write('\r\x1b[2K');
    this.onScreen = false;
  }
}

const heading = ({ epoch, epochs }: ProgressState): string => `Epoch ${epoch}/${epochs}`;

function barLine(state: ProgressState, elapsed: number, logs: Logs): string {
  const { steps, totalSteps } = state;
  if (!totalSteps) return `${heading(state)}  step ${steps}  ${formatLogs(logs)}`;
  const filled = Math.round((BAR_WIDTH * steps) / totalSteps);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const left = (elapsed / 1000 / Math.max(1, steps)) * (totalSteps - steps);
  return `${heading(state)}  ${bar}  ${steps}/${totalSteps}  ${duration(left)} left  ${formatLogs(logs)}`;
}

const formatLogs = (logs: Logs): string =>
  Object.entries(logs)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join('  ');

/** Four decimals, or an exponent where they would show nothing. */
const formatValue = (x: number): string =>
  x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5) ? x.toFixed(4) : x.toExponential(3);

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
