/**
 * How a call is refused for money or for its rate.
 *
 * BUDGET_EXCEEDED has the details `{ of, onLimit, needed, left }`, as a run's own budget has them. `of` is `run` or
 * `step` for those, and `budget NAME` for one of the configuration. With `onLimit: "degrade"` it is not a failure
 * but a signal: the caller chooses something cheaper, or rules. `degradeIn` knows it.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Taken } from '../../ports/ledger.ts';
import type { Budget, Limit, RateLimit } from './limits.ts';
import type { Tags } from './scopes.ts';

export type Refusal = Extract<Taken, { granted: false }>;

export interface Degrade {
  /** `budget NAME`, or `run` for what the agent holds in its hand. */
  readonly of: string;
  readonly needed: number;
  readonly left: number;
}

/** Whether an error says to go on with something cheaper. */
export function degradeIn(error: unknown): Degrade | undefined {
  if (!(error instanceof ContinuoError) || error.code !== 'BUDGET_EXCEEDED') return undefined;
  const { details } = error;
  if (typeof details !== 'object' || details === null || !('onLimit' in details) || details.onLimit !== 'degrade') return undefined;
  if (!('of' in details && 'needed' in details && 'left' in details) || typeof details.of !== 'string') return undefined;
  return { of: details.of, needed: Number(details.needed), left: Number(details.left) };
}

/** The run's budget is too small and says to degrade. */
export function purseEmpty(tags: Tags, needed: number, left: number): ContinuoError {
  return new ContinuoError('BUDGET_EXCEEDED', `${callOf(tags)} may need ${dollars(needed)}, and its run has ${dollars(left)} left`, {
    of: 'run',
    onLimit: 'degrade',
    needed,
    left,
  });
}

export function refused(limit: Limit, refusal: Refusal, needed: number, tags: Tags, now: number): ContinuoError {
  return limit.is === 'budget' ? overBudget(limit, refusal, needed, tags) : overRate(limit, refusal, needed, tags, now);
}

function overBudget({ name, whom, onLimit, capacity, renewsAt }: Budget, refusal: Refusal, needed: number, tags: Tags): ContinuoError {
  const left = Math.max(0, refusal.left);
  const renewed = renewsAt === undefined ? '' : `; it is renewed at ${new Date(renewsAt).toISOString()}`;
  // The limit is the configuration's, and raised there; the run that needs it waits for somebody's word.
  const raise = onLimit === 'ask' ? ': raise its limit_usd if that is right, then answer "retry"' : '';
  return new ContinuoError(
    'BUDGET_EXCEEDED',
    `${callOf(tags)} may need ${dollars(needed)}, and budget ${JSON.stringify(name)} (${whom}) has ${dollars(left)} of ${dollars(capacity)} left${renewed}${raise}`,
    { of: `budget ${name}`, onLimit, needed, left, ...(renewsAt === undefined ? {} : { renewsAt: new Date(renewsAt).toISOString() }) },
  );
}

function overRate({ name, whom, capacity }: RateLimit, { left, retryAt }: Refusal, needed: number, tags: Tags, now: number): ContinuoError {
  const what = `${callOf(tags)} needs ${amount(needed)} of rate limit ${name} (${whom}), which has ${amount(Math.max(0, left))} of ${amount(capacity)} left`;
  if (retryAt === undefined)
    return new ContinuoError('RATE_LIMITED', `${what}: it never has that much, so raise it or lower max_tokens`, { limit: name });
  const at = new Date(retryAt).toISOString();
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return new ContinuoError('RATE_LIMITED', `${what}: there is enough in ${seconds} s, at ${at}`, { limit: name, retryAt: at }, true);
}

/** Whose call it is, as far as the tags say. */
function callOf(tags: Tags): string {
  const { function: fn, model, provider } = tags;
  const to = [model === undefined ? '' : `model ${model}`, provider === undefined ? '' : `provider ${provider}`].filter(
    (one) => one !== '',
  );
  return [fn === undefined ? 'a call' : `function ${fn}`, to.length === 0 ? '' : `(${to.join(', ')})`]
    .filter((one) => one !== '')
    .join(' ');
}

function dollars(sum: number): string {
  return `$${sum.toFixed(4)}`;
}

function amount(count: number): string {
  return String(Number(count.toFixed(4)));
}
