/** In how many seconds it may help to ask again, as far as an error says. */
import type { Json } from '../../core/data/json.ts';
import type { Problem } from './problem.ts';

/** What passes by itself: a store that stumbles or is away, a node that ends or has to join anew. */
const passing: ReadonlySet<string> = new Set([
  'STORE_FAILED',
  'STORE_UNREACHABLE',
  'DIRECTORY_HELD',
  'NODE_FENCED',
  'RUN_ELSEWHERE',
  'ENGINE_CLOSED',
]);

/** Where nobody can say more. */
const usual = 5;

export function retryAfter({ code, details }: Pick<Problem, 'code' | 'details'>, now: number): number | undefined {
  return toldIn(details, now) ?? (passing.has(code) ? usual : undefined);
}

function toldIn(details: Json | undefined, now: number): number | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  if ('retry_after' in details && typeof details.retry_after === 'number') return details.retry_after;
  const at = 'retryAt' in details && typeof details.retryAt === 'string' ? Date.parse(details.retryAt) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(1, Math.ceil((at - now) / 1000));
}
