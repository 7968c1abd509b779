/** `npm run chaos -- [--minutes 5] [--runs 300] [--seed S] [--plant NAME]` */
import { parseArgs } from 'node:util';
import { plants } from './plants.ts';
import { reportOf } from './report.ts';
import { storm } from './storm.ts';

const usage = `npm run chaos -- [--minutes 5] [--runs 300] [--seed 1] [--quiet] [--plant NAME]
plants:
${plants.map(({ name }) => `  ${name}`).join('\n')}`;

function refuse(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

type Given = { readonly [name in 'minutes' | 'runs' | 'seed' | 'plant']?: string } & { readonly quiet?: boolean };

function given(): Given {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { minutes: text, runs: text, seed: text, plant: text, quiet: { type: 'boolean' } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function above0(name: string, value: string | undefined, usual: number): number {
  const number = value === undefined ? usual : Number(value);
  return Number.isFinite(number) && number > 0 ? number : refuse(`--${name} ${value} is not a number above 0`);
}

function whole(name: string, value: string | undefined, usual: number): number {
  const number = above0(name, value, usual);
  return Number.isInteger(number) ? number : refuse(`--${name} ${value} is not a whole number`);
}

const { minutes, runs, seed, plant, quiet } = given();
if (plant !== undefined && !plants.some(({ name }) => name === plant)) refuse(`there is no bug ${plant} to plant`);
const report = await storm({
  time: above0('minutes', minutes, 5) * 60_000,
  runs: whole('runs', runs, 300),
  seed: whole('seed', seed, 1),
  engines: 3,
  workers: 2,
  aloud: quiet !== true,
  ...(plant === undefined ? {} : { plant }),
});
console.log(reportOf(report));
process.exitCode = report.findings.length > 0 ? 1 : 0;
