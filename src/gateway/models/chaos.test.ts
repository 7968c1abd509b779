/**
 * Whatever providers, callers and the clock do in whatever order: every grant is settled once, nothing is left behind,
 * what was answered is what somebody said in full, and a stream ends in one of its two ways.
 */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import type { Reply } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { ProviderType } from '../config/model.ts';
import { Books, callOf, model, modelsOf, provider, secret, wires } from './fixtures/rig.ts';
import type { ModelCall, ModelEvent } from './model-call.ts';
import type { Models } from './models.ts';

const whole = 'one two three';
const pieces = ['one ', 'two ', 'three'];

const replies: readonly (() => Reply)[] = [
  () => answer(pieces),
  () => answer(pieces),
  () => answer(pieces, { usage: 'none' }),
  () => answer(['one ', 'two ', new Gate(), 'three']),
  () => answer(''),
  () => status(400, 'no'),
  () => status(401, `no ${secret}`),
  () => status(429, 'wait', { 'retry-after': '2' }),
  () => status(429, 'wait'),
  () => status(500, 'oh'),
  () => status(503, 'oh', { 'retry-after': '1' }),
  () => ({ is: 'hang' }),
  () => ({ is: 'cut', after: [] }),
  () => ({ is: 'cut', after: ['one '] }),
  () => ({ is: 'unfinished', after: ['one ', 'two '] }),
  () => ({ is: 'stream_error', after: ['one '], message: `oh ${secret}` }),
  () => ({ is: 'body', body: '{"half":' }),
  () => ({ is: 'body', body: '<html></html>', contentType: 'text/html' }),
];

interface Plan {
  readonly types: readonly ProviderType[];
  readonly replies: readonly number[];
  readonly calls: readonly {
    readonly how: 'call' | 'stream';
    readonly retries: number;
    /** The reader leaves after so many events. */
    readonly leaves: number | undefined;
    /** The caller aborts after so many moves of the clock. */
    readonly aborts: number | undefined;
  }[];
  readonly hedge: boolean;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  types: fc.array(fc.constantFrom(...wires), { minLength: 1, maxLength: 3 }),
  replies: fc.array(fc.nat(replies.length - 1), { minLength: 1, maxLength: 12 }),
  calls: fc.array(
    fc.record({
      how: fc.constantFrom('call' as const, 'stream' as const),
      retries: fc.nat(2),
      leaves: fc.option(fc.nat(3), { nil: undefined, freq: 4 }),
      aborts: fc.option(fc.nat(4), { nil: undefined, freq: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  hedge: fc.boolean(),
});

async function consume(models: Models, call: ModelCall, { how, leaves }: Plan['calls'][number]): Promise<void> {
  if (how === 'call') {
    const { text, tried } = await models.call(call);
    assert.equal(text, whole);
    assert.ok(!JSON.stringify(tried).includes(secret));
    return;
  }
  const events: ModelEvent[] = [];
  for await (const event of models.stream(call)) {
    events.push(event);
    if (leaves !== undefined && events.length > leaves) return;
  }
  const last = events.at(-1);
  const texts = events.flatMap((event) => (event.is === 'text' ? [event.text] : []));
  assert.equal(texts.length, events.length - 1, 'an end in the middle');
  if (last?.is === 'answer') assert.deepEqual([last.answer.text, texts.join('')], [whole, whole]);
  else assert.ok(last?.is === 'error' && whole.startsWith(texts.join('')) && texts.length > 0 && !last.message.includes(secret));
}

/** What a call may come to besides its answer. */
function isTold(error: unknown, aborted: boolean): boolean {
  if (error instanceof ContinuoError)
    return /^(PROVIDER_|KEY_REFUSED)/.test(error.code) && !JSON.stringify([error.message, error.stack, error.details]).includes(secret);
  return aborted && error instanceof Error && error.message === 'given up';
}

async function play(plan: Plan): Promise<void> {
  await using server = await ModelServer.start();
  const clock = new SimulatedClock();
  let at = 0;
  server.otherwise(() => replies[plan.replies[at++ % plan.replies.length] ?? 0]?.() ?? answer(pieces));
  const providers = plan.types.map((type, index) => provider(server.url, `p${index}`, { type }));
  const models = modelsOf(clock, model(providers, plan.hedge ? { hedgeAfter: 400 } : {}));
  const guard = new Books();
  const aborts = plan.calls.map(() => new AbortController());
  const open = new Set(plan.calls.keys());
  const calls = plan.calls.map(async (each, index) => {
    const signal = aborts[index]?.signal;
    const call = callOf({ guard, retries: { max: each.retries, maxDelay: 5000 }, ...(signal === undefined ? {} : { signal }) });
    try {
      await consume(models, call, each);
    } catch (error) {
      if (!isTold(error, signal?.aborted ?? false)) throw error;
    } finally {
      open.delete(index);
    }
  });
  const all = Promise.all(calls);
  all.catch(() => {});
  for (let moves = 0; open.size > 0; moves += 1) {
    for (let turns = 0; turns < 40 && open.size > 0; turns += 1) await turn();
    for (const [index, { aborts: when }] of plan.calls.entries()) if (when === moves) aborts[index]?.abort(new Error('given up'));
    clock.step();
    assert.ok(moves < 10_000, 'the calls do not end');
  }
  await all;
  assert.equal(guard.open, 0, 'a grant was not settled');
  assert.equal(clock.next, undefined, 'an alarm is left');
  // No circuit is stuck: an hour later everybody is asked again.
  clock.advance(3_600_000);
  server.otherwise(answer(pieces));
  for (const { name } of providers) assert.equal((await models.call(callOf({ only: [name] }))).text, whole);
}

suite('models in chaos', () => {
  test('every grant is settled, nothing is left behind, and only whole answers are answers', async () => {
    await fc.assert(fc.asyncProperty(plans, play), { numRuns: 80, interruptAfterTimeLimit: 60_000 });
  });

  test('many calls at once under one signal keep apart', async () => {
    await using server = await ModelServer.start();
    server.otherwise((name) => answer(`from ${name}`));
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]));
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 100 }, (_, at) => models.call(callOf({ signal, extraBody: { user: `u${at}` } }))));
    await turn();
    process.off('warning', warned);
    assert.deepEqual([warnings, getEventListeners(signal, 'abort')], [[], []]);
    assert.equal(new Set(server.requests.map(({ body }) => body['user'])).size, 100);
  });
});
