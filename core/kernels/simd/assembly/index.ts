/**
 * The fast kernels, in AssemblyScript: TypeScript's syntax with WebAssembly's types. An address is a `usize`, a vector
 * of four numbers a `v128`. Read lanes.ts, threads.ts and gemm.ts first. Everything exported here can be called from
 * the files of the same names one folder up.
 */
export { serve, start } from './threads';
export { matmul } from './matmul';
export { recurrent, recurrentGradient } from './recurrent';
export { addAxis, startWalk } from './rows';
export { fill, stridedUnary, unary, unaryGradient } from './map';
export { binary, stridedBinary, where } from './zip';
export { copy } from './copy';
export { argReduce, cumsum, reduce } from './reduce';
export { random } from './random';
export { addTensor, startUpdate, update } from './optimizers';
export { attention, startAttention } from './attention';
export { attentionGradient } from './attention-gradient';
export { batchNorm, batchNormGradient, channelStatistics } from './channels';
export { gather, indexAdd, indexSelect, scatterAdd } from './indexing';
export { rowNorm, rowNormGradient } from './normalisation';
export {
  crossEntropy, crossEntropyGradient, logSoftmax, logSoftmaxGradient, softmax, softmaxGradient,
} from './softmax';
export { convolve, correlate, spread } from './convolution';
export { depthwise, depthwiseCorrelate, depthwiseSpread } from './depthwise';
export { avgPool, avgPoolGradient, maxPool, maxPoolGradient } from './pooling';
export { slide } from './sliding';
