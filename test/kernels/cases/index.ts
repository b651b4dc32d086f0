/** All cases, family by family. */
import type { Case } from '../case';
import { attentionCases } from './attention';
import { convolutionCases } from './convolution';
import { elementCases } from './elements';
import { indexingCases } from './indexing';
import { matmulCases } from './matmul';
import { normalisationCases } from './normalisation';
import { optimizerCases } from './optimizers';
import { poolingCases } from './pooling';
import { randomCases } from './random';
import { recurrentCases } from './recurrent';
import { reductionCases } from './reductions';
import { softmaxCases } from './softmax';

export const cases: Case[] = [
  ...attentionCases,
  ...convolutionCases,
  ...elementCases,
  ...indexingCases,
  ...matmulCases,
  ...normalisationCases,
  ...optimizerCases,
  ...poolingCases,
  ...randomCases,
  ...recurrentCases,
  ...reductionCases,
  ...softmaxCases,
];
