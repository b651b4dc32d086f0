/** A program with a GPU at work, that ends in the way it is told: run by programs.test.ts. */
import { randn, useDevice, zeros } from '../../core';
import { device } from '../../gpu/device';

async function main(way: string): Promise<void> {
  await useDevice('gpu');
  const x = randn([64, 64]);
  const product = x.matmul(x);
  await product.data();
  if (way === 'lost') device().destroy();
  if (way === 'too much') await zeros([3, 2 ** 30]).data();
  const unfinished = product.matmul(x).data();
  console.log('NOW');
  if (way === 'throws') throw new Error('an error of the program');
  if (way === 'exits') process.exit(3);
  if (way === 'waits') await new Promise(() => setInterval(() => {}, 1000)); // for Ctrl-C
  await unfinished;
}

main(process.argv[2]).catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
