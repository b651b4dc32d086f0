/**
 * Activations as layers, for models that are written as a row of them. What each computes stands in
 * ops/activations.ts.
 */
import { elu, gelu, leakyRelu, prelu, relu, relu6, sigmoid, silu, softplus, tanh } from '../ops/activations';
import { logSoftmax, softmax } from '../ops/softmax';
import { full } from '../tensor/create';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { Module, Parameter } from './module';

export class ReLU extends Module {
  override forward(x: Tensor): Tensor {
    return relu(x);
  }
}

export class ReLU6 extends Module {
  override forward(x: Tensor): Tensor {
    return relu6(x);
  }
}

export class LeakyReLU extends Module {
  constructor(readonly negativeSlope = 0.01) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, this.negativeSlope);
  }
}

/** A slope below zero that is learned: one for all, or one for each channel (axis 1). */
export class PReLU extends Module {
  readonly weight: Parameter;

  constructor(numParameters = 1, { init = 0.25 } = {}) {
    super();
    checkSizes('PReLU', { numParameters });
    this.weight = new Parameter(full([numParameters], init));
  }

  override forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}

export class ELU extends Module {
  constructor(readonly alpha = 1) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return elu(x, this.alpha);
  }
}

export class GELU extends Module {
  constructor(readonly options: { approximate?: 'none' | 'tanh' } = {}) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return gelu(x, this.options);
  }
}

export class SiLU extends Module {
  override forward(x: Tensor): Tensor {
    return silu(x);
  }
}

export class Softplus extends Module {
  override forward(x: Tensor): Tensor {
    return softplus(x);
  }
}

export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

export class Softmax extends Module {
  constructor(readonly axis = -1) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.axis);
  }
}

export class LogSoftmax extends Module {
  constructor(readonly axis = -1) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return logSoftmax(x, this.axis);
  }
}
