import { oneHot } from '../../../../core';
import * as solution from '../solutions/cross-entropy';

type Answer = typeof solution;

export const forgetsTheMean: Answer = {
  gradientOfScores: (g, scores, labels) => scores.softmax(1).sub(oneHot(labels, scores.shape[1])).mul(g),
};

export const forgetsWhatComesAfter: Answer = {
  gradientOfScores: (g, scores, labels) => solution.gradientOfScores(g.div(g), scores, labels),
};

export const wrongSign: Answer = {
  gradientOfScores: (g, scores, labels) => solution.gradientOfScores(g, scores, labels).neg(),
};

export const softmaxOverTheBatch: Answer = {
  gradientOfScores: (g, scores, labels) =>
    scores.softmax(0).sub(oneHot(labels, scores.shape[1])).mul(g).div(scores.shape[0]),
};

export const withoutTheTarget: Answer = {
  gradientOfScores: (g, scores) => scores.softmax(1).mul(g).div(scores.shape[0]),
};
