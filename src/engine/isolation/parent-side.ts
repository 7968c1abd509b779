/**
 * Carries out in the engine's process what an attempt's process asks of its context.
 *
 * A callback into a process that has died rejects with AGENT_CRASHED. For `job.submit` that means what a crash of the
 * engine means there: nobody knows whether the provider has it.
 */
import type { Json } from '../../core/data/json.ts';
import type { AgentContext, Job, Reserved } from '../../ports/agent.ts';
import type { Callback, ChildSide, Facts, Fetched, JobByNumber, ParentSide } from './protocol.ts';
import { fromWire } from './wire-error.ts';

type Invoke = (callback: Callback, args: readonly unknown[]) => Promise<unknown>;

export function factsOf(ctx: AgentContext): Facts {
  const { runId, project, workflow, stepId, item, visit, attempt, feedback, idempotencyKey, traceparent } = ctx;
  return { runId, project, workflow, stepId, item, visit, attempt, feedback, idempotencyKey, traceparent };
}

export function parentSide(ctx: AgentContext, invoke: (...args: Parameters<ChildSide['invoke']>) => Promise<unknown>): ParentSide {
  const reservations = new Map<number, Reserved>();
  return {
    once: (name, body) => ctx.once(name, () => invoke(body, [])),
    job: (name, job) => ctx.job(name, jobFrom(job, invoke)),
    putBlob: (bytes, type) => ctx.blobs.put(bytes, type),
    putChunks: (pull, type) => ctx.blobs.put(chunks(pull, invoke), type),
    getBlob: (ref) => ctx.blobs.get(ref),
    blobText: (ref) => ctx.blobs.text(ref),
    blobPath: (ref) => ctx.blobs.path(ref),
    reserve: async (amount) => {
      const reserved = await ctx.budget.reserve(amount);
      if (!reserved.granted) return reserved;
      const reservation = reservations.size;
      reservations.set(reservation, reserved);
      return { granted: true, reservation };
    },
    settle: async (reservation, amount) => reservations.get(reservation)?.settle(amount),
    spent: () => ctx.budget.spent(),
    emit: (name, data) => ctx.emit(name, data),
    stream: (chunk) => ctx.stream(chunk),
    progress: (share, message) => ctx.progress(share, message),
    heartbeat: () => ctx.heartbeat(),
    log: (message, data) => ctx.log(message, data),
    inference: (fn, input, options) => ctx.inference(fn, input, options),
    rate: (metric, value, inferenceId) => ctx.rate(metric, value, inferenceId),
    tool: (server, name, args) => ctx.tool(server, name, args),
  };
}

function jobFrom({ submit, poll, fetch, find, idempotent, cost }: JobByNumber, invoke: Invoke): Job<unknown> {
  let paid: Fetched['cost'];
  const actual = (atMost: number): number => {
    // A result that was not fetched here cannot be priced here: the child alone has the function.
    if (paid === undefined) return atMost;
    if ('error' in paid) throw fromWire(paid.error);
    return paid.amount;
  };
  return {
    // These four are the job's own functions on the other side: what comes back has the type that they declare.
    submit: (key) => invoke(submit, [key]) as Promise<Json>,
    ...(poll === undefined ? {} : { poll: (job: Json) => invoke(poll, [job]) as ReturnType<NonNullable<Job<unknown>['poll']>> }),
    fetch: async (job) => {
      const fetched = (await invoke(fetch, [job])) as Fetched;
      paid = fetched.cost;
      return fetched.value;
    },
    ...(find === undefined ? {} : { find: (key: string) => invoke(find, [key]) as Promise<Json | undefined> }),
    ...(idempotent === undefined ? {} : { idempotent }),
    ...(cost === undefined ? {} : { cost: typeof cost === 'number' ? cost : { atMost: cost.atMost, actual: () => actual(cost.atMost) } }),
  };
}

/** Pulled one by one, so that the store's pace is the agent's. */
async function* chunks(pull: Callback, invoke: Invoke): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await invoke(pull, []);
    if (!(chunk instanceof Uint8Array)) return;
    yield chunk;
  }
}
