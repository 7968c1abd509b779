/**
 * Connections that stay open, by the key that each came with.
 *
 * O1. A key has at most so many at a time.
 * O2. What a key opened ends soon after the key does: it was revoked, has expired, or may do something else than before.
 *     Where nobody can say whether it counts, that is borne for a while.
 * O3. With the server all of them end: as soon as it was told to, so that others take them while it finishes what it
 *     has in hand.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { KeyRecord, Keys } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Principal } from '../access/principal.ts';
import type { Follower, LiveFigures } from '../metrics/live-figures.ts';

export interface Connection {
  readonly by: Follower;
  readonly principal: Principal;
  end(why: 'key' | 'leaving'): void;
}

export interface ConnectionLimits {
  readonly ofOneKey: number;
  /** How often keys are looked at, and for how long they may be out of sight, in milliseconds. */
  readonly look: number;
  readonly unseen: number;
}

export interface Surroundings {
  readonly keys: Pick<Keys, 'get'>;
  readonly clock: Clock;
  /** Whether the server was told to end. */
  readonly draining: () => boolean;
  readonly figures?: LiveFigures | undefined;
}

interface OfKey {
  readonly open: Set<Connection>;
  seenAt: number;
}

export class Connections {
  readonly #keys: Pick<Keys, 'get'>;
  readonly #clock: Clock;
  readonly #limits: ConnectionLimits;
  readonly #draining: () => boolean;
  readonly #figures: LiveFigures | undefined;
  readonly #byKey = new Map<string, OfKey>();
  #disarm: (() => void) | undefined;
  #closed = false;

  constructor({ keys, clock, draining, figures }: Surroundings, limits: ConnectionLimits) {
    this.#keys = keys;
    this.#draining = draining;
    this.#clock = clock;
    this.#limits = limits;
    this.#figures = figures;
  }

  /** Throws where the key has too many. */
  mustHaveRoom({ id }: Principal): void {
    if (this.#closed || this.#draining()) throw new ContinuoError('ENGINE_CLOSED', 'the server is about to end');
    const { ofOneKey } = this.#limits;
    if ((this.#byKey.get(id)?.open.size ?? 0) < ofOneKey) return;
    throw new ContinuoError('REQUESTS_LIMITED', `this key has ${ofOneKey} live connections here, which is as many as it may`);
  }

  /** Answers with the end of it. */
  add(connection: Connection): () => void {
    const { id } = connection.principal;
    this.#figures?.opened(connection.by);
    const ofKey = this.#byKey.get(id) ?? { open: new Set(), seenAt: this.#clock.now() };
    this.#byKey.set(id, ofKey);
    ofKey.open.add(connection);
    this.#arm();
    return () => {
      if (ofKey.open.delete(connection)) this.#figures?.closed(connection.by);
      if (ofKey.open.size > 0 || this.#byKey.get(id) !== ofKey) return;
      this.#byKey.delete(id);
      if (this.#byKey.size > 0) return;
      this.#disarm?.();
      this.#disarm = undefined;
    };
  }

  /** A reader of theirs was given up. */
  gaveUp(by: Follower): void {
    this.#figures?.dropped(by);
  }

  close(): void {
    this.#closed = true;
    this.#disarm?.();
    for (const { open } of this.#byKey.values()) for (const connection of open) connection.end('leaving');
  }

  #arm(): void {
    if (this.#closed || this.#byKey.size === 0) return;
    this.#disarm ??= this.#clock.at(this.#clock.now() + this.#limits.look, () => void this.#look());
  }

  async #look(): Promise<void> {
    if (this.#draining()) return this.close();
    await Promise.all(this.#byKey.entries().map(([id, { open }]) => this.#lookAt(id, open)));
    this.#disarm = undefined;
    this.#arm();
  }

  async #lookAt(id: string, open: ReadonlySet<Connection>): Promise<void> {
    const [one] = open;
    if (one === undefined || (await this.#counts(id, one.principal))) return;
    for (const connection of open) connection.end('key');
  }

  async #counts(id: string, principal: Principal): Promise<boolean> {
    // The key of the environment counts for as long as the process lives.
    if (principal.who === 'admin') return true;
    const ofKey = this.#byKey.get(id);
    const now = this.#clock.now();
    try {
      const record = await this.#keys.get(id);
      if (ofKey !== undefined) ofKey.seenAt = now;
      return record !== undefined && isSame(record, principal) && record.revokedAt === undefined && (record.expiresAt ?? Infinity) > now;
    } catch {
      return now - (ofKey?.seenAt ?? now) < this.#limits.unseen;
    }
  }
}

function isSame(record: KeyRecord, principal: Principal): boolean {
  const may = ({ scopes, projects }: Pick<Principal, 'scopes' | 'projects'>): string => JSON.stringify([scopes, projects ?? null]);
  return may(record) === may(principal);
}
