/**
 * ResNet-18 (He and others, 2015), with the names of PyTorch's weights.
 */
import { nn, type Tensor } from '../../core';
import { convNorm, meanOfMaps, type Pretrained, PYTORCH } from './conv-norm';

// #region block
/** Two convolutions whose sum with what came in goes on. */
class BasicBlock extends nn.Module {
  private readonly conv1: nn.Conv2d;
  private readonly bn1: nn.BatchNorm2d;
  private readonly conv2: nn.Conv2d;
  private readonly bn2: nn.BatchNorm2d;
  private readonly downsample: nn.Sequential | null; // brings the input to the output's shape

  constructor(channels: number, out: number, stride: number) {
    super();
    [this.conv1, this.bn1] = convNorm(channels, out, 3, PYTORCH, { stride });
    [this.conv2, this.bn2] = convNorm(out, out, 3, PYTORCH);
    const fits = stride === 1 && channels === out;
    this.downsample = fits ? null : new nn.Sequential(...convNorm(channels, out, 1, PYTORCH, { stride }));
  }

  override forward(x: Tensor): Tensor {
    const y = this.bn1.forward(this.conv1.forward(x)).relu();
    const z = this.bn2.forward(this.conv2.forward(y));
    return z.add(this.downsample?.forward(x) ?? x).relu();
  }
}
// #endregion

// #region network
/** Eighteen layers with weights: the first convolution, two in each of eight blocks, and the head. */
export class ResNet18 extends nn.Module implements Pretrained {
  private readonly conv1: nn.Conv2d;
  private readonly bn1: nn.BatchNorm2d;
  private readonly layer1: nn.Sequential;
  private readonly layer2: nn.Sequential;
  private readonly layer3: nn.Sequential;
  private readonly layer4: nn.Sequential;
  private readonly fc: nn.Linear;
  readonly #stem: nn.Sequential; // its own two layers have their names above

  /** Of the first convolution; the last have eight times as many. */
  readonly channels: number;
  readonly classes: number;

  constructor({ channels = 64, classes = 1000 } = {}) {
    super();
    this.channels = channels;
    this.classes = classes;
    const two = (from: number, to: number, stride: number): nn.Sequential =>
      new nn.Sequential(new BasicBlock(from, to, stride), new BasicBlock(to, to, 1));
    this.conv1 = new nn.Conv2d(3, channels, 7, { stride: 2, padding: 3, bias: false });
    this.bn1 = new nn.BatchNorm2d(channels);
    this.#stem = new nn.Sequential(this.conv1, this.bn1, new nn.ReLU(), new nn.MaxPool2d(3, { stride: 2, padding: 1 }));
    this.layer1 = two(channels, channels, 1); //         56 × 56, of pictures of 224 × 224
    this.layer2 = two(channels, 2 * channels, 2); //     28 × 28
    this.layer3 = two(2 * channels, 4 * channels, 2); // 14 × 14
    this.layer4 = two(4 * channels, 8 * channels, 2); // 7 × 7
    this.fc = new nn.Linear(8 * channels, classes);
  }

  describe(x: Tensor): Tensor {
    return meanOfMaps(this.parts.reduce((signal, part) => part.forward(signal), x)); // [N, 512]
  }

  override forward(x: Tensor): Tensor {
    return this.fc.forward(this.describe(x)); // [N, classes]
  }
  // #endregion

  get features(): number {
    return 8 * this.channels;
  }

  get parts(): readonly nn.Layer[] {
    return [this.#stem, ...[this.layer1, this.layer2, this.layer3, this.layer4].flatMap(({ layers }) => layers)];
  }
}
