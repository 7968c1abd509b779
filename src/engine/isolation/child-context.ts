/**
 * The context that an agent sees in a process of its own.
 *
 * What is recorded crosses as the JSON that the engine makes of it, because structured clone would drop what a
 * `toJSON` says. Everything else crosses by structured clone.
 */
import { inspect } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { NotJsonError, toJson, type Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentBlobs, AgentBudget, AgentContext, Job } from '../../ports/agent.ts';
import type { Callback, Facts, Fetched, ParentSide } from './protocol.ts';
import type { Peer } from './peer.ts';
import { toWire } from './wire-error.ts';

type Lent = (...args: never[]) => unknown;

/** The agent's functions that the engine may call at the moment. */
export class Callbacks {
  readonly #lent = new Map<Callback, Lent>();
  #last = 0;

  /** What is kept during `use` can be called until `use` is over. */
  async lend<T>(use: (keep: (fn: Lent) => Callback) => Promise<T>): Promise<T> {
    const mine: Callback[] = [];
    const keep = (fn: Lent): Callback => {
      const number = ++this.#last;
      this.#lent.set(number, fn);
      mine.push(number);
      return number;
    };
    try {
      return await use(keep);
    } finally {
      for (const number of mine) this.#lent.delete(number);
    }
  }

  invoke(callback: Callback, args: readonly unknown[]): unknown {
    const fn = this.#lent.get(callback);
    if (fn === undefined) throw new Error('the engine called a function of the agent after the call that lent it was over');
    return Reflect.apply(fn, undefined, args);
  }
}

/** As the engine would write it down; undefined stays undefined. */
export function asJson(value: unknown, where: string): Json | undefined {
  if (value === undefined) return undefined;
  try {
    return toJson(value, where);
  } catch (error) {
    throw error instanceof NotJsonError ? new ContinuoError('OUTPUT_NOT_JSON', error.message) : error;
  }
}

export function childContext(facts: Facts, parent: Peer<ParentSide>, callbacks: Callbacks, signal: AbortSignal): AgentContext {
  return {
    ...facts,
    signal,
    blobs: blobs(parent, callbacks),
    budget: budget(parent),
    once: <T>(name: string, fn: () => Promise<T> | T) =>
      callbacks.lend(async (keep) => {
        const body = keep(async () => asJson(await fn(), `once(${JSON.stringify(name)})`));
        // Recorded under this name is what this function gave, now or in an earlier attempt.
        return (await parent.call('once', name, body)) as T;
      }),
    job: (name, job) => callJob(name, job, parent, callbacks),
    emit: async (name, data) => parent.call('emit', name, asJson(data, `emit(${JSON.stringify(name)})`)),
    stream: (chunk) => parent.tell('stream', chunk),
    progress: (share, message) => parent.tell('progress', share, message),
    heartbeat: () => parent.tell('heartbeat'),
    log: (message, data) => log(message, data, parent),
    sleep: (milliseconds) => sleep(milliseconds, signal),
    infer: async (fn, input, options) => (await parent.call('inference', fn, input, options)).output,
    inference: (fn, input, options) => parent.call('inference', fn, input, options),
    rate: (metric, value, inferenceId) => parent.call('rate', metric, value, inferenceId),
    tool: (server, name, args) => parent.call('tool', server, name, args),
  };
}

function callJob<T, J extends Json>(name: string, job: Job<T, J>, parent: Peer<ParentSide>, callbacks: Callbacks): Promise<T> {
  const { poll, find, cost, idempotent } = job;
  const fetch = async (handle: J): Promise<Fetched> => {
    const result = await job.fetch(handle);
    const value = asJson(result, `job(${JSON.stringify(name)})`);
    return { value, ...(typeof cost === 'object' ? { cost: priced(() => cost.actual(result)) } : {}) };
  };
  return callbacks.lend(async (keep) => {
    const answer = await parent.call('job', name, {
      submit: keep((key: string) => job.submit(key)),
      fetch: keep(fetch),
      ...(poll === undefined ? {} : { poll: keep((handle: J) => job.poll?.(handle)) }),
      ...(find === undefined ? {} : { find: keep((key: string) => job.find?.(key)) }),
      ...(idempotent === undefined ? {} : { idempotent }),
      ...(cost === undefined ? {} : { cost: typeof cost === 'number' ? cost : { atMost: cost.atMost } }),
    });
    // Recorded under this name is what this job's `fetch` gave, now or in an earlier attempt.
    return answer as T;
  });
}

function priced(actual: () => number): NonNullable<Fetched['cost']> {
  try {
    return { amount: actual() };
  } catch (error) {
    return { error: toWire(error) };
  }
}

function blobs(parent: Peer<ParentSide>, callbacks: Callbacks): AgentBlobs {
  return {
    put: (bytes, type) => {
      if (typeof bytes === 'string' || bytes instanceof Uint8Array) return parent.call('putBlob', bytes, type);
      const iterator = bytes[Symbol.asyncIterator]();
      const pull = async (): Promise<Uint8Array | undefined> => {
        const { done, value } = await iterator.next();
        if (done === true) return undefined;
        if (value instanceof Uint8Array) return value;
        throw new TypeError('blobs.put takes an async iterable of Uint8Array; this one gave something else');
      };
      return callbacks.lend(async (keep) => {
        try {
          return await parent.call('putChunks', keep(pull), type);
        } catch (error) {
          void abandon(iterator);
          throw error;
        }
      });
    },
    get: (ref) => parent.call('getBlob', ref),
    text: (ref) => parent.call('blobText', ref),
    path: (ref) => parent.call('blobPath', ref),
  };
}

/** Not awaited: a source that is stuck must not keep the error from the agent. */
async function abandon(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The error that made it be abandoned is the one that counts.
  }
}

function budget(parent: Peer<ParentSide>): AgentBudget {
  return {
    reserve: async (amount) => {
      const reserved = await parent.call('reserve', amount);
      if (!reserved.granted) return reserved;
      return { granted: true, settle: (spent) => parent.call('settle', reserved.reservation, spent) };
    },
    spent: () => parent.call('spent'),
  };
}

/** A line of the log is never a reason to fail. */
function log(message: string, data: unknown, parent: Peer<ParentSide>): void {
  try {
    parent.tell('log', message, data);
  } catch {
    parent.tell('log', message, inspect(data));
  }
}

// What a timer of Node can hold; a longer one would fire at once.
const longestTimer = 2 ** 31 - 1;

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + milliseconds;
  try {
    for (let left = milliseconds; left > 0; left = end - performance.now()) await wait(Math.min(left, longestTimer), undefined, { signal });
  } finally {
    // The reason says more than the timer's own AbortError.
    signal.throwIfAborted();
  }
}
