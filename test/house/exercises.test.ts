/**
 * Every exercise is sound: its checks refuse the untouched file and the wrong answers, and accept the solution.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findExercises, type Load } from '../../tools/exercises/find';
import { prove } from '../../tools/exercises/prove';

const load: Load = (file) => import(file);
const exercises = findExercises();

test.each(exercises)('$chapter: $name', async (place) => {
  expect(await prove(place, load)).toEqual([]);
});

test('every chapter has exercises', () => {
  const chapters = readdirSync('chapters').filter((name) => /^\d\d-/.test(name));
  expect([...new Set(exercises.map(({ chapter }) => chapter))]).toEqual(chapters);
});
