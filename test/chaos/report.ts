/** What came of it, for whoever ordered it. */
import { atTheEnd } from '../crash/end-checks.ts';
import { checkNames } from './checks.ts';
import type { StormReport } from './storm.ts';

/** How many findings are told: the first ones say what the matter is. */
const told = 20;

export function reportOf({ options, findings, tally, stories, milliseconds }: StormReport): string {
  const of = (number: number, name: string): string => `${String(number).padStart(7)} ${name}`;
  const failed = findings.length > 0;
  return [
    '',
    'What went wrong on purpose',
    ...[...tally.faults].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => of(times, name)),
    'Runs',
    ...[...tally.ends].map(([status, times]) => of(times, status)),
    of(tally.adoptions, 'taken over by another node'),
    'And',
    of(tally.processes, 'processes'),
    of(tally.gone, 'nodes that are no more'),
    of(tally.events, 'events in journals'),
    of(tally.deeds, 'effects in the ledger'),
    of(tally.crossings, 'attempts made on another node than their run’s'),
    of(tally.lost, 'attempts lost with whoever made them'),
    of(Math.round(milliseconds / 1000), 'seconds'),
    '',
    'Checked',
    ...[...checkNames, ...Object.keys(atTheEnd)].map((name) => `  ${name}`),
    '',
    ...(failed
      ? ['Found', ...findings.slice(0, told).map(({ check, run, text }) => `  ${check}${run === undefined ? '' : `: ${run}`}: ${text}`)]
      : []),
    ...(findings.length > told ? [`  … and ${findings.length - told} more`] : []),
    ...stories,
    '',
    failed ? `Failed. Again: ${commandOf(options)}` : `Nothing was lost and nothing was done twice. (seed ${options.seed})`,
    '',
  ].join('\n');
}

function commandOf({ time, runs, seed, plant }: StormReport['options']): string {
  return `npm run chaos -- --minutes ${time / 60_000} --runs ${runs} --seed ${seed}${plant === undefined ? '' : ` --plant '${plant}'`}`;
}
