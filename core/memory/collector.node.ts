/**
 * Asks JavaScript's garbage collector to run, now, and lets weak references see the result, also in the middle of a
 * loop that never awaits.
 *
 * Two things stand in the way in Node, and both have a door. `gc` is hidden: a fresh context made after setting the
 * flag has it. And a target of a WeakRef is kept alive until the current job ends, which in a synchronous loop is
 * never: V8 clears that list whenever it empties a queue of microtasks, and a context with a queue of its own can be
 * made to do so, without running anybody else's promises.
 */
import { setFlagsFromString } from 'node:v8';
import { createContext, runInNewContext, Script } from 'node:vm';

interface Collector {
  gc(): void;
  clearKeptObjects(): void;
}

let collector: Collector | undefined;

function createCollector(): Collector {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const context = createContext({}, { microtaskMode: 'afterEvaluate' });
  const nothing = new Script('0');
  return { gc, clearKeptObjects: () => nothing.runInContext(context) };
}

export function collectGarbage(): void {
  collector ??= createCollector();
  collector.clearKeptObjects();
  collector.gc();
}
