/** What can be said on the command line. */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export const scenes = ['workloads', 'processes', 'across', 'productions', 'peers'] as const;
export type Scene = (typeof scenes)[number];

export interface Options {
  readonly only: readonly Scene[];
  readonly dir: string;
  readonly limitSeconds: number;
  readonly write: string | undefined;
}

export const usage = `npm run bench:distributed -- [options]

  --only across[,…]  only these: ${scenes.join(', ')}
  --limit SECONDS    how long one measurement may take (180)
  --dir DIR          where the servers' data goes meanwhile: a disk that you want to know about (${tmpdir()})
  --write FILE       puts the table into a document, between its markers
`;

export function readOptions(words: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      limit: { type: 'string', default: '180' },
      dir: { type: 'string', default: tmpdir() },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const limitSeconds = Number(values.limit);
  if (!Number.isInteger(limitSeconds) || limitSeconds < 1) throw new Error(`--limit takes a whole number from 1 on, not ${values.limit}`);
  return {
    only: values.only === undefined ? scenes : values.only.split(',').map(sceneNamed),
    dir: values.dir,
    limitSeconds,
    write: values.write,
  };
}

function sceneNamed(name: string): Scene {
  const scene = scenes.find((one) => one === name.trim());
  if (scene === undefined) throw new Error(`there is no ${name}: there are ${scenes.join(', ')}`);
  return scene;
}
