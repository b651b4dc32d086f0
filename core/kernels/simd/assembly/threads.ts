/**
 * One launch at a time, shared by all threads. A launch is a task (a function of its arguments and a block number) and
 * a number of blocks; every thread takes the next block until none is left. Blocks have fixed sizes, so that the result
 * is the same for any number of threads.
 *
 * The state lives at fixed addresses of the shared memory, below everything the pool hands out.
 */

/** (block numbers left + BIAS) in the low half, the launch's number in the high half: one atomic word decides. */
const TICKET: usize = 64;
const DONE: usize = 128; // blocks finished
const TASK: usize = 132;
const ARGUMENTS: usize = 136;
const BLOCKS: usize = 140;
const SLEEPERS: usize = 192;
const WAKE: usize = 196; // counts up at each waking
const WORKERS: usize = 200; // threads that serve, the caller not counted

/** Threads that find nothing left count on below BIAS; the low half must not run below 0. */
const BIAS: i64 = 0x10000;
const LOW: i64 = 0xffffffff;
const LAUNCH: i64 = 0x100000000;

/** How often a worker looks for work before it goes to sleep: about 50 µs. */
const PATIENCE: i32 = 20_000;

/** Where a kernel puts the arguments of a launch: one launch at a time, so one place is enough. */
export const ARGS: usize = 1024;

// @ts-ignore: decorator
@external('env', 'startWorkers')
declare function startWorkers(): void;

let asked = false;

/** This thread's own memory for packing: an instance's globals belong to its thread. */
export let scratch: usize = 0;

export function start(address: usize): void {
  scratch = address;
}

export type Task = (args: usize, block: i32) => void;

/** Runs the task for blocks 0 to blocks − 1, on all threads where there are several. Returns when all are done. */
export function launch(task: Task, args: usize, blocks: i32): void {
  if (blocks > 1 && !asked) {
    asked = true;
    startWorkers();
  }
  if (blocks < 2 || atomic.load<i32>(WORKERS) == 0) {
    run(task, args, blocks);
    return;
  }
  atomic.store<i32>(DONE, 0);
  store<i32>(TASK, task.index);
  store<usize>(ARGUMENTS, args);
  store<i32>(BLOCKS, blocks);
  const number = (atomic.load<i64>(TICKET) & ~LOW) + LAUNCH;
  atomic.store<i64>(TICKET, number | (BIAS + blocks));
  if (atomic.load<i32>(SLEEPERS) > 0) {
    atomic.add<i32>(WAKE, 1);
    atomic.notify(WAKE, -1);
  }
  while (takeBlock()) {}
  while (atomic.load<i32>(DONE) < blocks) {}
}

/** The same on the calling thread alone: for little work, about 0.05 ms or less. */
export function run(task: Task, args: usize, blocks: i32): void {
  for (let block = 0; block < blocks; block++) task(args, block);
}

/** Takes one block and computes it; false where none is left. */
function takeBlock(): bool {
  if ((atomic.load<i64>(TICKET) & LOW) <= BIAS) return false;
  const left = (atomic.sub<i64>(TICKET, 1) & LOW) - BIAS;
  if (left <= 0) return false;
  // The launch cannot end before this block is done: what it says of itself can be read now.
  call_indirect<void>(load<i32>(TASK), load<usize>(ARGUMENTS), load<i32>(BLOCKS) - <i32>left);
  atomic.add<i32>(DONE, 1);
  return true;
}

/** What a worker does all its life. */
export function serve(address: usize): void {
  scratch = address;
  atomic.add<i32>(WORKERS, 1);
  let idle = 0;
  while (true) {
    if (takeBlock()) idle = 0;
    else if (++idle > PATIENCE) {
      sleep();
      idle = 0;
    }
  }
}

function sleep(): void {
  const wake = atomic.load<i32>(WAKE);
  atomic.add<i32>(SLEEPERS, 1);
  if ((atomic.load<i64>(TICKET) & LOW) <= BIAS) atomic.wait<i32>(WAKE, wake, -1);
  atomic.sub<i32>(SLEEPERS, 1);
}
