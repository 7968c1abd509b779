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
import type { Principal } from '../access/principal.ts';

const lifetime = 30_000;

const form = /^tkt_([a-z0-9]{1,32})_([0-9a-z]{8,9})_([0-9a-f]{24})_([0-9a-f]{64})$/;

export interface Ticket {
  readonly text: string;
  readonly expiresAt: number;
}

export class Tickets {
  readonly #access: Pick<Access, 'keys' | 'nonces'>;
  readonly #clock: Clock;
  readonly #adminKey: string | undefined;
  readonly #secret: Buffer;

  constructor(access: Pick<Access, 'keys' | 'nonces'>, clock: Clock, adminKey: string | undefined) {
    this.#access = access;
    this.#clock = clock;
    this.#adminKey = adminKey;
    this.#secret = adminKey === undefined ? randomBytes(32) : createHmac('sha256', adminKey).update('continuo live tickets').digest();
  }

  issue({ id }: Principal): Ticket {
    const expiresAt = this.#clock.now() + lifetime;
    const said = `tkt_${id}_${Math.ceil(expiresAt).toString(36)}_${randomBytes(12).toString('hex')}`;
    return { text: `${said}_${this.#sealOf(said).toString('hex')}`, expiresAt };
  }

  /** Undefined where it does not count: forged, late, used, or of a key that counts no more. */
  async redeem(text: string): Promise<Principal | undefined> {
    const [, id, until, nonce, seal] = form.exec(text) ?? [];
    if (id === undefined || until === undefined || nonce === undefined || seal === undefined) return undefined;
    const now = this.#clock.now();
    const expiresAt = Number.parseInt(until, 36);
    const said = text.slice(0, -seal.length - 1);
    if (!timingSafeEqual(this.#sealOf(said), Buffer.from(seal, 'hex')) || expiresAt <= now) return undefined;
    const principal = await recalled(id, this.#access.keys, this.#adminKey, now);
    if (principal === undefined || !(await this.#access.nonces.first(`ticket/${nonce}`, expiresAt, now))) return undefined;
    return principal;
  }

  #sealOf(said: string): Buffer {
    return createHmac('sha256', this.#secret).update(said).digest();
  }
}
