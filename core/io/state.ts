/**
 * A training run saved whole: what model, optimiser and schedule know, where the random numbers stand, and how far the
 * run has come. A run resumed from such a file goes on as if it had never stopped, to the last bit.
 *
 * It is a safetensors file: tensors under dotted names (`model.0.weight`), everything else as JSON in its metadata.
 */
import { defaultGenerator, Generator } from '../tensor/random';
import { Tensor } from '../tensor/tensor';
import { damaged } from './files';
import { loadSafetensors, saveSafetensors } from './safetensors';
import { quote } from './safetensors-header';

/** Model, optimiser, schedule: whatever can say what it knows, and take that over again. */
export interface Stateful {
  stateDict(): object;
  loadStateDict(state: object): void;
}

/** What takes part in a run, under names of your choice; generators too, if the run has any of its own. */
export type TrainingParts = Record<string, Stateful | Generator>;

/** Numbers, texts, tensors, and lists and records of them. */
export type Plain = number | string | boolean | null | Tensor | Plain[] | { [name: string]: Plain };

interface Saved {
  parts: Record<string, object>;
  random: Generator['state'];
  progress: Record<string, Plain>;
}

const STATE = 'training state'; // its name among the metadata

/**
 * Saves the parts, the place of the common random generator, and `progress`: the epoch, the best loss so far, whatever
 * else the run has to remember. Wait for it before the next step.
 */
export async function saveTrainingState(
  path: string,
  parts: TrainingParts,
  progress: Record<string, Plain> = {},
): Promise<void> {
  const tensors: Record<string, Tensor> = {};
  const states = Object.entries(parts).map(([name, part]) => [name, encode(stateOf(part), name, tensors)]);
  const state = {
    parts: Object.fromEntries(states),
    random: defaultGenerator.state,
    progress: encode(progress, 'progress', tensors),
  };
  await saveSafetensors(path, tensors, { [STATE]: JSON.stringify(state) });
}

const stateOf = (part: Stateful | Generator): object => (part instanceof Generator ? part.state : part.stateDict());

/** Gives the parts, built as they were for the run that was saved, their states back. Returns its `progress`. */
export async function loadTrainingState(path: string, parts: TrainingParts): Promise<Record<string, Plain>> {
  const { tensors, metadata } = await loadSafetensors(path);
  const json = metadata[STATE];
  if (json === undefined) throw new Error(`${path} holds no training state; loadSafetensors() reads its tensors`);
  const saved = parseState(path, json, tensors);
  checkParts(path, saved.parts, parts);
  for (const [name, part] of Object.entries(parts)) {
    if (part instanceof Generator) part.state = saved.parts[name] as Generator['state'];
    else part.loadStateDict(saved.parts[name]);
  }
  defaultGenerator.state = saved.random;
  return saved.progress;
}

function parseState(path: string, json: string, tensors: Record<string, Tensor>): Saved {
  const unreadable = damaged(path, 'its training state cannot be read');
  let state: unknown;
  try {
    state = decode(JSON.parse(json), tensors);
  } catch {
    throw unreadable;
  }
  if (isRecord(state) && [state.parts, state.random, state.progress].every(isRecord)) return state as unknown as Saved;
  throw unreadable;
}

function checkParts(path: string, saved: object, given: object): void {
  const absent = Object.keys(given).filter((name) => !(name in saved));
  const surplus = Object.keys(saved).filter((name) => !(name in given));
  const complaints = [
    ...absent.map((name) => `${quote(name)} was not saved`),
    ...surplus.map((name) => `${quote(name)} was saved, but is not given`),
  ];
  if (complaints.length > 0) throw new Error(`${path}: ${complaints.join('; ')}`);
}

/* --------------------------------------------------------------------------- records as JSON and tensors */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/**
 * A value as JSON has it. A tensor goes into `tensors`, named after its place, and leaves { $tensor: name } behind; a
 * number that JSON does not know becomes { $number: text }.
 */
function encode(value: unknown, place: string, tensors: Record<string, Tensor>): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return encodeNumber(value);
  if (value instanceof Tensor) {
    if (place in tensors) throw new Error(`saveTrainingState: there are two tensors called ${quote(place)}`);
    tensors[place] = value;
    return { $tensor: place };
  }
  const inside = (name: string, child: unknown) => encode(child, `${place}.${name}`, tensors);
  if (Array.isArray(value)) return value.map((child, i) => inside(String(i), child));
  if (!isRecord(value)) {
    const kind = typeof value === 'object' ? value.constructor.name : typeof value;
    throw new Error(
      `saveTrainingState: ${quote(place)} is of type ${kind}; only numbers, texts and tensors can be saved`,
    );
  }
  const reserved = Object.keys(value).find((name) => name.startsWith('$'));
  if (reserved)
    throw new Error(`saveTrainingState: ${quote(`${place}.${reserved}`)} begins with a $; take another name`);
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, inside(name, child)]));
}

function encodeNumber(x: number): unknown {
  if (Object.is(x, -0)) return { $number: '-0' };
  return Number.isFinite(x) ? x : { $number: String(x) };
}

function decode(value: unknown, tensors: Record<string, Tensor>): Plain {
  if (Array.isArray(value)) return value.map((child) => decode(child, tensors));
  if (!isRecord(value)) return value as Plain;
  const { $number, $tensor } = value;
  if (typeof $number === 'string') return Number($number);
  if (typeof $tensor === 'string') {
    if (!Object.hasOwn(tensors, $tensor)) throw new Error(`the tensor ${quote($tensor)} is missing`);
    return tensors[$tensor];
  }
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, decode(child, tensors)]));
}
