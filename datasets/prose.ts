/**
 * Prose for a model of characters: little tales from a grammar, with structure on every scale, from the letters of a
 * word over quotation marks that close and pronouns that fit the person to the thing in the title, which the tale is
 * about. A real text takes its place where there is one.
 */
import type { Generator } from '../core';
import { damaged, readText } from '../core/io/files';
import { Dice } from './dice';
import { checkCount, findReal } from './labelled';
import { tale } from './prose-tales';

/** `length` characters of tales, the last one cut off. */
export function prose(length: number, { generator }: { generator?: Generator } = {}): string {
  checkCount('prose', length);
  const dice = new Dice(generator);
  let text = '';
  while (text.length < length) text += tale(dice);
  return text.slice(0, length);
}

export interface ProseOptions {
  /** A text file in UTF-8, plain or packed by gzip: as given, or below DATASETS_DIR. */
  path?: string;
  /** At most so many characters, from the first on. */
  length?: number;
  generator?: Generator;
}

/** The file at `path`; else Shakespeare where DATASETS_DIR has text/tinyshakespeare.txt; else generated tales. */
export async function proseOrFile({ path, length, generator }: ProseOptions = {}): Promise<{
  text: string;
  source: string;
}> {
  if (length !== undefined) checkCount('proseOrFile: length', length);
  const file = path === undefined ? findReal('text/tinyshakespeare.txt') : (findReal(path) ?? path);
  if (file === null) {
    const text = prose(length ?? 200_000, { generator });
    return {
      text,
      source: `${text.length} characters of generated tales (DATASETS_DIR has no text/tinyshakespeare.txt)`,
    };
  }
  const characters = [...(await readText(file))].slice(0, length);
  if (characters.length === 0) throw damaged(file, 'it is empty');
  return {
    text: characters.join(''),
    source: `${characters.length} characters of ${path ?? 'text/tinyshakespeare.txt'}`,
  };
}
