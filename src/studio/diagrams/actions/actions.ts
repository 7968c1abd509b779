import type { Depiction } from '../depiction.ts';
import { growing } from './growing.ts';
import { papercraft } from './papercraft.ts';
import { machines } from './machines.ts';
import { cloth } from './cloth.ts';
import { threads } from './threads.ts';
import { mixing } from './mixing.ts';
import { fixing } from './fixing.ts';
import { painting } from './painting.ts';
import { waitingActions } from './waiting.ts';

/** The more special ones first. */
export const actions: readonly Depiction[] = [
  ...machines,
  ...cloth,
  ...papercraft,
  ...threads,
  ...growing,
  ...mixing,
  ...painting,
  ...fixing,
  ...waitingActions,
];
