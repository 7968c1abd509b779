/** What came of it, for whoever ordered it. */
import { boundaries, momentsOfDeed, momentsOfWrite } from './boundaries.ts';
import { everyTime } from './checks.ts';
import { atTheEnd } from './end-checks.ts';
import { atRandom, type Failure } from './lane.ts';
import { sum, type StormReport } from './storm.ts';

/** How many findings are told: the first ones say what the matter is. */
const told = 10;

export function reportOf(report: StormReport): string {
  const { options, lanes, failed, dir, kept, milliseconds } = report;
  const total = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  const of = (number: number, name: string): string => `${String(number).padStart(7)} ${name}`;
  return [
    '',
    ...killsOf(report.kills),
    '',
    'Runs that ended, those that were called or set off among them',
    ...[...sum(lanes.map(({ ends }) => ends))].map(([status, times]) => of(times, status)),
    '',
    of(total([...report.kills.values()]), 'kills'),
    of(total(lanes.map(({ incarnations }) => incarnations)), 'processes'),
    of(total(lanes.map(({ events }) => events)), 'events in journals'),
    of(total(lanes.map(({ deeds }) => deeds)), 'effects in the ledger'),
    of(Math.round(milliseconds / 1000), 'seconds'),
    '',
    'Checked after every kill',
    ...Object.keys(everyTime).map((name) => `  ${name}`),
    'Checked at the end',
    ...Object.keys(atTheEnd).map((name) => `  ${name}`),
    '',
    ...lanes.flatMap(({ failure }) => (failure === undefined ? [] : failureOf(failure))),
    ...(report.missed.length === 0 ? [] : ['No kill fell on', ...report.missed.map((name) => `  ${name}`), '']),
    ...(kept ? [`Kept in ${dir}`] : []),
    failed ? `Failed. Again: ${commandOf(options)}` : `Nothing was lost and nothing was done twice. (seed ${options.seed})`,
    '',
  ].join('\n');
}

function commandOf({ kills, runs, seed, plant }: StormReport['options']): string {
  return `npm run crash -- --kills ${kills} --runs ${runs} --seed ${seed}${plant === undefined ? '' : ` --plant ${plant}`}`;
}

function failureOf({ dir, incarnation, boundary, findings }: Failure): readonly string[] {
  return [
    `Process ${incarnation} in ${dir}; the last kill ${boundary === atRandom ? `came ${atRandom}` : `was at ${boundary}`}`,
    ...findings.slice(0, told).map(({ check, run, text }) => `  ${check}${run === undefined ? '' : `: ${run}`}: ${text}`),
    ...(findings.length > told ? [`  … and ${findings.length - told} more`] : []),
    '',
  ];
}

/** One row for each call, one column for each moment. */
function killsOf(kills: ReadonlyMap<string, number>): readonly string[] {
  const calls = [...new Set(boundaries.map(({ name }) => name.slice(0, name.indexOf(':'))))];
  const moments = [...new Set([...momentsOfWrite, ...momentsOfDeed])];
  const known = new Set(boundaries.map(({ name }) => name));
  const row = (name: string, cells: readonly string[]): string => `${name.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  return [
    row('Kills', moments),
    ...calls.map((call) =>
      row(
        `  ${call}`,
        moments.map((moment) => (known.has(`${call}: ${moment}`) ? String(kills.get(`${call}: ${moment}`) ?? 0) : '')),
      ),
    ),
    row(`  ${atRandom}`, [String(kills.get(atRandom) ?? 0)]),
  ];
}
