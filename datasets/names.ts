/**
 * Names: real first names where DATASETS_DIR has text/names.txt, one a line; elsewhere names made of syllables in
 * several styles, so that there is something to learn: which letters follow which, and which ends go with which
 * beginnings.
 */
import type { Generator } from '../core';
import { damaged, readText } from '../core/io/files';
import { Dice } from './dice';
import { checkCount, findReal } from './labelled';

/** The syllables of names: a start, at most so many middles, an end. */
interface Style {
  starts: string[];
  middles: string[];
  ends: string[];
  most: number;
}

const split = (text: string): string[] => text.split(' ');

/** Not the names of these places, but their sounds. */
const styles: Style[] = [
  {
    // as among the Saxons
    starts: split('ro al ed wil god her leof os sig thor ead ber ger frid gun hil'),
    middles: split('de ri mun ba'),
    ends: split('ward ric bert win mund hild gard run helm wulf frid'),
    most: 1,
  },
  {
    // in Rome
    starts: split('ju lu ma cla fla va cor au ser li ti pe do se oc an'),
    middles: split('li re ri ti ci vi ne le si di'),
    ends: split('us ius ia a ina anus illa io ilia ana'),
    most: 2,
  },
  {
    // in Japan
    starts: split('ka mi ha yu sa na ki aki ri to ma hi emi shi ta ko'),
    middles: split('ri ku ma no ka yo sa shi mi ru'),
    ends: split('ko ki ro mi to ka na ru e o shi'),
    most: 1,
  },
  {
    // in Wales and Ireland
    starts: split('aed bran cad dyl eir fion gwen llew mor niam owen rhi sio tad cael bron'),
    middles: split('a o i ri la'),
    ends: split('wyn an en ys in wen edd on ach nell'),
    most: 1,
  },
  {
    // in France
    starts: split('a e le mi so be cle da no el ja ri ge la vi'),
    middles: split('li la na ri mi ne lo ra'),
    ends: split('ne lle tte ra na n l sa nor son phie line lia'),
    most: 2,
  },
];

/** `count` names in lower case; as in life some come more than once. */
export function names(count: number, { generator }: { generator?: Generator } = {}): string[] {
  checkCount('names', count);
  const dice = new Dice(generator);
  return Array.from({ length: count }, () => name(dice));
}

function name(dice: Dice): string {
  const { starts, middles, ends, most } = dice.pick(styles);
  const between = Array.from({ length: dice.between(0, most) }, () => dice.pick(middles));
  const letters = [dice.pick(starts), ...between, dice.pick(ends)].join('');
  return letters.replace(/([aeiou])\1/g, '$1'); // no vowel twice in a row
}

/** The real names, from the first on, all of them unless `count` is given; or as many generated ones, or 5,000. */
export async function namesOrGenerated({
  count,
  generator,
}: {
  count?: number;
  generator?: Generator;
} = {}): Promise<{ names: string[]; source: string }> {
  if (count !== undefined) checkCount('namesOrGenerated', count);
  const path = findReal('text/names.txt');
  if (!path) {
    const made = names(count ?? 5000, { generator });
    return { names: made, source: `${made.length} generated names (DATASETS_DIR has no text/names.txt)` };
  }
  const found = await readNames(path);
  if (count !== undefined && count > found.length)
    throw new Error(`namesOrGenerated: ${path} has ${found.length} names, fewer than the ${count} asked for`);
  const taken = found.slice(0, count);
  return { names: taken, source: `${taken.length} first names from text/names.txt` };
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M}' -]{0,39}$/u;

async function readNames(path: string): Promise<string[]> {
  const lines = (await readText(path)).split(/\r?\n/).map((line) => line.trim().toLowerCase());
  const wrong = lines.findIndex((line) => line !== '' && !NAME.test(line));
  if (wrong >= 0) throw damaged(path, `line ${wrong + 1} is no name: ${JSON.stringify(lines[wrong].slice(0, 40))}`);
  const found = lines.filter((line) => line !== '');
  if (found.length === 0) throw damaged(path, 'it holds no names');
  return found;
}
