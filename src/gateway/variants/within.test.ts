import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { VariantCall } from './variant-call.ts';
import { isCancelled, within } from './within.ts';

// What `within` does not look at is not there.
const callWith = (signal: AbortSignal | undefined): VariantCall => ({ fn: { name: 'talk' }, signal }) as VariantCall;

const untilAborted = ({ signal }: VariantCall): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

test('work that is done in time leaves no alarm behind', async () => {
  const clock = new SimulatedClock();
  assert.equal(await within(clock, 1000, callWith(undefined), async () => 'done'), 'done');
  assert.equal(clock.next, undefined);
});

test('work that takes longer is cancelled, and called late', async () => {
  const clock = new SimulatedClock();
  let seen: VariantCall | undefined;
  const work = within(clock, 1000, callWith(undefined), (call) => untilAborted((seen = call)));
  clock.advance(1000);
  await assert.rejects(work, { code: 'PROVIDER_TIMED_OUT', message: /talk.*1000 ms/, retryable: true });
  assert.equal(seen === undefined || isCancelled(seen), false);
});

test('what is there when the time is up is an answer all the same', async () => {
  const clock = new SimulatedClock();
  const work = within(clock, 1000, callWith(undefined), (call) => untilAborted(call).catch(() => 'what there is'));
  clock.advance(1000);
  assert.equal(await work, 'what there is');
});

test('what the caller cancels ends with the caller’s reason', async () => {
  const clock = new SimulatedClock();
  const abort = new AbortController();
  let seen: VariantCall | undefined;
  const work = within(clock, 1000, callWith(abort.signal), (call) => untilAborted((seen = call)));
  abort.abort(new Error('gone'));
  await assert.rejects(work, /gone/);
  assert.ok(seen !== undefined && isCancelled(seen));
  assert.equal(clock.next, undefined);
});

test('without a limit the work is left alone', async () => {
  const call = callWith(undefined);
  assert.equal(await within(new SimulatedClock(), undefined, call, async (same) => same === call), true);
});
