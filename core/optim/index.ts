/** Optimisers and schedules. */
export { Adagrad, type AdagradSettings } from './adagrad';
export { Adam, type AdamSettings, AdamW } from './adam';
export { clipGradNorm, clipGradValue } from './clip';
export { Optimizer, type OptimizerState, type ParameterGroup, type ParameterState } from './optimizer';
export { type PlateauOptions, ReduceLROnPlateau } from './plateau';
export { RMSprop } from './rmsprop';
export { type Rated, type Schedule, TimedSchedule } from './schedule';
export { SGD, type SGDSettings } from './sgd';
export * from './timed';
