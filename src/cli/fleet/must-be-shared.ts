import { ContinuoError } from '../../core/errors.ts';
import type { Store } from '../store.ts';

/** What several nodes do together they do on a shared store. */
export function mustBeShared(store: Store, what: string): Extract<Store, { is: 'distributed' }> {
  if (store.is === 'distributed') return store;
  throw new ContinuoError(
    'USAGE',
    `${what} of a shared store: give --postgres, --redis and --blobs, or set CONTINUO_POSTGRES, CONTINUO_REDIS and CONTINUO_BLOBS`,
  );
}
