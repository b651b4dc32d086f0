/**
 * `npm test [vitest's arguments]`: types, lint and tests; the last line is `tests: N passed, N failed`. With --all, the
 * programs of chapters 06 to 10 and what their lessons print, too: minutes more.
 */
import { spawn } from 'node:child_process';

interface Count {
  passed: number;
  failed: number;
}

async function main([first, ...rest]: string[]): Promise<void> {
  const args = first === undefined || first === '--all' ? rest : [first, ...rest];
  if (first === '--all') process.env.ALL_TESTS = '1';
  const counts = [...(await Promise.all([checkTypes(), lint()])), await runTests(args)];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`tests: ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Errors in the exercises a reader is working on are told, but are not the repository's failure. */
async function checkTypes(): Promise<Count> {
  const { code, output } = await run('typescript/bin/tsc', ['--pretty', 'false']);
  const inExercise = (line: string) => /^chapters\/[^/]+\/exercises\/[^/.]+\.ts\(/.test(line);
  const errors = output.split('\n').filter((line) => /error TS\d+/.test(line));
  const ok = code === 0 || (errors.length > 0 && errors.every(inExercise));
  if (code !== 0) console.log(output);
  return report('types', ok);
}

async function lint(): Promise<Count> {
  const { code, output } = await run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']);
  if (code !== 0) console.log(output);
  return report('lint', code === 0);
}

function report(name: string, ok: boolean): Count {
  console.log(`${name}: ${ok ? 'passed' : 'failed'}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function runTests(args: string[]): Promise<Count> {
  const { parseCLI, startVitest } = await import('vitest/node');
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const vitest = await startVitest('test', filter, { ...options, watch: false });
  const modules = vitest.state.getTestModules();
  const count: Count = { passed: 0, failed: vitest.state.getUnhandledErrors().length };
  if (modules.length === 0) count.failed++; // a name that no test file has
  for (const module of modules) {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    const failed = states.filter((state) => state === 'failed').length;
    count.passed += states.filter((state) => state === 'passed').length;
    count.failed += module.ok() ? 0 : Math.max(1, failed); // a file that cannot be loaded has no tests
  }
  await vitest.close();
  return count;
}

function run(program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`node_modules/${program}`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ code, output }));
  });
}

void main(process.argv.slice(2));
