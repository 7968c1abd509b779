/** What can be said on the command line. */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export const scenes = ['gateway', 'status', 'start', 'subscribers'] as const;
export type Scene = (typeof scenes)[number];

export interface Options {
  readonly only: readonly Scene[];
  readonly dir: string;
  /** Of those that are measured in turns. */
  readonly rounds: number;
  readonly limitSeconds: number;
  readonly profile: string | undefined;
  readonly write: string | undefined;
}

export const usage = `npm run bench:server -- [options]

  --only gateway[,…]  only these: ${scenes.join(', ')}
  --rounds N          how often the gateway and the model are asked in turn (8)
  --limit SECONDS     how long one measurement may take (180)
  --dir DIR           where the server's data goes meanwhile: a disk that you want to know about (${tmpdir()})
  --profile DIR       where a CPU profile of the server is put
  --write FILE        puts the table into a document, between its markers
`;

export function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '8' },
      limit: { type: 'string', default: '180' },
      dir: { type: 'string', default: tmpdir() },
      profile: { type: 'string' },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    only: values.only === undefined ? scenes : values.only.split(',').map(sceneNamed),
    dir: values.dir,
    rounds: wholeNumber('--rounds', values.rounds),
    limitSeconds: wholeNumber('--limit', values.limit),
    profile: values.profile,
    write: values.write,
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
  return number;
}

function sceneNamed(name: string): Scene {
  const scene = scenes.find((one) => one === name.trim());
  if (scene === undefined) throw new Error(`there is no ${name}: there are ${scenes.join(', ')}`);
  return scene;
}
