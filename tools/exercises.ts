/**
 * `npm run exercises`: all exercises and their state; `npm run exercises 03`: what is wrong with those of chapter 03;
 * `npm run exercises 03 hint tanh`: the next hint.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { examine, findExercises, loadExercise, type Place, type Report } from './exercises/find';

const load = (file: string): unknown => require(file);

/** How many hints were given of each exercise. Losing this file only means hearing the first hint again. */
const MEMORY = 'node_modules/.cache/hints.json';

async function main([chapter, word, name]: string[]): Promise<void> {
  const places = findExercises().filter((place) => chapter === undefined || place.chapter.startsWith(chapter));
  if (places.length === 0) throw new Error(`no exercises in a chapter "${chapter}"; npm run exercises lists them all`);
  if (word === undefined) return list(places, chapter !== undefined);
  const place = places.find((candidate) => candidate.name === name);
  if (word !== 'hint' || place === undefined) {
    const names = places.map((candidate) => candidate.name).join(', ');
    throw new Error(`say: npm run exercises ${chapter} hint NAME, with NAME one of ${names}`);
  }
  await giveHint(place);
}

async function list(places: Place[], explain: boolean): Promise<void> {
  const width = Math.max(...places.map(({ name }) => name.length));
  const reports: Report[] = [];
  for (const place of places) {
    const report = await examine(place, load);
    if (place.chapter !== reports.at(-1)?.chapter) console.log(`\n${place.chapter}`);
    console.log(`  ${report.state.padEnd(5)}  ${place.name.padEnd(width)}  ${report.title}`);
    if (explain && report.why) console.log(`         ${report.why}\n         ${place.folder}/${place.name}.ts`);
    reports.push(report);
  }
  const next = reports.find(({ state }) => state !== 'done');
  console.log(`\n${reports.filter(({ state }) => state === 'done').length} of ${reports.length} done.`);
  if (next) console.log(`A hint for the next: npm run exercises ${next.chapter.slice(0, 2)} hint ${next.name}`);
}

async function giveHint(place: Place): Promise<void> {
  const { hints } = await loadExercise(place, load);
  const key = `${place.chapter}/${place.name}`;
  const given = readMemory();
  const next = given[key] ?? 0;
  if (next >= hints.length) {
    console.log(`That was the last hint. One good answer: ${place.folder}/solutions/${place.name}.ts`);
    return;
  }
  console.log(`hint ${next + 1} of ${hints.length}: ${hints[next]}`);
  mkdirSync(dirname(MEMORY), { recursive: true });
  writeFileSync(MEMORY, JSON.stringify({ ...given, [key]: next + 1 }));
}

function readMemory(): Record<string, number> {
  try {
    return JSON.parse(readFileSync(MEMORY, 'utf8'));
  } catch {
    return {}; // no hint was given yet
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
