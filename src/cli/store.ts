/** Which store a command is about: a directory of one's own, or Postgres and Redis that several nodes share. */
import type { Command } from 'commander';
import { chooseStore, withoutPassword, type StoreChoice, type StoreWords } from '../compose.ts';

export type StoreOptions = StoreWords;

export type Store = StoreChoice & {
  /** The options that name it, for a command line to type next. Passwords are not among them. */
  readonly words: readonly string[];
};

const names = ['dir', 'postgres', 'redis', 'blobs'] as const;

/** Whatever can be about a directory can be about a shared store. */
export function offerSharedStores(program: Command): void {
  for (const command of program.commands) {
    if (command.options.some(({ long }) => long === '--dir')) sharedStoreOptions(command);
    offerSharedStores(command);
  }
}

export function sharedStoreOptions(command: Command): Command {
  return command
    .option('--postgres <url>', 'a shared store instead of a directory: its Postgres (default: $CONTINUO_POSTGRES)')
    .option('--redis <url>', '… its Redis (default: $CONTINUO_REDIS)')
    .option('--blobs <dir | s3://bucket>', '… and where its blobs lie (default: $CONTINUO_BLOBS)');
}

export function storeOf(options: StoreOptions, env: NodeJS.ProcessEnv): Store {
  const words = names.flatMap((name) => {
    const said = options[name];
    return said === undefined ? [] : [`--${name}`, name === 'dir' ? said : withoutPassword(said)];
  });
  return { ...chooseStore(options, env), words };
}

/** Where it is, in words. */
export function placeOf(store: Store): string {
  if (store.is === 'embedded') return store.dir;
  const { postgres } = store.options;
  return withoutPassword(typeof postgres === 'string' ? postgres : postgres.url);
}
