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
import type { Hand } from './hand.ts';
import type { Surroundings } from './surroundings.ts';

const shortestWait = 50;

export async function runJob<T, J extends Json>(
  hand: Hand,
  name: string,
  job: Job<T, J>,
  ctx: AgentContext,
  around: Surroundings,
): Promise<T> {
  const known = hand.work.records[name];
  // Recorded values went through JSON; they are what this job's functions gave.
  if (known?.is === 'value') return (await around.open(known.value)) as T;
  const money = await reserveFor(job, ctx);
  const id = known?.is === 'submitted' ? (known.job as J) : await submit(hand, name, job, ctx, known?.is === 'intended');
  await finished(job, id, ctx);
  const fetched = await job.fetch(id);
  const value = toJson(fetched, `job(${JSON.stringify(name)})`);
  await hand.actor.submit({ type: 'record', ref: hand.ref, name, value: await around.payload(value) });
  await money?.settle(typeof job.cost === 'object' ? job.cost.actual(fetched) : (job.cost ?? 0));
  return value as T;
}

async function reserveFor<T, J extends Json>(
  job: Job<T, J>,
  ctx: AgentContext,
): Promise<{ settle(amount: number): Promise<void> } | undefined> {
  if (job.cost === undefined) return undefined;
  const reserved = await ctx.budget.reserve(typeof job.cost === 'object' ? job.cost.atMost : job.cost);
  if (reserved.granted) return reserved;
  throw new ContinuoError(
    'BUDGET_EXCEEDED',
    `a job of step ${ctx.stepId} does not fit into what the budget has left ($${reserved.left.toFixed(4)})`,
  );
}

async function submit<T, J extends Json>(hand: Hand, name: string, job: Job<T, J>, ctx: AgentContext, intended: boolean): Promise<J> {
  const key = `${ctx.idempotencyKey}:${name}`;
  const found = intended && job.find !== undefined ? await job.find(key) : undefined;
  if (intended && found === undefined && job.find === undefined && job.idempotent !== true) {
    throw new ContinuoError(
      'JOB_UNKNOWN',
      `job ${JSON.stringify(name)} of ${hand.work.key} may or may not have reached its provider (key ${key})`,
      { name, key },
    );
  }
  if (!intended) await hand.actor.submit({ type: 'intend-job', ref: hand.ref, name });
  const id = found ?? (await job.submit(key));
  await hand.actor.submit({ type: 'submit-job', ref: hand.ref, name, job: toJson(id, `job(${JSON.stringify(name)}).submit`) });
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
