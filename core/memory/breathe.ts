/**
 * A long loop that only awaits settled promises starves the event loop: no timer fires, no Ctrl-C is heard, no
 * progress is drawn. Every asynchronous point of the framework therefore calls breathe(), which gives way when the
 * last real turn is 50 ms ago.
 */
const INTERVAL = 50; // milliseconds
let lastTurn = performance.now();

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });

export async function breathe(): Promise<void> {
  if (performance.now() - lastTurn < INTERVAL) return;
  await turn();
  lastTurn = performance.now();
}
