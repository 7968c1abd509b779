/**
 * Asking the providers of a model, one after the other, until one answers.
 *
 * G1. A provider is asked again only when its last failure may pass; others are asked at once.
 * G2. Whoever passes a circuit tells it what came of it, once.
 * G3. At most two requests are out at the same time, and two only when hedging; when the first good answer is there,
 *     or something was thrown, nothing of this call is out any more.
 * G4. The caller's abort and what a guard throws end the call: they are nobody's failure.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Failure } from './failure.ts';
import { Leash } from './leash.ts';
import type { Line } from './lines.ts';
import { sleep } from './sleep.ts';

export type Outcome<A> =
  { readonly is: 'answer'; readonly answer: A } | { readonly is: 'failure'; readonly failure: Failure } | { readonly is: 'aborted' };

export interface Trial {
  readonly line: Line;
  readonly failure: Failure | { readonly code: 'PROVIDER_RESTING'; readonly sentence: string; readonly until?: number };
}

export interface Asking<A> {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  readonly retries: { readonly max: number; readonly maxDelay: number };
  readonly hedgeAfter: number | undefined;
  /** Of a stream only the beginning: what comes of it is told to the circuit by whoever reads it. */
  readonly answers: 'whole' | 'begun';
  /** No retry begins after this time. */
  readonly until: number;
  /** One request. It throws only what ends the whole call. */
  readonly attempt: (line: Line, leash: Leash) => Promise<Outcome<A>>;
  /** Two answered at once, and this one is not wanted. */
  readonly discard: (answer: A) => Promise<void>;
}

export type Asked<A> =
  | { readonly is: 'answer'; readonly answer: A; readonly line: Line; readonly tried: readonly Trial[] }
  | { readonly is: 'failure'; readonly tried: readonly Trial[] };

export async function ask<A>(lines: readonly Line[], asking: Asking<A>): Promise<Asked<A>> {
  const { clock, signal } = asking;
  const tried: Trial[] = [];
  let left = lines;
  for (let round = 0; ; round += 1) {
    const found = await askEach(left, asking, tried);
    if (found !== undefined) return found;
    left = left.filter((line) => mayPass(line, tried));
    const wait = waitBefore(round + 1, left, asking);
    if (wait === undefined) return { is: 'failure', tried };
    await sleep(clock, wait, signal);
  }
}

function mayPass(line: Line, tried: readonly Trial[]): boolean {
  const last = tried.findLast((trial) => trial.line === line);
  return last === undefined || !('again' in last.failure) || last.failure.again;
}

const firstDelay = 250;

/** Milliseconds until the next round; undefined when there is none. */
function waitBefore<A>(round: number, left: readonly Line[], { clock, random, retries, until }: Asking<A>): number | undefined {
  if (left.length === 0 || round > retries.max) return undefined;
  const now = clock.now();
  const opens = Math.min(...left.map((line) => line.circuit.opensAt(now))) - now;
  const backoff = Math.min(retries.maxDelay, firstDelay * 2 ** (round - 1)) * (0.5 + random() / 2);
  const wait = Math.max(opens, backoff);
  return wait > retries.maxDelay || now + wait >= until ? undefined : wait;
}

interface Running<A> {
  readonly line: Line;
  readonly leash: Leash;
  readonly done: Promise<{ readonly of: Running<A>; readonly outcome: Outcome<A> } | { readonly of: Running<A>; readonly thrown: unknown }>;
}

/** One round: each line once, the next one when the one before has failed or is slow. */
async function askEach<A>(lines: readonly Line[], asking: Asking<A>, tried: Trial[]): Promise<Asked<A> | undefined> {
  const waiting = [...lines];
  const running = new Set<Running<A>>();
  const startNext = (): void => {
    if (asking.clock.now() >= asking.until) waiting.length = 0;
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      const started = start(line, asking, tried);
      if (started === undefined) continue;
      running.add(started);
      return;
    }
  };
  try {
    for (;;) {
      asking.signal?.throwIfAborted();
      if (running.size === 0) startNext();
      if (running.size === 0) return undefined;
      const event = await nextEvent(running, waiting.length > 0, asking);
      if (event === 'slow') {
        startNext();
        continue;
      }
      running.delete(event.of);
      if ('thrown' in event) throw event.thrown;
      if (event.outcome.is === 'answer') return { is: 'answer', answer: event.outcome.answer, line: event.of.line, tried };
      if (event.outcome.is === 'failure') tried.push({ line: event.of.line, failure: event.outcome.failure });
    }
  } finally {
    if (running.size > 0) await giveUp(running, asking);
  }
}

function start<A>(line: Line, asking: Asking<A>, tried: Trial[]): Running<A> | undefined {
  const { clock, signal, answers } = asking;
  const entry = line.circuit.enter(clock.now());
  if (entry.is === 'resting') {
    if (!tried.some((trial) => trial.line === line))
      tried.push({
        line,
        failure: { code: 'PROVIDER_RESTING', sentence: entry.why, ...(entry.until === undefined ? {} : { until: entry.until }) },
      });
    return undefined;
  }
  const leash = new Leash(clock, signal);
  const running: Running<A> = {
    line,
    leash,
    done: asking.attempt(line, leash).then(
      (outcome) => {
        if (outcome.is === 'answer') line.circuit[answers === 'whole' ? 'answered' : 'begun']();
        else if (outcome.is === 'failure') line.circuit.failed(outcome.failure, clock.now());
        else line.circuit.left(clock.now());
        return { of: running, outcome };
      },
      (thrown: unknown) => {
        line.circuit.left(clock.now());
        leash.abort();
        return { of: running, thrown };
      },
    ),
  };
  return running;
}

type Event<A> = 'slow' | Awaited<Running<A>['done']>;

/** The first that is done; or `slow` when one alone is out for too long and another could be asked. */
function nextEvent<A>(running: ReadonlySet<Running<A>>, more: boolean, { clock, hedgeAfter }: Asking<A>): Promise<Event<A>> {
  const done = [...running].map((each) => each.done);
  const [only] = done;
  if (only === undefined || done.length > 1) return Promise.race(done);
  return hedgeAfter === undefined || !more ? only : orSlow(only, clock, hedgeAfter);
}

async function orSlow<E>(done: Promise<E>, clock: Clock, hedgeAfter: number): Promise<E | 'slow'> {
  let stop = (): void => {};
  const slow = new Promise<'slow'>((resolve) => {
    stop = clock.at(clock.now() + hedgeAfter, () => resolve('slow'));
  });
  try {
    return await Promise.race([done, slow]);
  } finally {
    stop();
  }
}

/** Their bills are settled before anybody hears of the answer; one that cannot be is not worth the answer. */
async function giveUp<A>(running: ReadonlySet<Running<A>>, { discard }: Asking<A>): Promise<void> {
  for (const { leash } of running) leash.abort();
  for (const { done } of running) {
    const event = await done;
    if ('outcome' in event && event.outcome.is === 'answer') await discard(event.outcome.answer);
  }
}
