/**
 * What is on a photo? A network with pretrained weights gives its five likeliest answers. Without a photo, the small
 * network of this page is asked about two generated pictures.
 */
import { resolve } from 'node:path';
import { noGrad, type Tensor } from '../../core';
import { readPhoto } from '../../core/io';
import { UsageError } from '../shared/options';
import { argument, integer, path, script } from '../shared/script';
import { readClassNames } from './class-names';
import { type Conventions, KERAS, type Pretrained } from './conv-norm';
import { type Answered, answersFigure } from './pretrained/pictures/classify';
import { loadNetwork } from './recognise';
import { loadSmall, NEW, OLD, picturesOf } from './small';

export interface Guess {
  name: string;
  probability: number;
}

// #region likeliest
/** The `count` likeliest classes of one picture [3, H, W] with values from 0 to 1. */
export async function likeliest(
  network: Pretrained,
  picture: Tensor,
  { names, count = 5, prepare = KERAS.prepare }: { names: string[]; count?: number; prepare?: Conventions['prepare'] },
): Promise<Guess[]> {
  const scores = noGrad(() => network.forward(prepare(picture).unsqueeze(0)).slice(0)); // [classes]
  const [probabilities, places] = noGrad(() => scores.softmax(0).topk(Math.min(count, names.length)));
  const labels = await places.data();
  return Array.from(await probabilities.data(), (probability, i) => ({ name: names[labels[i]], probability }));
}
// #endregion

// #region photo
/** The middle of a photo, as MobileNets and ResNets were taught: the shorter side 256, of that a square of 224. */
export const readMiddle = (file: string): Promise<Tensor> => readPhoto(file, { size: 256, crop: 224 });
// #endregion

script({
  about: 'Says what is on a photo, with the weights of a pretrained MobileNetV1, MobileNetV2 or ResNet-18.',
  options: {
    photo: argument({ help: 'a JPEG, PNG or WebP' }),
    weights: path(undefined, { help: 'a safetensors file; its tensors tell which network it is' }),
    classes: path(undefined, { help: 'a text file with the names of the classes, one a line' }),
    top: integer(5, { min: 1, max: 20, help: 'how many answers' }),
    picture: path('answer', { help: 'where the picture of a photo and its answers goes, without extension' }),
  },
  next: 'npx ts-node chapters/08-transfer-learning/forgotten.ts --predict',
  async run({ options: { photo, weights, classes, top, picture, seed }, say, section, table, figure }) {
    const show = (guesses: Guess[]) =>
      table(
        ['answer', 'probability'],
        guesses.map(({ name, probability }) => [name, probability.toFixed(3)]),
      );

    if (photo !== undefined && weights !== undefined) {
      const { network, conventions, about, classes: count } = await loadNetwork(weights);
      const names = classes ? await readClassNames(classes, count) : numbered(count);
      const x = await readMiddle(photo);
      section('photo', about);
      const guesses = await likeliest(network, x, { names, count: top, prepare: conventions.prepare });
      show(guesses);
      const files = await (await answersFigure([{ picture: x, about: '', guesses }])).save(resolve(picture));
      return say(`\ndrawn in ${files.join(' and ')}`);
    }
    if (photo !== undefined) throw new UsageError(`${photo}: name the file of a network too, --weights FILE`);
    if (weights !== undefined || classes !== undefined)
      throw new UsageError('name a photo too: classify.ts photo.jpg --weights FILE --classes FILE');

    section('small', 'No photo given: the small network on two generated pictures');
    const network = await loadSmall();
    const answered: Answered[] = [];
    for (const names of [['ship'], NEW.slice(0, 1)]) {
      const x = picturesOf(names, 1, seed).x.slice(0);
      const guesses = await likeliest(network, x, { names: OLD, count: top });
      say(`${answered.length ? '\n' : ''}A ${names[0]}:`);
      show(guesses);
      answered.push({ picture: x, about: `a ${names[0]}`, guesses });
    }
    await figure('classify', await answersFigure(answered));
    section('how', 'Your own photos');
    say('npx ts-node chapters/08-transfer-learning/classify.ts photo.jpg --weights FILE --classes FILE');
    say('chapters/08-transfer-learning/pretrained/README.md says where the two files come from');
  },
});

const numbered = (count: number): string[] => Array.from({ length: count }, (_, label) => `class ${label}`);
