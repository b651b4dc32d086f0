/**
 * MobileNetV1 (Howard and others, 2017), with the names of Keras's weights: conv_dw_3 is the third depthwise
 * convolution, conv_dw_3_bn its batch norm.
 */
import { nn, type Tensor } from '../../core';
import { convNormRelu6, KERAS, meanOfMaps, type Pretrained } from './conv-norm';

// #region network
/** Of the thirteen blocks: how many channels come out at width 1, and by how much the depthwise convolution moves. */
const CHANNELS = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
const STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

export class MobileNetV1 extends nn.Module implements Pretrained {
  private readonly rows: Record<string, nn.Sequential> = {};
  private readonly convPreds: nn.Conv2d;

  constructor({ width = 1, classes = 1000, conventions = KERAS } = {}) {
    super();
    const scaled = (channels: number) => Math.floor(channels * width);
    let channels = scaled(32);
    this.rows.conv1 = convNormRelu6(3, channels, 3, conventions, { stride: 2 });
    STRIDES.forEach((stride, i) => {
      const out = scaled(CHANNELS[i]);
      this.rows[`conv_dw_${i + 1}`] = convNormRelu6(channels, channels, 3, conventions, { stride, groups: channels });
      this.rows[`conv_pw_${i + 1}`] = convNormRelu6(channels, out, 1, conventions);
      channels = out;
    });
    this.convPreds = new nn.Conv2d(channels, classes, 1);
  }

  describe(x: Tensor): Tensor {
    return meanOfMaps(this.parts.reduce((signal, part) => part.forward(signal), x)); // [N, 1024 · width]
  }

  override forward(x: Tensor): Tensor {
    return this.convPreds.forward(this.describe(x).unsqueeze(2).unsqueeze(3)).flatten(1); // [N, classes]
  }
  // #endregion

  get parts(): readonly nn.Layer[] {
    return Object.values(this.rows);
  }

  protected override fields(): [string, unknown][] {
    const rows = Object.entries(this.rows).flatMap(([name, { layers }]): [string, unknown][] => [
      [name, layers[0]],
      [`${name}_bn`, layers[1]],
    ]);
    return [...rows, ['conv_preds', this.convPreds]];
  }
}
