/** `npm run crash -- --kills N [--runs R] [--seed S] [--keep] [--plant fault]` */
import { parseArgs } from 'node:util';
import { plantNames } from './plants.ts';
import { reportOf } from './report.ts';
import { storm } from './storm.ts';

const usage = `npm run crash -- [--kills 500] [--runs 200] [--seed 1] [--keep] [--plant ${plantNames.join(' | ')}]`;

function refuse(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

function given(): { readonly [name in 'kills' | 'runs' | 'seed' | 'plant']?: string } & { readonly keep?: boolean } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { kills: text, runs: text, seed: text, plant: text, keep: { type: 'boolean' } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, value: string | undefined, usual: number): number {
  const number = value === undefined ? usual : Number(value);
  return Number.isInteger(number) && number > 0 ? number : refuse(`--${name} ${value} is not a whole number above 0`);
}

const options = given();
const plant = plantNames.find((name) => name === options.plant);
if (options.plant !== undefined && plant === undefined) refuse(`there is no fault ${options.plant}`);
const kills = whole('kills', options.kills, 500);
let fallen = 0;
const report = await storm({
  kills,
  runs: whole('runs', options.runs, 200),
  seed: whole('seed', options.seed, 1),
  ...(plant === undefined ? {} : { plant }),
  ...(options.keep === undefined ? {} : { keep: options.keep }),
  onKill: () => {
    if (++fallen % 50 === 0) console.error(`${fallen} of ${kills} kills`);
  },
});
console.log(reportOf(report));
process.exitCode = report.failed ? 1 : 0;
