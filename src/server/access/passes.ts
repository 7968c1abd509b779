/**
 * What stands for a key where none can be sent: in the address of a browser.
 *
 * P1. A pass serves one use, for as long as it says and the key counts that it was made with.
 * P2. Nobody can make one who has only what the store keeps: it keeps their hashes, for as long as they count.
 * P3. All nodes of a store take each other's.
 */
import { randomBytes } from 'node:crypto';
import type { Access } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { recalled } from './authenticate.ts';
import { hashOf } from './key-text.ts';
import type { Principal } from './principal.ts';

const form = /^(?:lnk|tkt)_([a-z0-9]{1,32})_[0-9a-f]{64}$/;

export interface Pass {
  readonly text: string;
  readonly expiresAt: number;
}

export class Passes {
  readonly #kind: 'lnk' | 'tkt';
  readonly #access: Pick<Access, 'keys' | 'nonces'>;
  readonly #clock: Clock;
  readonly #adminKey: string | undefined;

  constructor(kind: 'lnk' | 'tkt', access: Pick<Access, 'keys' | 'nonces'>, clock: Clock, adminKey: string | undefined) {
    this.#kind = kind;
    this.#access = access;
    this.#clock = clock;
    this.#adminKey = adminKey;
  }

  async make({ id }: Principal, use: string, milliseconds: number): Promise<Pass> {
    const now = this.#clock.now();
    const expiresAt = now + milliseconds;
    const text = `${this.#kind}_${id}_${randomBytes(32).toString('hex')}`;
    await this.#access.nonces.first(this.#name(text, use), expiresAt, now);
    return { text, expiresAt };
  }

  /** Undefined where it does not count: forged, late, of another use, or of a key that counts no more. */
  async holderOf(text: string, use: string): Promise<Principal | undefined> {
    const [, id] = form.exec(text) ?? [];
    if (id === undefined) return undefined;
    const now = this.#clock.now();
    const principal = await recalled(id, this.#access.keys, this.#adminKey, now);
    // Who is first to ask for one that was never made leaves nothing behind: it has lapsed as soon as it is there.
    return principal === undefined || (await this.#access.nonces.first(this.#name(text, use), now, now)) ? undefined : principal;
  }

  /** Whether nobody has used it before; it is used then. */
  use(text: string, until: number): Promise<boolean> {
    return this.#access.nonces.first(this.#name(text, 'used'), until, this.#clock.now());
  }

  #name(text: string, use: string): string {
    return `${this.#kind}/${hashOf(`${text} ${use}`)}`;
  }
}
