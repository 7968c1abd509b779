/**
 * How often somebody may ask. The counters are the store's, so that all nodes count together.
 *
 * L1. Requests with a key that counts are counted for the key alone: nobody is slowed down by others.
 * L2. What comes without one is counted for its address, and so is every key that was not seen to count before it is
 *     looked at: guessing keys is as slow as that. A key that is known to count is not held up by guesses that come
 *     from the same address.
 * L3. Without a limit nothing is counted, and nothing costs.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import type { Bucket } from '../../ports/access.ts';
import { hashOf } from '../access/key-text.ts';
import type { Principal } from '../access/principal.ts';
import type { ServerParts } from '../parts.ts';
import { networkOf } from './network-of.ts';

type Counting = Pick<ServerParts, 'backend' | 'clock'>;

export interface Limits {
  /** Before a key is looked at; `undefined`: there is none. */
  beforeKey(request: Pick<FastifyRequest, 'ip'>, key: string | undefined): Promise<void> | undefined;
  /** The policy goes into a header where there is an answer that can have one. */
  afterKey(principal: Principal, key: string, reply?: FastifyReply): Promise<void> | undefined;
  /** The key does not count, or no longer. */
  forget(key: string): void;
}

/** Keys that are remembered as counting; beyond them the one that was seen first is forgotten, and counts anew. */
const most = 10_000;

const unlimited: Limits = { beforeKey: () => undefined, afterKey: () => undefined, forget: () => undefined };

export function limits(parts: Counting & Pick<ServerParts, 'settings'>): Limits {
  const { requestsPerSecond: rate = 10 } = parts.settings;
  if (rate === 0) return unlimited;
  const policy = `"requests";q=${rate};w=1`;
  // Digests, so that no key is kept in memory.
  const familiar = new Set<string>();
  const bucket = (whose: string): Bucket => ({ id: `${whose}/requests`, capacity: Math.max(1, rate), refill: rate / 1000 });
  return {
    beforeKey: (request, key) => {
      if (key !== undefined && familiar.has(hashOf(key))) return undefined;
      return take(parts, bucket(`address/${networkOf(request.ip)}`), 'requests of this address');
    },
    afterKey: (principal, key, reply) => {
      familiar.add(hashOf(key));
      const [first] = familiar;
      if (familiar.size > most && first !== undefined) familiar.delete(first);
      reply?.header('ratelimit-policy', policy);
      return take(parts, bucket(`key/${principal.id}`), 'requests of this key');
    },
    forget: (key) => void familiar.delete(hashOf(key)),
  };
}

/** What one key may have of something in a minute, besides its requests. */
export async function mustHaveRoom(
  parts: Counting,
  { principal }: Pick<FastifyRequest, 'principal'>,
  { name, perMinute }: { readonly name: string; readonly perMinute: number },
): Promise<void> {
  if (perMinute === 0) return;
  await take(parts, { id: `key/${principal.id}/${name}`, capacity: perMinute, refill: perMinute / 60_000 }, `${name} of this key`);
}

async function take({ backend, clock }: Counting, bucket: Bucket, what: string): Promise<void> {
  const now = clock.now();
  const taken = await backend.access.quotas.take([bucket], now);
  if (taken.granted) return;
  const seconds = Math.max(1, Math.ceil((taken.retryAt - now) / 1000));
  throw new ContinuoError(
    'REQUESTS_LIMITED',
    `there were too many ${what}; the next may come in ${seconds} s`,
    { retry_after: seconds },
    true,
  );
}

/** The headers that go with a refusal. */
export function limitHeaders(details: unknown): Readonly<Record<string, string>> {
  const seconds = typeof details === 'object' && details !== null && 'retry_after' in details ? Number(details.retry_after) : 1;
  return { 'retry-after': String(seconds), ratelimit: `"requests";r=0;t=${seconds}` };
}
