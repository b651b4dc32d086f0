/**
 * What this chapter states about chance: the first page's part, then the second's.
 */
import type { Claim } from '../shared/claims';
import { pretrainedClaims } from './pretrained/claims';
import { transferClaims } from './transfer-claims';

export const claims: Claim[] = [...transferClaims, ...pretrainedClaims];
