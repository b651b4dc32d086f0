/**
 * What many operations say when they refuse an input.
 */

/** `shapes` as '[3,5] and [3]', `clash` as '5 against 3 at axis -1'. */
export const doNotMeet = (operation: string, shapes: string, clash: string): string =>
  `${operation}: shapes ${shapes} do not broadcast: ${clash}; ` +
  'aligned at the right, extents must be equal or 1 (unsqueeze or reshape one side)';

export const needsFractions = (operation: string): string =>
  `${operation}: int32 has no fractions; convert with to('float32') first`;

export const needsInt = (operation: string, role: string): string =>
  `${operation}: ${role} must be int32, not float64; convert with to('int32')`;

export const noAxis = (operation: string, axis: number, rank: number): string => {
  const legal = rank === 0 ? 'a scalar has no axes' : `axes run from ${-rank} to ${rank - 1}`;
  return `${operation}: there is no axis ${axis} in a tensor of rank ${rank}; ${legal}`;
};

export const doNotMix = (operation: string): string =>
  `${operation}: float32 and float64 do not mix; convert one side with to('float64') or to('float32')`;
