/**
 * Tickets for those who can send no header: a browser that opens a socket. A key in a URL would lie in logs; a ticket
 * there is worth nothing any more.
 *
 * T1. A ticket opens one connection, within half a minute, for the key that it was made with, if that still counts.
 * T2. Nobody can make one who has only what the store keeps: it keeps their hashes, for as long as they count.
 * T3. All nodes of a store take each other's tickets.
 */
import { randomBytes } from 'node:crypto';
import type { Access } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { recalled } from '../access/authenticate.ts';
import { hashOf } from '../access/key-text.ts';
import type { Principal } from '../access/principal.ts';

const lifetime = 30_000;

const form = /^tkt_([a-z0-9]{1,32})_[0-9a-f]{64}$/;

export interface Ticket {
  readonly text: string;
  readonly expiresAt: number;
}

export class Tickets {
  readonly #access: Pick<Access, 'keys' | 'nonces'>;
  readonly #clock: Clock;
  readonly #adminKey: string | undefined;

  constructor(access: Pick<Access, 'keys' | 'nonces'>, clock: Clock, adminKey: string | undefined) {
    this.#access = access;
    this.#clock = clock;
    this.#adminKey = adminKey;
  }

  async issue({ id }: Principal): Promise<Ticket> {
    const now = this.#clock.now();
    const expiresAt = now + lifetime;
    const text = `tkt_${id}_${randomBytes(32).toString('hex')}`;
    await this.#access.nonces.first(issued(text), expiresAt, now);
    return { text, expiresAt };
  }

  /** Undefined where it does not count: forged, late, used, or of a key that counts no more. */
  async redeem(text: string): Promise<Principal | undefined> {
    const [, id] = form.exec(text) ?? [];
    if (id === undefined) return undefined;
    const now = this.#clock.now();
    const principal = await recalled(id, this.#access.keys, this.#adminKey, now);
    const { nonces } = this.#access;
    // Who is first to ask for one that was never issued leaves nothing behind: it has lapsed as soon as it is there.
    if (principal === undefined || (await nonces.first(issued(text), now, now))) return undefined;
    return (await nonces.first(used(text), now + lifetime, now)) ? principal : undefined;
  }
}

const issued = (text: string): string => `ticket/${hashOf(text)}`;
const used = (text: string): string => `ticket/${hashOf(text)}/used`;
