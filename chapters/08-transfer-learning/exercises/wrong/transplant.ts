import * as solution from '../solutions/transplant';

type Answer = typeof solution;

export const looksAtNamesOnly: Answer = {
  transplant: (saved, own) => ({
    values: { ...own, ...Object.fromEntries(Object.entries(saved).filter(([name]) => name in own)) },
    kept: Object.keys(own).filter((name) => !(name in saved)),
  }),
};

export const looksAtSizesOnly: Answer = {
  transplant(saved, own) {
    const kept = Object.keys(own).filter((name) => saved[name]?.size !== own[name].size);
    const values = Object.keys(own).map((name) => [name, (kept.includes(name) ? own : saved)[name]]);
    return { values: Object.fromEntries(values), kept };
  },
};

export const takesTheSurplusToo: Answer = {
  transplant(saved, own) {
    const { values, kept } = solution.transplant(saved, own);
    return { values: { ...saved, ...values }, kept };
  },
};
