/** All cases, family by family. */
import type { Case } from '../case';
import { matmulCases } from './matmul';

export const cases: Case[] = [...matmulCases];
