import type { Depiction } from '../depiction.ts';
import { growing } from './growing.ts';
import { threads } from './threads.ts';
import { mixing } from './mixing.ts';
import { fixing } from './fixing.ts';
import { painting } from './painting.ts';
import { waitingActions } from './waiting.ts';

/** The more special ones first. */
export const actions: readonly Depiction[] = [...threads, ...growing, ...mixing, ...painting, ...fixing, ...waitingActions];
