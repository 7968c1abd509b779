/** `npm run chaos -- [--minutes 5] [--runs 300] [--seed S] [--plant NAME | --plants]` */
import { parseArgs } from 'node:util';
import { plants } from './plants.ts';
import { reportOf } from './report.ts';
import { storm } from './storm.ts';
import { theStormWasOne } from './tally.ts';

const usage = `npm run chaos -- [--minutes 5] [--runs 300] [--seed 1] [--quiet] [--plant NAME | --plants]
--plants looks whether each of these bugs would be found:
${plants.map(({ name }) => `  ${name}`).join('\n')}`;

function refuse(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

type Given = { readonly [name in 'minutes' | 'runs' | 'seed' | 'plant']?: string } & { readonly [name in 'quiet' | 'plants']?: boolean };

function given(): Given {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({ options: { minutes: text, runs: text, seed: text, plant: text, quiet: flag, plants: flag } }).values;
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

const { minutes, runs, seed, plant, plants: all, quiet } = given();
if (plant !== undefined && !plants.some(({ name }) => name === plant)) refuse(`there is no bug ${plant} to plant`);
const options = {
  time: above0('minutes', minutes, all === true ? 1 : 5) * 60_000,
  runs: whole('runs', runs, all === true ? 150 : 300),
  seed: whole('seed', seed, 1),
  engines: 3,
  workers: 2,
  aloud: quiet !== true,
};

async function play(): Promise<boolean> {
  const report = await storm(plant === undefined ? options : { ...options, plant });
  console.log(reportOf(report));
  return report.findings.length === 0;
}

/** Whether the suite would notice. */
async function findPlants(): Promise<boolean> {
  const unnoticed: string[] = [];
  for (const { name } of plants) {
    const findings = (await storm({ ...options, aloud: false, plant: name })).findings.filter(({ check }) => check !== theStormWasOne);
    const by = [...new Set(findings.map(({ check }) => check))];
    console.log(`${by.length === 0 ? 'not found' : 'found    '}  ${name}${by.map((check) => `\n             ${check}`).join('')}`);
    if (by.length === 0) unnoticed.push(name);
  }
  return unnoticed.length === 0;
}

process.exitCode = (await (all === true ? findPlants() : play())) ? 0 : 1;
