/**
 * `npm run doctor`: what this machine has for the chapters, and for what is missing the command that mends it. Exit
 * code 1 when something that chapters need is broken.
 */
import { type Finding, firstLine, linesOf } from './doctor/finding';
import { examineGpu } from './doctor/gpu';
import {
  examineCore,
  examineData,
  examineKernels,
  examineMemory,
  examineNode,
  examinePictures,
} from './doctor/machine';

const parts: Record<string, () => Finding | Promise<Finding>> = {
  node: examineNode,
  memory: examineMemory,
  core: examineCore,
  kernels: examineKernels,
  pictures: examinePictures,
  data: examineData,
  gpu: examineGpu,
};

async function main(): Promise<void> {
  const states = new Map<string, Finding['state']>();
  for (const [name, examine] of Object.entries(parts)) {
    const finding = await (async () => examine())().catch(asBroken);
    console.log(linesOf(name, finding).join('\n'));
    states.set(name, finding.state);
  }
  const broken = [...states.keys()].filter((name) => states.get(name) === 'broken');
  const device = states.get('gpu') === 'good' ? 'on the CPU, and with --device gpu on the GPU' : 'on the CPU';
  console.log(broken.length > 0 ? `\nbroken: ${broken.join(', ')}` : `\nChapters can run, ${device}.`);
  if (broken.length > 0) process.exitCode = 1;
}

const asBroken = (error: unknown): Finding => ({ state: 'broken', found: [firstLine(error)] });

void main();
