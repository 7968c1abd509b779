/** What goes wrong again and again is said once in a while: in an outage every run complains of the same. */
import type { Events } from '../../engine/bus.ts';
import type { Say } from './happening.ts';

const saidAgainAfter = 30_000;

type Trouble = Events['engine:error'];

interface Emitter {
  on(name: 'engine:error' | 'engine:stalled', listener: (event: Trouble) => void): () => void;
}

export function tellErrors(emitter: Emitter, say: Say): void {
  const tell = errorsTold(say, Date.now);
  emitter.on('engine:error', tell);
  emitter.on('engine:stalled', tell);
}

export function errorsTold(say: Say, now: () => number): (trouble: Trouble) => void {
  const known = new Map<string, { readonly at: number; unsaid: number }>();
  return ({ error: { code, message }, runId }) => {
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
}
