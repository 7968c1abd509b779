/**
 * What goes wrong around runs, as often as somebody wants to hear it.
 *
 * E1. The same is said once in a while: in an outage every run complains of the same.
 * E2. What a server that is away brings with it is not said at all: that it is away is said of the server.
 */
import type { Events } from '../../engine/bus.ts';
import type { PartHealth, Say } from './happening.ts';

const saidAgainAfter = 30_000;
/** By then a server that does not answer is known to be away. */
const knownAfter = 5000;

type Trouble = Events['engine:error'];

interface Emitter {
  on(name: 'engine:error' | 'engine:stalled', listener: (event: Trouble) => void): () => void;
}

export interface ErrorsTold {
  readonly say: Say;
  /** How the servers are that the store stands on. */
  readonly health?: () => readonly PartHealth[];
  readonly now?: () => number;
  readonly after?: (milliseconds: number, work: () => void) => void;
}

export function tellErrors(emitter: Emitter, how: ErrorsTold): () => void {
  const tell = errorsTold(how);
  const stops = [emitter.on('engine:error', tell), emitter.on('engine:stalled', tell)];
  return () => {
    for (const stop of stops) stop();
  };
}

export function errorsTold({ say, health = () => [], now = Date.now, after = later }: ErrorsTold): (trouble: Trouble) => void {
  const known = new Map<string, { readonly at: number; unsaid: number }>();
  const tell = ({ error: { code, message }, runId }: Trouble): void => {
    const key = `${code}: ${message}`;
    const before = known.get(key);
    if (before !== undefined && now() - before.at < saidAgainAfter) {
      before.unsaid++;
      return;
    }
    // What nobody complains of any more is forgotten.
    for (const [one, { at }] of known) if (now() - at >= saidAgainAfter) known.delete(one);
    known.set(key, { at: now(), unsaid: 0 });
    const unsaid = before?.unsaid ?? 0;
    say({ event: 'error', code, message, ...(runId === undefined ? {} : { run: runId }), ...(unsaid === 0 ? {} : { unsaid }) });
  };
  let held: Trouble[] | undefined;
  return (trouble) => {
    const { code } = trouble.error;
    // That it was taken for dead, a node says by itself.
    if (code === 'NODE_FENCED' && health().length > 0) return;
    if (code !== 'STORE_FAILED' || health().length === 0) return tell(trouble);
    if (health().some(({ is }) => is !== 'up')) return;
    held?.push(trouble);
    if (held !== undefined) return;
    const those = (held = [trouble]);
    const since = now();
    after(knownAfter, () => {
      held = undefined;
      if (health().every((part) => part.is === 'up' && part.since < since)) those.forEach(tell);
    });
  };
}

function later(milliseconds: number, work: () => void): void {
  setTimeout(work, milliseconds).unref();
}
