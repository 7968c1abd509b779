/**
 * Asks how runs stand, at fixed times: one that is answered late does not hold the next one up. Its time counts from when it
 * was asked; how much later than due that was is told apart, for timers know whole milliseconds only.
 */
import { setTimeout } from 'node:timers/promises';
import { percentile } from '../measure.ts';
import { runNamed } from './at-work.ts';
import type { HowFar } from './serving.ts';
import { endWith, say, told } from './part-process.ts';
import { requester } from './requests.ts';

export interface StatusLoad {
  readonly url: string;
  readonly key: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface StatusTimes {
  readonly p50: number;
  readonly p99: number;
  /** How late it was asked (p99). */
  readonly late: number;
  /** Answers that were not how the run stands. */
  readonly wrong: number;
}

// Whoever starts this script says it in this form.
const { url, key, perSecond, seconds } = told() as StatusLoad;
const ask = requester(256);
const headers = { authorization: `Bearer ${key}` };
/** Of the newest, which are under way or have just ended. */
const among = 2000;

endWith(async () => undefined);
process.on('message', ({ started }: HowFar) => void measured(started));

async function measured(started: number): Promise<void> {
  const times: number[] = [];
  const late: number[] = [];
  let wrong = 0;
  const one = async (due: number): Promise<void> => {
    const asked = performance.now();
    late.push(asked - due);
    const run = runNamed(Math.max(0, started - 1 - Math.floor(Math.random() * among)));
    const { status, text } = await ask({ method: 'GET', url: `${url}/api/v1/workflows/${run}`, headers });
    times.push(performance.now() - asked);
    if (status !== 200 || !text.includes(run)) wrong++;
  };
  const began = performance.now();
  const asked: Promise<void>[] = [];
  const count = perSecond * seconds;
  while (asked.length < count) {
    const due = began + (asked.length * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await setTimeout(wait);
    else asked.push(one(due));
  }
  await Promise.all(asked);
  const result: StatusTimes = { p50: percentile(times, 0.5), p99: percentile(times, 0.99), late: percentile(late, 0.99), wrong };
  say(result);
}
