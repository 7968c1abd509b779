/**
 * A paid job at a provider: intent → submitted → fetched, each recorded before the next.
 *
 * G1. `submit` is called only after the intent is durable, and its answer is recorded
 *     before anything else happens.
 * G2. An intent without an answer means that nobody knows. With an idempotent provider
 *     it is submitted again under the same key; with `find` it is looked up; otherwise
 *     a person is asked. It is never submitted blindly a second time.
 */
import { toJson, type Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { AgentContext, Job } from '../ports/agent.ts';
import type { Held } from './held.ts';
import { mustCount } from './must-count.ts';
import type { Surroundings } from './surroundings.ts';
import { effect } from './traces/effects.ts';

const shortestWait = 50;

export async function runJob<T, J extends Json>(
  hand: Held,
  name: string,
  job: Job<T, J>,
  ctx: AgentContext,
  around: Surroundings,
): Promise<T> {
  const known = hand.records[name];
  // Recorded values went through JSON; they are what this job's functions gave.
  if (known?.is === 'value') return (await around.patiently(hand, () => around.open(known.value))) as T;
  // Whoever was overtaken, or has ended, buys nothing more.
  await mustCount(hand, around);
  const settle = await reserveFor(hand, name, job, around);
  const fetched = await effect(around, hand, { name, kind: 'job' }, async () => {
    const id = known?.is === 'submitted' ? (known.job as J) : await submit({ hand, name, ctx, around }, job, known?.is === 'intended');
    await finished(job, id, ctx);
    return job.fetch(id);
  });
  const value = toJson(fetched, `job(${JSON.stringify(name)})`);
  await around.patiently(hand, async () => hand.tell({ type: 'record', ref: hand.ref, name, value: await around.payload(value) }));
  await settle?.(typeof job.cost === 'object' ? job.cost.actual(fetched) : (job.cost ?? 0));
  return value as T;
}

/** M3: under the job's own name, since an attempt that is made again takes up the same job. */
async function reserveFor<T, J extends Json>(
  hand: Held,
  name: string,
  { cost }: Job<T, J>,
  around: Surroundings,
): Promise<((actual: number) => Promise<void>) | undefined> {
  if (cost === undefined) return undefined;
  const settle = await around.patiently(hand, () => hand.reserve(`job/${name}`, typeof cost === 'object' ? cost.atMost : cost));
  return async (actual) => around.patiently(hand, () => settle(actual));
}

interface Submission {
  readonly hand: Held;
  readonly name: string;
  readonly ctx: AgentContext;
  readonly around: Surroundings;
}

async function submit<T, J extends Json>({ hand, name, ctx, around }: Submission, job: Job<T, J>, intended: boolean): Promise<J> {
  const { ref } = hand;
  const key = `${ctx.idempotencyKey}:${name}`;
  const found = intended && job.find !== undefined ? await job.find(key) : undefined;
  if (intended && found === undefined && job.find === undefined && job.idempotent !== true) {
    throw new ContinuoError(
      'JOB_UNKNOWN',
      `job ${JSON.stringify(name)} of ${hand.key} may or may not have reached its provider (key ${key})`,
      { name, key },
    );
  }
  if (!intended) await around.patiently(hand, () => hand.tell({ type: 'intend-job', ref, name }));
  const id = found ?? (await job.submit(key));
  const known = toJson(id, `job(${JSON.stringify(name)}).submit`);
  await around.patiently(hand, () => hand.tell({ type: 'submit-job', ref, name, job: known }));
  return id;
}

async function finished<T, J extends Json>(job: Job<T, J>, id: J, ctx: AgentContext): Promise<void> {
  for (;;) {
    ctx.heartbeat();
    const state = job.poll === undefined ? 'done' : await job.poll(id);
    if (state === 'done') return;
    if (state.progress !== undefined) ctx.progress(state.progress);
    await ctx.sleep(Math.max(shortestWait, state.wait));
  }
}
