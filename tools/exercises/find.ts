/**
 * The exercises of the chapters, in the order of the lessons, and the state of the reader's answers, computed from
 * the files alone.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { join } from 'node:path/posix';
import { placeIn } from '../../chapters/shared/errors';
import { type Exercise, judge } from '../../chapters/shared/exercise';

export interface Place {
  /** 03-backprop */
  chapter: string;
  /** tanh */
  name: string;
  /** chapters/03-backprop/exercises */
  folder: string;
}

export type State = 'done' | 'open' | 'wrong';

/** `require` under ts-node, `import` under vitest. */
export type Load = (file: string) => unknown | Promise<unknown>;

// Answers to different exercises have different types; here they are only handed on.
export type Answer = Record<string, unknown>;

export function findExercises(chapters = 'chapters'): Place[] {
  return readdirSync(chapters)
    .filter((chapter) => existsSync(join(chapters, chapter, 'exercises')))
    .flatMap((chapter) => {
      const folder = join(chapters, chapter, 'exercises');
      const checks = readdirSync(folder).filter((file) => file.endsWith('.check.ts'));
      const names = checks.map((file) => file.slice(0, -'.check.ts'.length));
      const places = names.map((name) => ({ chapter, name, folder }));
      const lesson = readIfThere(join(chapters, chapter, 'README.md'));
      return places.sort((a, b) => mention(lesson, a) - mention(lesson, b));
    });
}

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Where a lesson names an exercise: lessons list them from easy to hard. Those it does not name come last. */
function mention(lesson: string, { name }: Place): number {
  const place = lesson.indexOf(`](exercises/${name}.ts)`);
  return place < 0 ? lesson.length : place;
}

export async function loadExercise({ folder, name }: Place, load: Load): Promise<Exercise<Answer>> {
  const module = (await load(resolve(folder, `${name}.check.ts`))) as { default: Exercise<Answer> };
  return module.default;
}

export interface Report extends Place {
  title: string;
  state: State;
  /** What is wrong or still to be written, in one line; empty when done. */
  why: string;
}

export async function examine(place: Place, load: Load): Promise<Report> {
  const exercise = await loadExercise(place, load);
  const file = resolve(place.folder, `${place.name}.ts`);
  const report = (state: State, why = ''): Report => ({ ...place, title: exercise.title, state, why });
  try {
    const verdicts = await judge(exercise, (await load(file)) as Answer);
    const failed = verdicts.find(({ state }) => state === 'failed');
    if (failed) return report('wrong', `${failed.check}: ${firstLine(failed.error)}${placeIn(file, failed.error)}`);
    const open = verdicts.find(({ state }) => state === 'open');
    return open ? report('open', firstLine(open.error)) : report('done');
  } catch (error) {
    return report('wrong', `the file cannot be loaded: ${firstLine(error)}`);
  }
}

const firstLine = (error: unknown) => String(error instanceof Error ? error.message : error).split('\n')[0];
