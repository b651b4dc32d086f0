/** Prints a digest of the bits that each case leaves: run by threads.test.ts with several numbers of threads. */
import { createHash } from 'node:crypto';
import { cpu } from '../../core/kernels/cpu';
import type { Kernels } from '../../core/kernels/kernels';
import { simd } from '../../core/kernels/simd';
import { cases } from './cases';

const WARM_UP = 100; // ms: the first launch for several threads starts them, and they need some time

async function main(): Promise<void> {
  const fast = { ...cpu, ...simd } as Kernels;
  for (const { kernel, run } of cases) if (kernel === 'matmul') run(fast);
  await new Promise((resolve) => setTimeout(resolve, WARM_UP));
  const digests = cases.map(({ name, run }) => {
    const hash = createHash('sha256');
    for (const t of run(fast)) hash.update(new Uint8Array(t.dataSync().slice().buffer));
    return [name, hash.digest('hex')];
  });
  console.log(JSON.stringify(digests));
}

void main();
