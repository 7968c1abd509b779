import type { Depiction } from '../depiction.ts';
import { mixing } from './mixing.ts';
import { waitingActions } from './waiting.ts';

/** The more special ones first. */
export const actions: readonly Depiction[] = [...waitingActions, ...mixing];
