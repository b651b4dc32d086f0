/**
 * Ctrl-C in a training run: the first asks for an end after the current step, the second ends the process at once. In
 * a browser nothing happens: there is no such signal.
 */

/** Calls `ask` at the first interrupt. Returns a function that gives Ctrl-C its usual meaning back. */
export function onInterrupt(ask: () => void): () => void {
  const host = globalThis.process;
  if (typeof host?.on !== 'function') return () => {};
  let asked = false;
  const listener = (): void => {
    if (asked) host.exit(130); // 128 + SIGINT: what a shell expects
    asked = true;
    ask();
  };
  host.on('SIGINT', listener);
  return () => void host.off('SIGINT', listener);
}
