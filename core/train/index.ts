/** What makes training comfortable: loaders, fit, callbacks, metrics. */
export type { Callback, History, Run } from './callback';
export * from './callbacks';
export {
  type PaddingOptions,
  padSequences,
  type SplitOptions,
  type Standardiser,
  standardiser,
  trainTestSplit,
} from './data';
export {
  type Batches,
  type EvaluateOptions,
  type Examples,
  evaluate,
  type Loss,
  type Model,
  type OneOrMore,
  predict,
} from './evaluate';
export { type FitOptions, fit } from './fit';
export { type Batch, DataLoader, type Dataset, type LoaderOptions, TensorDataset } from './loader';
export * from './metrics';
export type { Logs } from './progress';
