/**
 * Tickets for those who can send no header: a browser that opens a socket. A key in a URL would lie in logs; a ticket
 * there is worth nothing any more.
 *
 * T1. A ticket is a pass (access/passes.ts) that opens one connection, within half a minute.
 */
import type { Access } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { Passes, type Pass } from '../access/passes.ts';
import type { Principal } from '../access/principal.ts';

const lifetime = 30_000;
const use = 'a connection';

export class Tickets {
  readonly #passes: Passes;
  readonly #clock: Clock;

  constructor(access: Pick<Access, 'keys' | 'nonces'>, clock: Clock, adminKey: string | undefined) {
    this.#passes = new Passes('tkt', access, clock, adminKey);
    this.#clock = clock;
  }

  issue(principal: Principal): Promise<Pass> {
    return this.#passes.make(principal, use, lifetime);
  }

  /** Undefined where it does not count: forged, late, used, or of a key that counts no more. */
  async redeem(text: string): Promise<Principal | undefined> {
    const principal = await this.#passes.holderOf(text, use);
    if (principal === undefined) return undefined;
    return (await this.#passes.use(text, this.#clock.now() + lifetime)) ? principal : undefined;
  }
}
