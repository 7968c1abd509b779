/**
 * Links for those who can send no header: a browser that plays a film, shows a picture or opens an `EventSource`.
 *
 * K1. A link opens one path, to look, for the key that it was made with, for as long as it says and that key counts.
 *     What the key may not see, its links do not show.
 * K2. Nothing is kept of links. Nobody can make one who has only what the store keeps.
 * K3. Nodes with the same key of the environment take each other's links; a server without one takes its own alone.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { recalled } from './authenticate.ts';
import type { Principal } from './principal.ts';

const form = /^lnk_([a-z0-9]{1,32})_([0-9a-z]{8,9})_([0-9a-f]{64})$/;

export interface Link {
  readonly text: string;
  readonly expiresAt: number;
}

export class Links {
  readonly #keys: Pick<Keys, 'get'>;
  readonly #clock: Clock;
  readonly #adminKey: string | undefined;
  readonly #secret: Buffer;

  constructor(keys: Pick<Keys, 'get'>, clock: Clock, adminKey: string | undefined) {
    this.#keys = keys;
    this.#clock = clock;
    this.#adminKey = adminKey;
    this.#secret = adminKey === undefined ? randomBytes(32) : createHmac('sha256', adminKey).update('continuo links').digest();
  }

  make({ id }: Principal, path: string, milliseconds: number): Link {
    const expiresAt = Math.ceil(this.#clock.now() + milliseconds);
    const said = `lnk_${id}_${expiresAt.toString(36)}`;
    return { text: `${said}_${this.#sealOf(said, path).toString('hex')}`, expiresAt };
  }

  /** Undefined where it does not count: forged, late, of another path, or of a key that counts no more. */
  async holderOf(text: string, path: string): Promise<Principal | undefined> {
    const [, id, until, seal] = form.exec(text) ?? [];
    if (id === undefined || until === undefined || seal === undefined) return undefined;
    const now = this.#clock.now();
    const said = text.slice(0, -seal.length - 1);
    if (!timingSafeEqual(this.#sealOf(said, path), Buffer.from(seal, 'hex')) || Number.parseInt(until, 36) <= now) return undefined;
    return recalled(id, this.#keys, this.#adminKey, now);
  }

  #sealOf(said: string, path: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${said} ${path}`).digest();
  }
}
