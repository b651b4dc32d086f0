/**
 * `npm run figures [part of a path …]`: runs the chapters' scripts with their default settings and lists the
 * figures they wrote.
 */
import { readFileSync } from 'node:fs';
import { isScript, listFiles } from './files';
import { runScript } from './run';

async function main(names: string[]): Promise<void> {
  const scripts = listFiles('chapters')
    .filter((file) => isScript(file, readFileSync(file, 'utf8')))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  if (scripts.length === 0) throw new Error(`no script matches "${names.join(' ')}"`);
  await Promise.all(scripts.map(draw));
}

async function draw(script: string): Promise<void> {
  const { code, stdout, stderr } = await runScript(script);
  const figures = /^Figures written:\n((?: {2}.+\n)+)/m.exec(stdout)?.[1] ?? '  no figures\n';
  console.log(code === 0 ? `${script}\n${figures}` : `${script} ended with code ${code}: ${stderr}`);
  if (code !== 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
