/**
 * Proves an exercise sound: its checks refuse an answer of nothing but `notYet`, accept the solution, and refuse
 * every wrong answer its author thought of. The reader's own file may be in any state.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { judge, notYet } from '../../chapters/shared/exercise';
import { type Answer, examine, type Load, loadExercise, type Place } from './find';

const MUTANTS = 2;

/** What is unsound, one line each; empty when nothing is. */
export async function prove(place: Place, load: Load): Promise<string[]> {
  const exercise = await loadExercise(place, load);
  const solution = (await load(resolve(place.folder, 'solutions', `${place.name}.ts`))) as Answer;
  const mutants = Object.entries(
    (await load(resolve(place.folder, 'wrong', `${place.name}.ts`))) as Record<string, Answer>,
  );
  const complaints: string[] = [];

  for (const { check, state } of await judge(exercise, untouched(solution))) {
    if (state !== 'open') complaints.push(`"${check}" does not notice that nothing is written yet`);
  }
  for (const { check, state, error } of await judge(exercise, solution)) {
    if (state !== 'passed') complaints.push(`the solution fails "${check}": ${error?.message}`);
  }
  for (const [name, mutant] of mutants) {
    const verdicts = await judge(exercise, mutant);
    if (!verdicts.some(({ state }) => state === 'failed')) complaints.push(`the wrong answer "${name}" is accepted`);
  }
  if (mutants.length < MUTANTS) complaints.push(`wrong/${place.name}.ts has fewer than ${MUTANTS} wrong answers`);
  if (exercise.hints.length === 0) complaints.push('there is no hint');
  if (await seemsDone(place, load)) complaints.push('the file still says notYet, and is judged done');
  return complaints;
}

/** The answer before anything is written: each function only says so. */
const untouched = (solution: Answer): Answer =>
  Object.fromEntries(
    Object.entries(solution).map(([name, value]) => [name, typeof value === 'function' ? () => notYet(name) : value]),
  );

async function seemsDone(place: Place, load: Load): Promise<boolean> {
  const text = readFileSync(resolve(place.folder, `${place.name}.ts`), 'utf8');
  return text.includes('notYet(') && (await examine(place, load)).state === 'done';
}
