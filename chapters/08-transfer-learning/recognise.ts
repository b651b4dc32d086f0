/**
 * From a file of weights to the network they belong to: the names of the tensors tell which it is, their shapes how
 * wide, and whether PyTorch has counted its batches says by whose conventions it was trained.
 */
import type { Tensor } from '../../core';
import { loadSafetensors } from '../../core/io';
import { type Conventions, KERAS, type Pretrained, PYTORCH } from './conv-norm';
import { MobileNetV1 } from './mobilenet-v1';
import { MobileNetV2 } from './mobilenet-v2';
import { ResNet18 } from './resnet';

export interface Recognised {
  network: Pretrained;
  conventions: Conventions;
  /** What it is, in a few words. */
  about: string;
  classes: number;
  features: number;
}

type Tensors = Record<string, Tensor>;

const KINDS = [
  {
    first: 'conv1_bn.weight',
    head: 'conv_preds.weight',
    make(tensors: Tensors, classes: number, conventions: Conventions) {
      const width = tensors['conv1_bn.weight'].size / 32;
      return { network: new MobileNetV1({ width, classes, conventions }), kind: `MobileNetV1, width ${width}` };
    },
  },
  {
    first: 'features.0.0.weight',
    head: 'classifier.1.weight',
    make(tensors: Tensors, classes: number, conventions: Conventions) {
      const width = (tensors['features.17.conv.3.weight']?.size ?? 320) / 320;
      return { network: new MobileNetV2({ width, classes, conventions }), kind: `MobileNetV2, width ${width}` };
    },
  },
  {
    first: 'layer1.0.conv1.weight',
    head: 'fc.weight',
    make(tensors: Tensors, classes: number) {
      const channels = tensors['layer1.0.conv1.weight'].shape[0];
      return { network: new ResNet18({ channels, classes }), kind: `ResNet-18, ${channels} channels first` };
    },
  },
];

/** The network with its weights, ready to be asked. */
export function recognise(tensors: Tensors): Recognised {
  const kind = KINDS.find(({ first }) => first in tensors);
  if (!kind) {
    const names = Object.keys(tensors).slice(0, 3).join(', ');
    throw new Error(`the tensors (${names}, …) are not those of a MobileNetV1, MobileNetV2 or ResNet-18`);
  }
  const head = tensors[kind.head];
  if (!head) throw new Error(`there is no tensor ${kind.head}; save the whole network, its head included`);
  const conventions = Object.keys(tensors).some((name) => name.endsWith(COUNTER)) ? PYTORCH : KERAS;
  const [classes, features] = head.shape;
  const { network, kind: what } = kind.make(tensors, classes, conventions);
  takeOver(network, tensors);
  network.eval();
  return { network, conventions, about: `${what}, ${classes} classes`, classes, features };
}

export async function loadNetwork(path: string): Promise<Recognised> {
  const { tensors } = await loadSafetensors(path);
  try {
    return recognise(tensors);
  } catch (error) {
    throw new Error(`${path}: ${shortened((error as Error).message)}`);
  }
}

/** A file that fits badly has a complaint for every tensor; the first few tell enough. */
function shortened(message: string): string {
  const complaints = message.split('; ');
  return complaints.length > 3 ? `${complaints.slice(0, 3).join('; ')}; and ${complaints.length - 3} more` : message;
}

// #region take-over
const COUNTER = '.num_batches_tracked';

/** Every name must fit, but for PyTorch's counters of batches, on which nothing rests. */
export function takeOver(network: Pretrained, tensors: Tensors): void {
  const counters = Object.entries(network.stateDict()).filter(([name]) => name.endsWith(COUNTER));
  network.loadStateDict({ ...Object.fromEntries(counters), ...tensors });
}
// #endregion
