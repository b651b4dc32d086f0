/**
 * The data sets that can be fetched, where from, and how their bytes are known again. The sums are those that
 * TensorFlow Datasets, Julia's MLDatasets and others pin; the paths are those the loaders of datasets/ look for.
 */

export interface RemoteFile {
  /** Below the folder of the data sets; of an archive, only what its unfinished download is named after. */
  path: string;
  /** Asked in this order, until one has sent the right bytes. */
  mirrors: string[];
  bytes: number;
  sha256: string;
  /** Only of an archive (tar, packed by gzip). */
  unpack?: Unpacking;
}

export interface Unpacking {
  /** Its folder below that of the data sets; it has the same name within the archive. */
  into: string;
  /** Beginnings of paths within that folder; what begins so is not unpacked. */
  leaveOut?: string[];
}

export interface DataSet {
  name: string;
  what: string;
  licence: string;
  cite: string;
  files: RemoteFile[];
}

const MNIST_MIRRORS = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
];

const mnistFile = (name: string, bytes: number, sha256: string): RemoteFile => ({
  path: `mnist/${name}`,
  mirrors: MNIST_MIRRORS.map((mirror) => mirror + name),
  bytes,
  sha256,
});

const CHAR_RNN = '6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e'; // a commit

export const catalogue: DataSet[] = [
  {
    name: 'mnist',
    what: '70,000 handwritten digits, 28 × 28 grey pixels',
    licence: 'commonly given as CC BY-SA 3.0',
    cite: 'LeCun, Cortes and Burges 1998',
    files: [
      mnistFile(
        'train-images-idx3-ubyte.gz',
        9_912_422,
        '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
      ),
      mnistFile(
        'train-labels-idx1-ubyte.gz',
        28_881,
        '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
      ),
      mnistFile(
        't10k-images-idx3-ubyte.gz',
        1_648_877,
        '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
      ),
      mnistFile('t10k-labels-idx1-ubyte.gz', 4_542, 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6'),
    ],
  },
  {
    name: 'cifar10',
    what: '60,000 colour photos of ten things, 32 × 32 pixels',
    licence: 'none stated',
    cite: 'Krizhevsky 2009',
    files: [
      {
        path: 'cifar10/cifar-10-binary.tar.gz',
        // The first is faster by far than the university that made the set, when it is there.
        mirrors: [
          'https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/cifar-10-binary.tar.gz',
          'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
          'https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/cifar-10-binary.tar.gz',
        ],
        bytes: 170_052_171,
        sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
        unpack: { into: 'cifar10/cifar-10-batches-bin' },
      },
    ],
  },
  {
    name: 'imdb',
    what: '50,000 film reviews, half of them in praise',
    licence: 'none stated',
    cite: 'Maas et al. 2011',
    files: [
      {
        path: 'imdb/aclImdb_v1.tar.gz',
        mirrors: [
          'https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz',
          'https://bj.bcebos.com/dataset/imdb%2FaclImdb_v1.tar.gz',
        ],
        bytes: 84_125_825,
        sha256: 'c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe',
        unpack: { into: 'imdb/aclImdb', leaveOut: ['train/unsup'] }, // 50,000 more, without labels
      },
    ],
  },
  {
    name: 'tinyshakespeare',
    what: "40,000 lines of Shakespeare's plays in one file",
    licence: 'MIT',
    cite: 'Karpathy 2015, char-rnn',
    files: [
      {
        path: 'text/tinyshakespeare.txt',
        mirrors: [
          `https://raw.githubusercontent.com/karpathy/char-rnn/${CHAR_RNN}/data/tinyshakespeare/input.txt`,
          'https://cdn.jsdelivr.net/gh/karpathy/char-rnn@master/data/tinyshakespeare/input.txt',
          'https://storage.googleapis.com/download.tensorflow.org/data/shakespeare.txt',
        ],
        bytes: 1_115_394,
        sha256: '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
      },
    ],
  },
  {
    name: 'names',
    what: '32,033 first names, one a line',
    licence: 'MIT',
    cite: 'Karpathy 2022, makemore',
    files: [
      {
        path: 'text/names.txt',
        mirrors: [
          'https://raw.githubusercontent.com/karpathy/makemore/988aa59/names.txt',
          'https://cdn.jsdelivr.net/gh/karpathy/makemore@master/names.txt',
        ],
        bytes: 228_145,
        sha256: '0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d',
      },
    ],
  },
  {
    name: 'iris',
    what: '150 flowers of three species, four lengths each',
    licence: 'BSD-3 (scikit-learn)',
    cite: 'Fisher 1936',
    files: [
      {
        path: 'tabular/iris.csv',
        mirrors: [
          'https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.5.2/sklearn/datasets/data/iris.csv',
          'https://cdn.jsdelivr.net/gh/scikit-learn/scikit-learn@1.5.2/sklearn/datasets/data/iris.csv',
        ],
        bytes: 2_734,
        sha256: 'f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449',
      },
    ],
  },
];
