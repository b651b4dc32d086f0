/**
 * One lesson against the truth: runs the scripts and reads the files it quotes, and finds the blocks that show
 * something else.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Run, runScript } from '../run';
import { type Block, findBlocks } from './blocks';
import { difference, sameText } from './compare';
import { codeRegion, hasQuickSettings, outputRegion } from './sources';

export interface Lesson {
  file: string;
  text: string;
  blocks: number;
  stale: { block: Block; text: string }[];
  /** Blocks whose script or region could not be had, one line each. */
  errors: string[];
}

/** With `run: false` nothing is run, and only the code that is quoted can be stale. */
export async function readLesson(file: string, { run = true } = {}): Promise<Lesson> {
  const text = readFileSync(file, 'utf8');
  const folder = dirname(file);
  const runs = new Map<string, Promise<Run>>();
  const blocks = findBlocks(text, file).filter(({ kind }) => run || kind === 'code');
  const lesson: Lesson = { file, text, blocks: blocks.length, stale: [], errors: [] };
  await Promise.all(
    blocks.map(async (block) => {
      try {
        const now = block.kind === 'code' ? quoteCode(block, folder) : await quoteOutput(block, folder, runs);
        if (!sameText(block.shown, now)) lesson.stale.push({ block, text: now });
      } catch (error) {
        lesson.errors.push(`${file}:${block.start}: ${block.file}: ${(error as Error).message}`);
      }
    }),
  );
  lesson.stale.sort((a, b) => a.block.start - b.block.start);
  return lesson;
}

const quoteCode = ({ file, region }: Block, folder: string): string =>
  codeRegion(readFileSync(join(folder, file), 'utf8'), region);

/** Runs each distinct command of the lesson once. */
async function quoteOutput(block: Block, folder: string, runs: Map<string, Promise<Run>>): Promise<string> {
  const script = join(folder, block.file);
  const command = [script, ...block.args].join(' ');
  if (!runs.has(command)) runs.set(command, runQuickly(script, block.args));
  const { code, stdout, stderr } = await runs.get(command)!;
  if (code !== 0) throw new Error(`"npx ts-node ${command}" ended with code ${code}: ${stderr.trim()}`);
  const text = outputRegion(stdout, block.region);
  if (block.language !== 'console') return text;
  const quick = hasQuickSettings(stdout) && !block.args.includes('--quick') ? ' --quick' : '';
  return `$ npx ts-node ${command}${quick}\n${text}`;
}

/** As short as the script can, with kernels that make the same bits everywhere, and with the figures put aside. */
async function runQuickly(script: string, args: string[]): Promise<Run> {
  const figures = mkdtempSync(join(tmpdir(), 'lesson-'));
  try {
    const env = { LESSON_REGIONS: '1', KERNELS: 'portable', THREADS: '1', DATASETS_DIR: '', NO_COLOR: '1' };
    return await runScript(script, [...args, '--quick', '--out', figures], { env });
  } finally {
    rmSync(figures, { recursive: true });
  }
}

/** What is wrong with the lesson and how to mend it; empty when nothing is. */
export function complaint({ file, stale, errors }: Lesson): string {
  const shown = stale.map(({ block, text }) => {
    const source = [block.file, ...block.args, ...(block.region ? [`#${block.region}`] : [])].join(' ');
    return `${file}:${block.start}: ${source} says something else now:\n${difference(block.shown, text)}`;
  });
  if (stale.length > 0) shown.push(`Mend it with: npm run lessons ${dirname(file)}`);
  return [...errors, ...shown].join('\n');
}
