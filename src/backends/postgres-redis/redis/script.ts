import { createHash } from 'node:crypto';
import type { RedisClient } from './client.ts';

/** A Lua script: sent once to each server, then named by its hash. All its keys lie in one slot. */
export class Script {
  readonly #lua: string;
  readonly #hash: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#hash = createHash('sha1').update(lua).digest('hex');
  }

  async run(client: RedisClient, keys: readonly string[], given: readonly (string | number)[]): Promise<unknown> {
    try {
      return await client.evalsha(this.#hash, keys.length, ...keys, ...given);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await client.eval(this.#lua, keys.length, ...keys, ...given);
    }
  }
}
