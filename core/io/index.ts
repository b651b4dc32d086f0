/** What touches the disk and the screen: `import { lineChart, saveSafetensors } from '../../core/io'`. Node only. */
export { writeAtomically } from './atomic';
export * from './charts';
export { parseCsv, readCsv } from './csv';
export { type DrawGraphOptions, drawGraph } from './graph';
export { type IdxFile, parseIdx, readIdx } from './idx';
export { type PhotoOptions, readPhoto } from './photo';
export { loadSafetensors, type Safetensors, saveSafetensors } from './safetensors';
export { loadTrainingState, type Plain, type Stateful, saveTrainingState, type TrainingParts } from './state';
export { SummaryWriter } from './tensorboard';
export { type TensorBoardOptions, tensorBoard } from './tensorboard-callback';
export * from './terminal';
