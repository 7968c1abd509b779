/**
 * Links for those who can send no header: a browser that plays a film, shows a picture or opens an `EventSource`.
 *
 * K1. A link opens one path, to look, for the key that it was made with, for as long as it says and that key counts.
 *     What the key may not see, its links do not show.
 * K2. Nobody can make one who has only what the store keeps: it keeps their hashes, for as long as they count.
 * K3. All nodes of a store take each other's links.
 */
import { randomBytes } from 'node:crypto';
import type { Access } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { recalled } from './authenticate.ts';
import { hashOf } from './key-text.ts';
import type { Principal } from './principal.ts';

const form = /^lnk_([a-z0-9]{1,32})_[0-9a-f]{64}$/;

export interface Link {
  readonly text: string;
  readonly expiresAt: number;
}

export class Links {
  readonly #access: Pick<Access, 'keys' | 'nonces'>;
  readonly #clock: Clock;
  readonly #adminKey: string | undefined;

  constructor(access: Pick<Access, 'keys' | 'nonces'>, clock: Clock, adminKey: string | undefined) {
    this.#access = access;
    this.#clock = clock;
    this.#adminKey = adminKey;
  }

  async make({ id }: Principal, path: string, milliseconds: number): Promise<Link> {
    const now = this.#clock.now();
    const expiresAt = now + milliseconds;
    const text = `lnk_${id}_${randomBytes(32).toString('hex')}`;
    await this.#access.nonces.first(made(text, path), expiresAt, now);
    return { text, expiresAt };
  }

  /** Undefined where it does not count: forged, late, of another path, or of a key that counts no more. */
  async holderOf(text: string, path: string): Promise<Principal | undefined> {
    const [, id] = form.exec(text) ?? [];
    if (id === undefined) return undefined;
    const now = this.#clock.now();
    const principal = await recalled(id, this.#access.keys, this.#adminKey, now);
    // Who is first to ask for one that was never made leaves nothing behind: it has lapsed as soon as it is there.
    return principal === undefined || (await this.#access.nonces.first(made(text, path), now, now)) ? undefined : principal;
  }
}

const made = (text: string, path: string): string => `link/${hashOf(`${text} ${path}`)}`;
