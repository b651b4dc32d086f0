/**
 * Who owns a tensor's bytes, and when they are given back. The garbage collector sees a tensor as a tiny object,
 * whatever the megabytes behind it, so it is in no hurry; a training loop is. Hence two ways out, and the reader has
 * to do nothing for either:
 *
 *   early  What nobody can want any more is given back at once: gradients inside backward, what a noGrad block or a
 *          module's forward made and did not return, and what a model computed two steps ago. A count of holds (graph,
 *          .grad, optimiser state) protects the rest.
 *   late   Everything else goes when no JavaScript object refers to its Storage. When memory has grown past a mark,
 *          storages are put behind weak references, the garbage collector is asked to run, and what died is given back.
 *
 * Results of up to 4 KiB (losses, metrics, every tensor of a small example) never go early while the reader could
 * still see them.
 */
import { collectGarbage } from '#collector';
import type { Allocator, DeviceName } from './allocator';
import { pool } from './pool';

const SMALL = 4096; // bytes
const GARBAGE = 128 * 1024 * 1024; // bytes by which memory may grow before a collection
const CROWD = 100_000; // storages, likewise

const RELEASED = -1; // the address of a storage whose block was given back

/** The bytes behind one or more tensors (a view shares its base's). */
export class Storage {
  /** How often the framework holds it: saved for backward, a .grad, an optimiser's state. */
  holds = 0;
  /** The reader has no claim on it any more: the last hold to go takes the bytes along. */
  expired = false;
  /** Taken out of the rules by keep() or detach(): it lives while somebody refers to it. */
  kept = false;
  /** Counts writes in place, so that backward notices when a value it saved was changed. */
  version = 0;
  /** Its entry in `aged` once it has outlived a collection. */
  weak: Weak | null = null;

  constructor(
    readonly device: DeviceName,
    public address: number,
    readonly bytes: number, // what was asked for
    readonly size: number, // what the block takes
  ) {}

  get released(): boolean {
    return this.address === RELEASED;
  }
}

/** A storage seen through a weak reference, with what is needed to give its block back after its death. */
class Weak {
  readonly reference: WeakRef<Storage>;
  readonly device: DeviceName;
  readonly address: number;
  readonly size: number;
  done = false; // given back early

  constructor(storage: Storage) {
    this.reference = new WeakRef(storage);
    this.device = storage.device;
    this.address = storage.address;
    this.size = storage.size;
  }
}

class Account {
  bytes = 0;
  peakBytes = 0;
  tensors = 0;
  collectAtBytes = GARBAGE;
  collectAtTensors = CROWD;
  constructor(readonly allocator: Allocator) {}

  open(size: number): void {
    this.bytes += size;
    this.tensors++;
    if (this.bytes > this.peakBytes) this.peakBytes = this.bytes;
  }

  close(address: number, size: number): void {
    this.allocator.release(address, size);
    this.bytes -= size;
    this.tensors--;
  }
}

const accounts = new Map<DeviceName, Account>([['cpu', new Account(pool)]]);
let young: Storage[] = []; // made since the last collection (entries given back early are weeded out now and then)
let aged: Weak[] = []; // survivors of a collection
let made: Storage[] | null = null; // what the innermost scope has made; null outside of any scope

export function addDevice(device: DeviceName, allocator: Allocator): void {
  accounts.set(device, new Account(allocator));
}

function accountOf(device: DeviceName): Account {
  const account = accounts.get(device);
  if (!account) throw new Error(`the device '${device}' is not in use; call await useDevice('${device}') first`);
  return account;
}

/* ------------------------------------------------------------------------------ making and giving back */

export function allocate(device: DeviceName, bytes: number): Storage {
  const account = accountOf(device);
  if (account.bytes > account.collectAtBytes || account.tensors > account.collectAtTensors) collect();
  const size = account.allocator.blockSize(bytes);
  let address = account.allocator.allocate(size);
  if (address === null) {
    collect();
    address = account.allocator.allocate(size);
    if (address === null) throw new Error(outOfMemory(device, bytes));
  }
  account.open(size);
  const storage = new Storage(device, address, bytes, size);
  if (young.length > 2 * account.tensors + 4096) young = young.filter((s) => !s.released);
  young.push(storage);
  made?.push(storage);
  return storage;
}

function outOfMemory(device: DeviceName, bytes: number): string {
  const gib = (n: number) => `${(n / 2 ** 30).toFixed(2)} GiB`;
  const { bytes: used, tensors } = accountOf(device);
  const mend = 'use a smaller batch, noGrad for evaluation, or drop references to results you no longer need';
  return `out of memory on the ${device}: ${gib(bytes)} asked for, ${gib(used)} in use by ${tensors} tensors; ${mend}`;
}

function giveBack(storage: Storage): void {
  accountOf(storage.device).close(storage.address, storage.size);
  storage.address = RELEASED;
  if (storage.weak) storage.weak.done = true;
}

/** Gives back what no object refers to any more. Safe at any moment: whoever works with a tensor refers to it. */
export function collect(): void {
  weaken();
  collectGarbage();
  sweep();
  for (const account of accounts.values()) {
    account.collectAtBytes = account.bytes + Math.max(GARBAGE, account.bytes / 2);
    account.collectAtTensors = 2 * account.tensors + CROWD;
  }
}

/** A function of its own: a local variable of collect() would keep the last storage alive. */
function weaken(): void {
  for (const storage of young) {
    if (storage.released) continue;
    storage.weak = new Weak(storage);
    aged.push(storage.weak);
  }
  young = [];
  current = current.map(toWeak);
  previous = previous.map(toWeak);
}

function sweep(): void {
  aged = aged.filter((weak) => {
    if (weak.done) return false;
    if (weak.reference.deref() !== undefined) return true;
    accountOf(weak.device).close(weak.address, weak.size);
    weak.done = true;
    return false;
  });
}

/* ------------------------------------------------------------------------------------ holds and claims */

export function hold(storage: Storage): void {
  storage.holds++;
}

export function drop(storage: Storage): void {
  storage.holds--;
  if (storage.holds === 0 && storage.expired && !storage.released) giveBack(storage);
}

/** The reader has been handed this storage: only keeping no reference to it ends its life now. */
export function claim(storage: Storage): void {
  storage.expired = false;
}

/** A storage that the framework held becomes a result of the innermost scope, as if it had been made there. */
export function adopt(storage: Storage): void {
  storage.expired = false;
  made?.push(storage);
}

export function keep(storage: Storage): void {
  storage.kept = true;
  storage.expired = false;
}

/** Nobody but those who hold it needs it any more. */
export function expire(storage: Storage): void {
  if (storage.kept || storage.released) return;
  storage.expired = true;
  if (storage.holds === 0) giveBack(storage);
}

/* ----------------------------------------------------------------------------------------------- steps */

type Entry = Storage | Weak;
let current: Entry[] = []; // what models computed in this step
let previous: Entry[] = []; // and in the one before
let stepped = new WeakSet<object>(); // optimisers that have stepped since the step began

const toWeak = (entry: Entry): Entry => (entry instanceof Weak ? entry : (entry.weak ?? entry));

/** Called for every result that requires a gradient. */
export function belongsToStep(storage: Storage): void {
  if (storage.bytes > SMALL) current.push(storage);
}

/**
 * Called by optimizer.step(). A step ends when an optimiser comes round again: with one optimiser at each call; with
 * the two of a GAN after both had their turn. What was computed in the step before the one that ends is then given
 * back.
 */
export function endStep(optimizer: object): void {
  const comesRound = stepped.has(optimizer);
  if (comesRound) {
    for (const entry of previous) {
      const storage = entry instanceof Weak ? entry.reference.deref() : entry;
      if (storage) expire(storage);
    }
    previous = current;
    current = [];
    stepped = new WeakSet();
  }
  stepped.add(optimizer);
}

/* ---------------------------------------------------------------------------------------------- scopes */

/** A region of code whose results go when it ends, apart from those that survive. */
export class Scope {
  private readonly outer = made;
  private readonly inside: Storage[] = [];

  constructor() {
    made = this.inside;
  }

  /** Has anything been made that would go? */
  get madeLarge(): boolean {
    for (const storage of this.inside) if (storage.bytes > SMALL && !storage.released) return true;
    return false;
  }

  /**
   * `survivors`: what the region returns. `small`: also small results go (nobody outside the framework has seen
   * them).
   */
  close(survivors: Set<Storage> | null, small: boolean): void {
    made = this.outer;
    for (const storage of this.inside) {
      const goes = !survivors?.has(storage) && (small || storage.bytes > SMALL);
      if (goes) expire(storage);
      else this.outer?.push(storage); // what is left is for the scope around this one to judge
    }
  }
}

/** Runs `fn`; what it made goes, apart from what it returns and what `alsoKept` holds when it has run. */
export function scoped<T>(fn: () => T, alsoKept?: () => unknown): T {
  const scope = new Scope();
  let survivors: Set<Storage> | null = null;
  try {
    const result = fn();
    if (scope.madeLarge) survivors = storagesIn([result, alsoKept?.()]);
    return result;
  } finally {
    scope.close(survivors, false);
  }
}

/** Every storage that can be reached from a value through arrays, maps, sets and fields. */
function storagesIn(root: unknown): Set<Storage> {
  const found = new Set<Storage>();
  const seen = new Set<object>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    const storage = (value as { storage?: unknown }).storage;
    if (storage instanceof Storage) found.add(storage);
    else if (value instanceof Map) open.push(...value.keys(), ...value.values());
    else if (Array.isArray(value) || value instanceof Set) open.push(...value);
    else open.push(...Object.values(value));
  }
  return found;
}

/* ---------------------------------------------------------------------------------------------- report */

export interface MemoryReport {
  /** Bytes in blocks handed out, and the most there ever were. */
  bytes: number;
  peakBytes: number;
  /** How many storages are alive; a view shares its base's. */
  tensors: number;
}

/** Live and peak memory of each device in use. `resetPeak` starts the peak anew from here. */
export function memory({ resetPeak = false } = {}): Record<DeviceName, MemoryReport> {
  const report = {} as Record<DeviceName, MemoryReport>;
  for (const [device, account] of accounts) {
    report[device] = { bytes: account.bytes, peakBytes: account.peakBytes, tensors: account.tensors };
    if (resetPeak) account.peakBytes = account.bytes;
  }
  return report;
}
