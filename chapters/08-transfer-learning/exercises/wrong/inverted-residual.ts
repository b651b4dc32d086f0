import type * as Solution from '../solutions/inverted-residual';

type Answer = typeof Solution;

/** What a residual block of ResNet does; here the few channels would lose half of what they say. */
export const activatesTheProjection: Answer = {
  invertedResidual: (x, { expand, depthwise, project, stride }) => {
    const y = project(depthwise(expand ? expand(x).relu6() : x).relu6()).relu6();
    return stride === 1 && y.shape[1] === x.shape[1] ? x.add(y) : y;
  },
};

export const reluWithoutSix: Answer = {
  invertedResidual: (x, { expand, depthwise, project, stride }) => {
    const y = project(depthwise(expand ? expand(x).relu() : x).relu());
    return stride === 1 && y.shape[1] === x.shape[1] ? x.add(y) : y;
  },
};

export const neverAdds: Answer = {
  invertedResidual: (x, { expand, depthwise, project }) => project(depthwise(expand ? expand(x).relu6() : x).relu6()),
};

export const addsWhateverTheChannels: Answer = {
  invertedResidual: (x, { expand, depthwise, project, stride }) => {
    const y = project(depthwise(expand ? expand(x).relu6() : x).relu6());
    return stride === 1 ? y.add(x.mean(1, { keepdim: true })) : y;
  },
};

/** A single place has a side of 1 before and after a stride of 2: the shapes fit, the block does not add. */
export const addsWhenShapesFit: Answer = {
  invertedResidual: (x, { expand, depthwise, project }) => {
    const y = project(depthwise(expand ? expand(x).relu6() : x).relu6());
    return String(x.shape) === String(y.shape) ? x.add(y) : y;
  },
};

export const activatesWithoutExpansion: Answer = {
  invertedResidual: (x, { expand, depthwise, project, stride }) => {
    const y = project(depthwise((expand ? expand(x) : x).relu6()).relu6());
    return stride === 1 && y.shape[1] === x.shape[1] ? x.add(y) : y;
  },
};
