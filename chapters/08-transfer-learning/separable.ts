/**
 * What a convolution costs, whole and taken apart: by the formula, by counting, and by the clock; and what whole
 * networks cost.
 */
import { nn, noGrad, randn, type Tensor } from '../../core';
import { integer, script } from '../shared/script';
import { MobileNetV1 } from './mobilenet-v1';
import { MobileNetV2 } from './mobilenet-v2';
import { invertedFigure, separableFigure } from './pretrained/pictures/separable';
import { ResNet18 } from './resnet';

// #region costs
/** Multiply-adds of a 3 × 3 convolution from `channels` to `out` maps of so many places. */
export const whole = (channels: number, out: number, places: number): number => 9 * channels * out * places;

/** The same taken apart: a window for each map, then the maps mixed place by place. */
export const separable = (channels: number, out: number, places: number): number =>
  9 * channels * places + channels * out * places;
// #endregion

// #region layers
export const wholeLayer = (channels: number, out: number): nn.Layer =>
  new nn.Conv2d(channels, out, 3, { padding: 1, bias: false });

export const separableLayer = (channels: number, out: number): nn.Layer =>
  new nn.Sequential(
    new nn.Conv2d(channels, channels, 3, { padding: 1, groups: channels, bias: false }), // depthwise
    new nn.Conv2d(channels, out, 1, { bias: false }), //                                    pointwise
  );
// #endregion

/** The shortest of several runs, in milliseconds. */
async function shortest(layer: nn.Layer, x: Tensor, runs: number): Promise<number> {
  const times = [];
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    await noGrad(() => layer.forward(x).mean()).item();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

export const NETWORKS: Record<string, () => nn.Module> = {
  'ResNet-18': () => new ResNet18(),
  'MobileNetV1, width 1': () => new MobileNetV1(),
  'MobileNetV2, width 1': () => new MobileNetV2(),
  'MobileNetV1, width 0.25': () => new MobileNetV1({ width: 0.25 }),
  'MobileNetV2, width 0.35': () => new MobileNetV2({ width: 0.35 }),
};

const grouped = (n: number): string => n.toLocaleString('en-US');

script({
  about: 'Depthwise separable convolutions: what they save, by formula, by counting, and by the clock.',
  options: {
    channels: integer(128, { min: 1, max: 512, help: 'maps that go in' }),
    filters: integer(128, { min: 1, max: 512, help: 'maps that come out' }),
    side: integer(28, { min: 3, max: 112, help: 'places along each side' }),
    runs: integer(5, { min: 1, help: 'how often each layer is timed' }),
  },
  settings: { quick: { runs: 2 } },
  next: 'npx ts-node chapters/08-transfer-learning/classify.ts',
  async run({ options: { channels, filters: out, side, runs }, say, section, table, figure }) {
    section('layer', `3 × 3, from ${channels} maps to ${out}, ${side} × ${side} places`);
    const x = randn([1, channels, side, side]);
    const kinds = [
      { name: 'whole', formula: whole(channels, out, side * side), layer: wholeLayer(channels, out) },
      { name: 'separable', formula: separable(channels, out, side * side), layer: separableLayer(channels, out) },
    ];
    const rows = [];
    for (const { name, formula, layer } of kinds) {
      const { parameters, multiplyAdds } = nn.summary(layer, x.shape);
      const time = await shortest(layer, x, runs);
      rows.push([name, grouped(parameters), grouped(formula), grouped(multiplyAdds), `${time.toFixed(1)} ms`]);
    }
    table(['convolution', 'parameters', 'multiply-adds, formula', 'counted', 'measured'], rows);
    const share = kinds[1].formula / kinds[0].formula;
    say(`\n1/9 + 1/${out} = ${(1 / 9 + 1 / out).toFixed(4)}; counted: ${share.toFixed(4)}`);
    await figure('separable', separableFigure());
    await figure('inverted-residual', invertedFigure());

    section('networks', 'Whole networks, a photo of 224 × 224, 1,000 classes');
    const costs = Object.entries(NETWORKS).map(([name, make]) => {
      const { parameters, multiplyAdds } = nn.summary(make(), [1, 3, 224, 224]);
      return [name, grouped(parameters), (multiplyAdds / 1e6).toFixed(1)];
    });
    table(['network', 'parameters', 'million multiply-adds'], costs);
  },
});
