/** In how many seconds it may help to ask again, as far as an error says. */
import type { Json } from '../../core/data/json.ts';

export function retryAfter(details: Json | undefined, now: number): number | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  if ('retry_after' in details && typeof details.retry_after === 'number') return details.retry_after;
  const at = 'retryAt' in details && typeof details.retryAt === 'string' ? Date.parse(details.retryAt) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(1, Math.ceil((at - now) / 1000));
}
