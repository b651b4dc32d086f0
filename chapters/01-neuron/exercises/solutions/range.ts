export interface Neuron {
  weights: number[];
  bias: number;
}

export function teaNeurons(): { hidden: [Neuron, Neuron]; output: Neuron } {
  const warm = { weights: [1], bias: -50 };
  const cool = { weights: [-1], bias: 60 };
  const both = { weights: [1, 1], bias: -1.5 };
  return { hidden: [warm, cool], output: both };
}
