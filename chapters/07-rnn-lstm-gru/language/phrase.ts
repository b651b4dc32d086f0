/**
 * A flag whose value is a text in quotation marks: `--review "Not bad at all."`.
 */
import type { Option } from '../../shared/options';

export const phrase = (initial: string, { help }: { help: string }): Option<string> => ({
  placeholder: 'TEXT',
  initial,
  help,
  expected: 'a text, in quotation marks if it has spaces',
  parse: (text) => text.trim() || undefined,
});
