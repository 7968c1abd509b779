/** What is common to commands that look into a store, or leave a command there. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { holderOf, openStore, visit, type GatewayOptions } from '../compose.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Visitor } from '../engine/visitor.ts';
import type { Backend } from './serving/watch-parts.ts';
import { placeOf, type Store } from './store.ts';
import { oneLine } from './terminal/width.ts';

/** Whether there is anything to look at. Servers are there, or are complained of when they are opened. */
export function hasData(store: Store): boolean {
  return store.is === 'distributed' || existsSync(join(store.dir, 'continuo.db'));
}

/** A directory that was named must be there; the usual one may be yet to come. */
export function mustHaveDataIfNamed(store: Store): void {
  if (store.is === 'embedded' && store.named && !hasData(store))
    throw new ContinuoError('USAGE', `there is no Continuo data in ${placeOf(store)}`);
}

/** Opens the store for looking, whoever works in it. */
export async function visiting<T>(store: Store, work: (visitor: Visitor) => Promise<T>): Promise<T> {
  if (store.is === 'embedded' && !hasData(store))
    throw new ContinuoError('RUN_UNKNOWN', `there are no runs in ${store.dir} (${resolve(store.dir)})`);
  const visitor = await visit(store);
  try {
    return await work(visitor);
  } finally {
    await visitor.close();
  }
}

/** The store as an engine of this process is given it; a shared one is opened, and the engine closes it. */
export async function engineOn(store: Store): Promise<{ readonly dir: string; readonly backend?: never } | { readonly backend: Backend }> {
  return store.is === 'embedded' ? { dir: store.dir } : { backend: await openStore(store, 'engine') };
}

export type LedgerPlace = Pick<GatewayOptions, 'dir' | 'backend'>;

/** The store as the gateway is given it, beside whatever engine works there. */
export async function withLedger<T>(store: Store, work: (where: LedgerPlace) => Promise<T>): Promise<T> {
  if (store.is === 'embedded') return work({ dir: store.dir });
  const backend = await openStore(store, 'visitor');
  try {
    return await work({ backend });
  } finally {
    await backend.close();
  }
}

/** Who carries out commands on the store just now, in words; undefined when nobody does. */
export async function engineAt(store: Store, visitor: Visitor): Promise<string | undefined> {
  if (store.is === 'embedded') {
    const holder = holderOf(store.dir);
    if (holder === undefined) return undefined;
    return `process ${holder.pid}${holder.host === '' ? '' : ` on ${oneLine(holder.host)}`}`;
  }
  const engines = ((await visitor.backend.nodes?.()) ?? []).filter(({ role }) => role === 'engine');
  const [first] = engines;
  return engines.length > 1 ? `${engines.length} nodes` : first === undefined ? undefined : oneLine(first.name);
}
