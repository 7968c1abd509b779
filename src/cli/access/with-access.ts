/** What a command has of a store that is about keys and the audit log. */
import { accessTools, openStore } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Backend } from '../serving/watch-parts.ts';
import { userName, type Shell } from '../shell.ts';
import { placeOf, type Store } from '../store.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData } from '../visiting.ts';

type Tools = Awaited<ReturnType<typeof accessTools>>;

export interface AccessDesk {
  readonly access: Backend['access'];
  readonly keys: Backend['access']['keys'];
  readonly auditor: InstanceType<Tools['Auditor']>;
  readonly tools: Tools;
}

/** Opens the store beside whoever works in it. A directory that is yet to come is made where `mayMake` says so. */
export async function withAccess<T>(store: Store, mayMake: boolean, work: (desk: AccessDesk) => Promise<T>): Promise<T> {
  if (!mayMake && !hasData(store)) throw new ContinuoError('USAGE', `there is no Continuo data in ${placeOf(store)}`);
  const [tools, backend] = await Promise.all([accessTools(), openStore(store, mayMake && !hasData(store) ? 'engine' : 'visitor')]);
  try {
    const { access } = backend;
    return await work({ access, keys: access.keys, auditor: new tools.Auditor(access.audit), tools });
  } finally {
    await backend.close();
  }
}

/** Whoever sits at the terminal, and now. */
export function doerOf({ env }: Shell): { readonly who: string; readonly at: number } {
  return { who: `cli:${userName(env)}`, at: Date.now() };
}

/** Notes that somebody looked. Where that cannot be written it is said, and looking goes on. */
export async function noteLook({ auditor }: AccessDesk, what: string, shell: Shell, store: Store, details?: object): Promise<void> {
  const note = { ...doerOf(shell), what, ...(details === undefined ? {} : { details: JSON.stringify(details) }) };
  await auditor.note(note).catch((error: unknown) => {
    const why = oneLine(error instanceof Error ? error.message : String(error));
    shell.err.line(
      `${shell.err.paint('yellow', '!')} that you looked could not be written into the audit log of ${placeOf(store)}: ${why}`,
    );
  });
}

/** The words of an option that takes several, with commas between. */
export function wordsOf(list: string): readonly string[] {
  return list.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}
