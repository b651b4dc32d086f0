import type { Tensor } from '../../../../core';

type Tensors = Record<string, Tensor>;

const fits = (saved: Tensor | undefined, own: Tensor): boolean => saved?.shape.join() === own.shape.join();

export function transplant(saved: Tensors, own: Tensors): { values: Tensors; kept: string[] } {
  const names = Object.keys(own);
  const kept = names.filter((name) => !fits(saved[name], own[name]));
  const values = names.map((name) => [name, (kept.includes(name) ? own : saved)[name]]);
  return { values: Object.fromEntries(values), kept };
}
