/** What can be said on the command line. */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { contenders, type Contender } from './engines.ts';
import { workloads } from './workloads.ts';

export interface Options {
  readonly only: readonly string[];
  readonly repeat: number;
  readonly engines: readonly Contender[];
  readonly limitSeconds: number;
  readonly dir: string;
  readonly write: string | undefined;
  readonly growth: boolean;
}

export const usage = `npm run bench -- [options]

  --only w1[,w3]     only these workloads: ${Object.keys(workloads).join(', ')} (w4 means all that begin so)
  --vs bare[,…]      beside these: ${[...contenders.keys()].slice(1).join(', ')}; or none (bare)
  --repeat N         each N times in turn, and the medians (1)
  --limit SECONDS    how long one measurement may take (180)
  --dir DIR          where the data goes meanwhile: a disk that you want to know about (${tmpdir()})
  --write FILE       puts the table into a document, between its markers
  --growth           how figures grow, in place of the workloads: data and pictures in bench/results/
`;

export function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      vs: { type: 'string', default: 'bare' },
      repeat: { type: 'string', default: '1' },
      limit: { type: 'string', default: '180' },
      dir: { type: 'string', default: tmpdir() },
      write: { type: 'string' },
      growth: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    only: values.only === undefined ? Object.keys(workloads) : listOf(values.only).flatMap(workloadsNamed),
    repeat: wholeNumber('--repeat', values.repeat),
    engines: ['continuo', ...listOf(values.vs).filter((name) => name !== 'none' && name !== 'continuo')].map(known),
    limitSeconds: wholeNumber('--limit', values.limit),
    dir: values.dir,
    write: values.write,
    growth: values.growth,
  };
}

function listOf(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim());
}

function workloadsNamed(name: string): readonly string[] {
  const all = Object.keys(workloads);
  const named = all.includes(name) ? [name] : all.filter((one) => one.startsWith(`${name}-`));
  if (named.length === 0) throw new Error(`there is no workload ${name}: there are ${all.join(', ')}`);
  return named;
}

function known(name: string): Contender {
  const contender = contenders.get(name);
  if (contender === undefined) throw new Error(`there is no engine ${name}: there are ${[...contenders.keys()].join(', ')}`);
  return contender;
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
  return number;
}
