/** The crash suite's scenarios, with money for every attempt that may be lost with its node, and with runs that are left waiting. */
import { workflow } from '../../src/core/plan/builder.ts';
import type { AnyWorkflow } from '../../src/core/plan/workflow.ts';
import { jobs, money, runsOf, workflows as ofCrashes, type Numbered } from '../crash/scenarios.ts';

/** More than one piece of work ever loses: after six in a row it fails. */
const lives = 20;

/** Sleeps longer than a node may be silent, then waits for a signal that nobody sends before all others have ended. */
export const parked: AnyWorkflow = workflow<{ readonly n: number }>('parked')
  .wait('nap', { duration: 4000 })
  .wait('word', { signal: 'word', after: ['nap'] })
  .output(({ word }) => word);

const roomy = [jobs(lives), money(lives)];

export const workflows: readonly AnyWorkflow[] = [...ofCrashes.map((one) => roomy.find(({ id }) => id === one.id) ?? one), parked];

/** Every so many-th number is a run that is left waiting. */
const everyParked = 15;

export const isParked = (number: number): boolean => number % everyParked === everyParked - 1;
export const parkedId = (number: number): string => `r${number}-parked`;

export function runOf(number: number): Numbered {
  const [one] = runsOf({ from: number, to: number + 1, laps: 1 });
  if (one === undefined) throw new RangeError(`there is no run ${number}`);
  return one;
}
