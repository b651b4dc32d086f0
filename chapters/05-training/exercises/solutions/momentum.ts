import type { Settings, State } from '../momentum';

export function momentumStep({ w, v }: State, g: number[], { lr, momentum }: Settings): State {
  const velocity = v.map((vi, i) => momentum * vi + g[i]);
  return { w: w.map((wi, i) => wi - lr * velocity[i]), v: velocity };
}

export function nesterovStep({ w, v }: State, g: number[], { lr, momentum }: Settings): State {
  const velocity = v.map((vi, i) => momentum * vi + g[i]);
  return { w: w.map((wi, i) => wi - lr * (g[i] + momentum * velocity[i])), v: velocity };
}
