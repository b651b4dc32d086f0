/**
 * Which cases of test/kernels are tried on a GPU, and those that it has beyond them.
 */
import { randn } from '../../core';
import { blank, type Case, oneCase } from '../kernels/case';
import { cases as all } from '../kernels/cases';

/** What shaders need not agree on (see gpu/README.md), and what takes a software renderer too long. */
const LEFT_OUT = /NaN|odd numbers|^log|^pow|129×65|258×517|9×40×9×11|1×20×60×64|254×1×1|18×1100/;

/** A software renderer takes its time, so not every case is tried, but some of every kernel. */
const STRIDE = 10;
const ordinary = all.filter(({ name }) => !LEFT_OUT.test(name));
const ofItsKernel = (each: Case): Case[] => ordinary.filter(({ kernel }) => kernel === each.kernel);
const chosen = ordinary.filter((each) => ofItsKernel(each).indexOf(each) % STRIDE === 0);

const sorts: Case[] = [false, true].map((descending) =>
  oneCase(`19 of 37, ${descending ? 'descending' : 'ascending'}`, 'sort', (kernels) => {
    const [y, index] = [blank([19, 37]), blank([19, 37], 'int32')];
    kernels.sort(randn([19, 37]).mul(3).round(), y, index, descending);
    return [y, index];
  }),
);

/** More numbers than a shader sums up in one go. */
const longSum = oneCase('a sum in chunks', 'reduce', (kernels) => {
  const y = blank([3]);
  kernels.reduce('sum', randn([3, 9001]), y, 1);
  return [y];
});

export const cases: Case[] = [...chosen, ...sorts, longSum];

/** With a thread a workgroup, more workgroups than fit along one axis of a grid. */
const MANY = 65_539;

export const wideCases: Case[] = [
  oneCase('an element a workgroup', 'fill', (kernels) => {
    const y = blank([MANY]);
    kernels.fill(y, 0.7);
    return [y];
  }),
  oneCase('a row a workgroup', 'softmax', (kernels) => {
    const y = blank([MANY, 2]);
    kernels.softmax(randn([MANY, 2]), y);
    return [y];
  }),
  oneCase('a sum a workgroup', 'cumsum', (kernels) => {
    const y = blank([MANY, 2]);
    kernels.cumsum(randn([MANY, 2]), y);
    return [y];
  }),
  oneCase('a tile a workgroup', 'matmul', (kernels) => {
    const y = blank([MANY, 1, 2]);
    kernels.matmul(randn([MANY, 1, 1]), randn([MANY, 1, 2]), null, y, false, false);
    return [y];
  }),
];
