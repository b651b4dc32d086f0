/**
 * The layers of reference.py as this library makes them, and how they are called. The tests run over this list.
 */
import { nn, type Tensor, tensor } from '../../core';

export interface LayerCase {
  make: () => nn.Module;
  /** The outputs, for those that are not forward(…inputs). */
  call?: (layer: never, inputs: Tensor[]) => unknown;
}

/** The first sequence has three steps, the second two and padding. */
const padding = tensor([
  [1, 1, 1],
  [1, 1, 0],
]).to('int32');

/** PyTorch gives 0 at the steps of padding, this library the state carried over them. */
const atSteps = (output: Tensor): Tensor => output.mul(padding.unsqueeze(2).to('float64'));

const block = { dimFeedforward: 5, dropout: 0 };

export const layers: Record<string, LayerCase> = {
  Linear: { make: () => new nn.Linear(3, 4) },
  'Linear without bias': { make: () => new nn.Linear(3, 4, { bias: false }) },
  Conv1d: { make: () => new nn.Conv1d(2, 3, 3, { stride: 2, padding: 1 }) },
  Conv2d: { make: () => new nn.Conv2d(2, 4, [3, 2], { padding: [1, 0], groups: 2 }) },
  'Conv2d without bias': { make: () => new nn.Conv2d(2, 2, 2, { dilation: 2, bias: false }) },
  ConvTranspose1d: { make: () => new nn.ConvTranspose1d(2, 3, 3, { stride: 2, padding: 1, outputPadding: 1 }) },
  ConvTranspose2d: { make: () => new nn.ConvTranspose2d(2, 2, 3, { stride: 2, padding: 1, groups: 2 }) },
  MaxPool1d: { make: () => new nn.MaxPool1d(2) },
  MaxPool2d: { make: () => new nn.MaxPool2d(3, { stride: 2, padding: 1 }) },
  AvgPool1d: { make: () => new nn.AvgPool1d(3, { stride: 1 }) },
  AvgPool2d: { make: () => new nn.AvgPool2d(2) },
  AdaptiveAvgPool1d: { make: () => new nn.AdaptiveAvgPool1d(3) },
  AdaptiveAvgPool2d: { make: () => new nn.AdaptiveAvgPool2d([2, 3]) },
  Flatten: { make: () => new nn.Flatten() },
  LayerNorm: { make: () => new nn.LayerNorm(4, { eps: 1e-3 }) },
  'LayerNorm over two axes, nothing learned': { make: () => new nn.LayerNorm([2, 3], { affine: false }) },
  GroupNorm: { make: () => new nn.GroupNorm(2, 4) },
  BatchNorm1d: { make: () => new nn.BatchNorm1d(3) },
  'BatchNorm1d of sequences': { make: () => new nn.BatchNorm1d(3, { momentum: 0.3, eps: 1e-3 }) },
  BatchNorm2d: { make: () => new nn.BatchNorm2d(2) },
  'BatchNorm2d, nothing learned': { make: () => new nn.BatchNorm2d(2, { affine: false }) },
  'BatchNorm2d after eval': { make: () => new nn.BatchNorm2d(2).eval() },
  ReLU: { make: () => new nn.ReLU() },
  ReLU6: { make: () => new nn.ReLU6() },
  LeakyReLU: { make: () => new nn.LeakyReLU(0.1) },
  PReLU: { make: () => new nn.PReLU() },
  'PReLU for each channel': { make: () => new nn.PReLU(3) },
  ELU: { make: () => new nn.ELU(0.7) },
  GELU: { make: () => new nn.GELU() },
  'GELU by tanh': { make: () => new nn.GELU({ approximate: 'tanh' }) },
  SiLU: { make: () => new nn.SiLU() },
  Softplus: { make: () => new nn.Softplus() },
  Sigmoid: { make: () => new nn.Sigmoid() },
  Tanh: { make: () => new nn.Tanh() },
  Softmax: { make: () => new nn.Softmax(1) },
  LogSoftmax: { make: () => new nn.LogSoftmax() },
  Sequential: {
    make: () => new nn.Sequential(new nn.Linear(3, 4), new nn.Tanh(), new nn.Sequential(new nn.Linear(4, 2))),
  },
  RNN: { make: () => new nn.RNN(4, 3) },
  'RNN with ReLU, time first, no bias': {
    make: () => new nn.RNN(4, 3, { nonlinearity: 'relu', bias: false, batchFirst: false }),
  },
  'RNN, two storeys both ways': { make: () => new nn.RNN(4, 3, { numLayers: 2, bidirectional: true }) },
  LSTM: { make: () => new nn.LSTM(4, 3) },
  'LSTM, two storeys': {
    make: () => new nn.LSTM(4, 3, { numLayers: 2 }),
    call: (lstm: nn.LSTM, [x, h, c]) => lstm.forward(x, [h, c]),
  },
  'LSTM, two storeys both ways': { make: () => new nn.LSTM(4, 3, { numLayers: 2, bidirectional: true }) },
  'LSTM both ways with padding': {
    make: () => new nn.LSTM(4, 3, { bidirectional: true }),
    call: (lstm: nn.LSTM, [x]) => {
      const [output, state] = lstm.forward(x, null, { mask: padding });
      return [atSteps(output), state];
    },
  },
  GRU: { make: () => new nn.GRU(4, 3) },
  'GRU, two storeys both ways': { make: () => new nn.GRU(4, 3, { numLayers: 2, bidirectional: true }) },
  'GRU with padding': {
    make: () => new nn.GRU(4, 3, { numLayers: 2 }),
    call: (gru: nn.GRU, [x]) => {
      const [output, state] = gru.forward(x, null, { mask: padding });
      return [atSteps(output), state];
    },
  },
  MultiheadAttention: { make: () => new nn.MultiheadAttention(4, 2) },
  'MultiheadAttention with padding': {
    make: () => new nn.MultiheadAttention(4, 2),
    call: (attention: nn.MultiheadAttention, [x]) => {
      const mask = tensor([
        [1, 1, 0],
        [1, 1, 1],
      ]).to('int32');
      return attention.forward(x, x, x, { mask: mask.unsqueeze(1), needWeights: true });
    },
  },
  'MultiheadAttention, causal': {
    make: () => new nn.MultiheadAttention(4, 1),
    call: (attention: nn.MultiheadAttention, [x]) => attention.forward(x, x, x, { causal: true }),
  },
  'MultiheadAttention across, no bias': { make: () => new nn.MultiheadAttention(4, 2, { bias: false }) },
  'MultiheadAttention of three': {
    make: () => new nn.MultiheadAttention(4, 2),
    call: (attention: nn.MultiheadAttention, [q, k, v]) => attention.forward(q, k, v, { needWeights: true }),
  },
  TransformerEncoderLayer: { make: () => new nn.TransformerEncoderLayer(4, 2, block) },
  'TransformerEncoderLayer, norm first': {
    make: () =>
      new nn.TransformerEncoderLayer(4, 2, { ...block, activation: 'gelu', normFirst: true, layerNormEps: 1e-3 }),
    call: (layer: nn.TransformerEncoderLayer, [x]) => layer.forward(x, { causal: true }),
  },
  TransformerDecoderLayer: {
    make: () => new nn.TransformerDecoderLayer(4, 2, block),
    call: (layer: nn.TransformerDecoderLayer, [x, memory]) => layer.forward(x, memory, { causal: true }),
  },
  'TransformerDecoderLayer, norm first': {
    make: () => new nn.TransformerDecoderLayer(4, 1, { ...block, normFirst: true }),
  },
  TransformerEncoder: {
    make: () => new nn.TransformerEncoder(() => new nn.TransformerEncoderLayer(4, 2, block), 2, new nn.LayerNorm(4)),
  },
  TransformerDecoder: {
    make: () => new nn.TransformerDecoder(() => new nn.TransformerDecoderLayer(4, 2, block), 2),
  },
};
