/**
 * MobileNetV2 (Sandler and others, 2018), with the names of torchvision's weights: features.3.conv.0.0 is the first
 * convolution of the third inverted residual.
 */
import { nn, type Tensor } from '../../core';
import { type Conventions, convNorm, convNormRelu6, KERAS, meanOfMaps, type Pretrained } from './conv-norm';

// #region inverted-residual
/** Few channels in, many in between, few out: only there does the 3 × 3 window look, one channel at a time. */
export class InvertedResidual extends nn.Module {
  private readonly conv: nn.Sequential;
  private readonly skips: boolean;

  constructor(channels: number, out: number, expansion: number, stride: number, conventions: Conventions) {
    super();
    const wide = channels * expansion;
    this.conv = new nn.Sequential(
      ...(expansion > 1 ? [convNormRelu6(channels, wide, 1, conventions)] : []),
      convNormRelu6(wide, wide, 3, conventions, { stride, groups: wide }),
      ...convNorm(wide, out, 1, conventions), // no ReLU6 here: of few channels it would lose too much
    );
    this.skips = stride === 1 && channels === out;
  }

  override forward(x: Tensor): Tensor {
    const y = this.conv.forward(x);
    return this.skips ? x.add(y) : y;
  }
}
// #endregion

/** Blocks in a row: channels in between for each channel in, channels out at width 1, how many, stride of the first. */
export type Row = readonly [expansion: number, channels: number, count: number, stride: number];

const TABLE: readonly Row[] = [
  [1, 16, 1, 1], // 112 × 112
  [6, 24, 2, 2], // 56 × 56
  [6, 32, 3, 2], // 28 × 28
  [6, 64, 4, 2], // 14 × 14
  [6, 96, 3, 1],
  [6, 160, 3, 2], // 7 × 7
  [6, 320, 1, 1],
];

/** The multiple of 8 next to v, at least 8 and not below nine tenths of v. */
export function roundToEights(v: number): number {
  const rounded = Math.max(8, Math.floor((v + 4) / 8) * 8);
  return rounded < 0.9 * v ? rounded + 8 : rounded;
}

export interface MobileNetV2Options {
  width?: number;
  classes?: number;
  conventions?: Conventions;
  table?: readonly Row[];
  /** Channels after the first and the last convolution. */
  first?: number;
  last?: number;
  /** Of the first convolution: 1 for small pictures. */
  stride?: number;
}

// #region network
export class MobileNetV2 extends nn.Module implements Pretrained {
  private readonly features: nn.Sequential;
  private readonly classifier: nn.Sequential;

  constructor(options: MobileNetV2Options = {}) {
    super();
    const { width = 1, classes = 1000, conventions = KERAS, table = TABLE, stride = 2 } = options;
    let channels = options.first ?? roundToEights(32 * width);
    const features: nn.Layer[] = [convNormRelu6(3, channels, 3, conventions, { stride })];
    for (const [expansion, wanted, count, firstStride] of table) {
      const out = roundToEights(wanted * width);
      for (let i = 0; i < count; i++) {
        features.push(new InvertedResidual(channels, out, expansion, i === 0 ? firstStride : 1, conventions));
        channels = out;
      }
    }
    const last = options.last ?? roundToEights(1280 * Math.max(1, width));
    this.features = new nn.Sequential(...features, convNormRelu6(channels, last, 1, conventions));
    this.classifier = new nn.Sequential(new nn.Dropout(0.2), new nn.Linear(last, classes));
  }

  describe(x: Tensor): Tensor {
    return meanOfMaps(this.features.forward(x)); // [N, 1280]
  }

  override forward(x: Tensor): Tensor {
    return this.classifier.forward(this.describe(x)); // [N, classes]
  }
  // #endregion

  get parts(): readonly nn.Layer[] {
    return this.features.layers;
  }
}
