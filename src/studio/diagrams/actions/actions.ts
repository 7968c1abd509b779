import type { Depiction } from '../depiction.ts';
import { cloth } from './cloth.ts';
import { experiments } from './experiments.ts';
import { fixing } from './fixing.ts';
import { growing } from './growing.ts';
import { handwork } from './handwork.ts';
import { household } from './household.ts';
import { machines } from './machines.ts';
import { mixing } from './mixing.ts';
import { painting } from './painting.ts';
import { papercraft } from './papercraft.ts';
import { strings } from './strings.ts';
import { threads } from './threads.ts';
import { tie } from './tie.ts';
import { waitingActions } from './waiting.ts';
import { wrapping } from './wrapping.ts';

/** Those that know a topic come before those that know a verb. */
export const actions: readonly Depiction[] = [
  ...experiments,
  ...household,
  ...machines,
  ...cloth,
  ...papercraft,
  ...threads,
  ...strings,
  ...tie,
  ...wrapping,
  ...growing,
  ...mixing,
  ...painting,
  ...fixing,
  ...handwork,
  ...waitingActions,
];
