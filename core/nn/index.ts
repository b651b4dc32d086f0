/** Layers and models. */
export * from './activations';
export { type AttentionCall, KeyValueCache, MultiheadAttention, type MultiheadAttentionOptions } from './attention';
export * from './containers';
export { Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d } from './convolution';
export { Dropout } from './dropout';
export { Embedding, type EmbeddingOptions } from './embedding';
export { type Applicable, apply, GraphModel, input, model, type Symbolic, SymbolicTensor } from './graph';
export * as init from './init';
export { Linear, type LinearOptions } from './linear';
export { Buffer, type Layer, Module, Parameter } from './module';
export * from './normalisation';
export * from './pooling';
export { LearnedPositions, type PositionOptions, SinusoidalPositions } from './positions';
export { GRU, LSTM, type RecurrentCall, type RecurrentLayerOptions, RNN, type RnnLayerOptions } from './recurrent';
export { Summary, type SummaryRow, summary } from './summary';
export * from './transformer';
