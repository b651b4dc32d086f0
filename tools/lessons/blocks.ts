/**
 * The quoted blocks of a lesson: `<!-- output: neuron.ts --rate 0.5 #forward -->` or `<!-- code: neuron.ts #step
 * -->`, each followed by a fenced block that shows what the script prints, or what the file says.
 */
export interface Block {
  kind: 'output' | 'code';
  /** Relative to the lesson. */
  file: string;
  args: string[];
  region: string | undefined;
  /** What stands behind the opening fence: console, text, ts. */
  language: string;
  /** The lines between the fences: from `start`, up to `end`, counted from 0. */
  start: number;
  end: number;
  shown: string;
}

/** `name` is the lesson's file, for the messages. */
export function findBlocks(lesson: string, name = 'lesson'): Block[] {
  const lines = lesson.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const mark = /^<!-- (output|code): (.+) -->$/.exec(lines[index]);
    const fence = /^(`{3,})/.exec(lines[index + (mark ? 1 : 0)] ?? '');
    if (mark && !/^`{3,}\w/.test(lines[index + 1] ?? ''))
      throw new Error(
        `${name}:${index + 1}: a fence that names its language (\`\`\`text) must follow "${lines[index]}"`,
      );
    if (!fence) continue;
    const start = index + (mark ? 2 : 1);
    const end = lines.indexOf(fence[1], start);
    if (end < 0) throw new Error(`${name}:${start}: this fence is never closed`);
    if (mark) blocks.push(readBlock(mark[1] as Block['kind'], mark[2], lines, start, end));
    index = end; // what stands inside a fence is no mark
  }
  return blocks;
}

function readBlock(kind: Block['kind'], source: string, lines: string[], start: number, end: number): Block {
  const words = (source.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const region = words.at(-1)?.startsWith('#') ? words.pop()?.slice(1) : undefined;
  const [file, ...args] = words;
  const language = lines[start - 1].replaceAll('`', '');
  return { kind, file, args, region, language, start, end, shown: lines.slice(start, end).join('\n') };
}

/** The lesson with other text in some of its blocks. */
export function replaceBlocks(lesson: string, changes: { block: Block; text: string }[]): string {
  const lines = lesson.split('\n');
  for (const { block, text } of [...changes].sort((a, b) => b.block.start - a.block.start)) {
    lines.splice(block.start, block.end - block.start, ...text.split('\n'));
  }
  return lines.join('\n');
}
