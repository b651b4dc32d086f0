/**
 * The text of --help, made from what the script declares.
 */
import { flagOf, type Option, type Options } from './options';

interface Described {
  about: string;
  settings?: { full?: Record<string, unknown>; quick?: Record<string, unknown> };
}

export function helpText({ about, settings = {} }: Described, options: Options, file: string): string {
  const rows = Object.entries(options).map(([name, option]) => {
    const notes = [option.help, defaults(name, option, settings)].filter(Boolean).join(' ');
    return [`${flagOf(name)} ${option.placeholder}`, notes];
  });
  const bare = Object.keys(options).find((name) => options[name].bare);
  const words = bare === undefined ? '[flags]' : `[${bare.toUpperCase()}] [flags]`;
  const width = Math.max(...rows.map(([flag]) => flag.length));
  const lines = rows.map(([flag, notes]) => `  ${flag.padEnd(width)}  ${notes}`.trimEnd());
  return [about, '', `npx ts-node ${file} ${words}`, '', ...lines].join('\n');
}

/** "(default 50; --quick 5; --full 200)" */
function defaults(
  name: string,
  option: Option<unknown>,
  { full = {}, quick = {} }: NonNullable<Described['settings']>,
) {
  const values = [
    option.initial !== undefined && option.placeholder !== '' && `default ${option.initial}`,
    name in quick && `--quick ${quick[name]}`,
    name in full && `--full ${full[name]}`,
  ].filter(Boolean);
  return values.length > 0 ? `(${values.join('; ')})` : '';
}
