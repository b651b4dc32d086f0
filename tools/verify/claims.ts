/**
 * The chapters' claims: finding them, choosing among them, judging them.
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { join } from 'node:path/posix';
import { type Bound, type Claim, median } from '../../chapters/shared/claims';
import { formatNumber } from '../../core/io/format';

export interface Place {
  /** 05-training */
  chapter: string;
  /** chapters/05-training/claims.ts, and which of its claims */
  file: string;
  index: number;
  claim: Claim;
}

export function readClaims(file: string): Claim[] {
  const { claims } = require(resolve(file)) as { claims?: Claim[] };
  if (!Array.isArray(claims)) throw new Error(`${file} exports no list called claims`);
  return claims;
}

export function findClaims(chapters = 'chapters'): Place[] {
  return readdirSync(chapters).flatMap((chapter) => {
    const file = join(chapters, chapter, 'claims.ts');
    if (!/^\d\d-/.test(chapter) || !existsSync(file)) return [];
    return readClaims(file).map((claim, index) => ({ chapter, file, index, claim }));
  });
}

/**
 * Those that the words ask for: two digits, alone or before a dash, mean a chapter, any other word a part of a script's
 * name or of a figure's description. `05 moons blobs`: of chapter 05, moons and blobs.
 */
export function choose(places: readonly Place[], words: readonly string[]): Place[] {
  const isChapter = (word: string) => /^\d\d(-|$)/.test(word);
  const fits = ({ chapter, claim }: Place, word: string) =>
    isChapter(word) ? chapter.startsWith(word) : `${claim.script} ${claim.figure}`.includes(word);
  const unknown = words.find((word) => !places.some((place) => fits(place, word)));
  if (unknown !== undefined) {
    const known = [...new Set(places.map(({ chapter, claim }) => `${chapter.slice(0, 2)} ${claim.script}`))];
    throw new Error(`no claim matches "${unknown}"; there are claims of ${known.join(', ') || 'no chapter'}`);
  }
  const groups = [words.filter(isChapter), words.filter((word) => !isChapter(word))].filter(({ length }) => length > 0);
  const chosen = places.filter((place) => groups.every((group) => group.some((word) => fits(place, word))));
  if (chosen.length === 0) throw new Error(`no claim matches "${words.join(' ')}" taken together`);
  return chosen;
}

export { median };

export const seedsOf = ({ seeds = 5 }: Claim): number => seeds;

export function holds(bound: Bound, value: number): boolean {
  if ('atLeast' in bound) return value >= bound.atLeast;
  if ('atMost' in bound) return value <= bound.atMost;
  return value >= bound.between[0] && value <= bound.between[1];
}

export function boundText(bound: Bound): string {
  if ('atLeast' in bound) return `≥ ${formatNumber(bound.atLeast)}`;
  if ('atMost' in bound) return `≤ ${formatNumber(bound.atMost)}`;
  return bound.between.map(formatNumber).join(' to ');
}
