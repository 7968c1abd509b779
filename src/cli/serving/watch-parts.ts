/** Notices when a server goes away or comes back, and when the node is taken for dead: each is said once. */
import type { Visitor } from '../../engine/visitor.ts';
import type { Say } from './happening.ts';

export type Backend = Visitor['backend'];

type Watched = Pick<Backend, 'health' | 'fleet'>;

const lookEvery = 500;

export function watchParts(backend: Watched, say: Say): () => void {
  const { look, close } = partsWatch(backend, say);
  const timer = setInterval(look, lookEvery);
  timer.unref();
  look();
  return () => {
    clearInterval(timer);
    close();
  };
}

export function partsWatch(backend: Watched, say: Say): { readonly look: () => void; readonly close: () => void } {
  const known = new Map<string, { readonly is: 'up' | 'away' | 'trying'; readonly awaySince: number | undefined }>();
  let fencedAs: string | undefined;
  const look = (): void => {
    for (const { part, at, is, since, error } of backend.health?.() ?? []) {
      const before = known.get(part) ?? { is: 'up', awaySince: undefined };
      // Being tried again is no news: it is away until it has answered.
      if (is === 'trying' || is === before.is) continue;
      known.set(part, { is, awaySince: is === 'away' ? since : undefined });
      const lasted = is === 'up' && before.awaySince !== undefined ? { lasted: since - before.awaySince } : {};
      say({
        event: 'part',
        part,
        ...(at === undefined ? {} : { at }),
        is,
        ...lasted,
        ...(is === 'away' && error !== undefined ? { error } : {}),
      });
    }
    const node = backend.fleet?.node;
    if (fencedAs === undefined || node === undefined || node === fencedAs) return;
    fencedAs = undefined;
    say({ event: 'rejoined', node });
  };
  const unwatch = backend.fleet?.watch({
    fenced: () => {
      fencedAs = backend.fleet?.node;
      say({ event: 'fenced' });
    },
  });
  return { look, close: () => unwatch?.() };
}
