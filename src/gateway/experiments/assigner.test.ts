import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Observation } from '../../ports/ledger.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { chance } from '../../../test/experiments/world.ts';
import type { ExperimentConfig, FunctionConfig } from '../config/model.ts';
import { Assigner } from './assigner.ts';
import type { Metrics } from './observe.ts';

const metrics: Metrics = { quality: { name: 'quality', type: 'boolean', optimize: 'max', level: 'inference' } };

const functionWith = (experiment: ExperimentConfig): FunctionConfig => ({
  name: 'writer',
  type: 'chat',
  schemas: {},
  tools: [],
  variants: {},
  experiment,
});
const fixed = functionWith({ type: 'static', candidates: { a: 70, b: 30 }, fallbacks: ['c', 'd'] });
const adaptive = functionWith({
  type: 'adaptive',
  algorithm: 'track_and_stop',
  metric: 'quality',
  candidates: ['a', 'b', 'c'],
  fallbacks: ['d'],
  guardrails: [],
  minSamples: 10,
  maxSamples: 10_000,
  delta: 0.05,
  epsilon: 0,
  minShare: 0,
  period: 60_000,
});

/** What a ledger knows of one function. */
class Known {
  readonly observed: Observation[] = [];
  readonly answered = new Map<string, string>();
  looks = 0;
  asked = 0;
  refusal: Error | undefined;

  async observations(): Promise<readonly Observation[]> {
    this.looks++;
    if (this.refusal !== undefined) throw this.refusal;
    return this.observed;
  }

  async assigned(episode: string): Promise<string | undefined> {
    this.asked++;
    if (this.refusal !== undefined) throw this.refusal;
    return this.answered.get(episode);
  }

  /** So many values of a variant, of which `yes` are yes. */
  see(variant: string, yes: number, of: number): void {
    for (let at = 0; at < of; at++) this.observed.push({ variant, value: (at * 7) % of < yes ? 1 : 0, at });
  }
}

function setUp(): { ledger: Known; clock: SimulatedClock; assigner: Assigner; troubles: unknown[] } {
  const [ledger, clock] = [new Known(), new SimulatedClock()];
  const troubles: unknown[] = [];
  return {
    ledger,
    clock,
    troubles,
    assigner: new Assigner({ ledger, metrics, clock, random: chance(1), told: (one) => troubles.push(one) }),
  };
}

const all = (): boolean => true;
const episodes = Array.from({ length: 300 }, (_, at) => `episode-${at}`);

async function firsts(assigner: Assigner, fn: FunctionConfig, variant: string): Promise<number> {
  const orders = await Promise.all(episodes.map(async (episode) => assigner.order(fn, episode, all)));
  return orders.filter(([first]) => first === variant).length / episodes.length;
}

suite('a static experiment', () => {
  test('gives each episode one candidate by weight, then the other, then the fallbacks as they are listed', async () => {
    const { assigner } = setUp();
    for (const episode of episodes.slice(0, 20)) {
      const found = await assigner.order(fixed, episode, all);
      assert.deepEqual(found.slice(2), ['c', 'd']);
      assert.deepEqual(found.slice(0, 2).toSorted(), ['a', 'b']);
      assert.deepEqual(await assigner.order(fixed, episode, all), found);
    }
    assert.ok(Math.abs((await firsts(assigner, fixed, 'a')) - 0.7) < 0.08);
  });

  test('never asks the ledger', async () => {
    const { assigner, ledger } = setUp();
    await firsts(assigner, fixed, 'a');
    assert.deepEqual([ledger.looks, ledger.asked], [0, 0]);
  });

  test('passes over what is not usable, and may have nothing left', async () => {
    const { assigner } = setUp();
    assert.deepEqual(await assigner.order(fixed, 'e', (variant) => variant === 'b' || variant === 'd'), ['b', 'd']);
    assert.deepEqual(await assigner.order(fixed, 'e', () => false), []);
  });

  test('tries a variant once that is a candidate and a fallback', async () => {
    const { assigner } = setUp();
    const fn = functionWith({ type: 'static', candidates: { a: 1 }, fallbacks: ['a', 'b'] });
    assert.deepEqual(await assigner.order(fn, 'e', all), ['a', 'b']);
  });
});

suite('an adaptive experiment', () => {
  test('explores evenly while there is little feedback', async () => {
    const { assigner } = setUp();
    for (const variant of ['a', 'b', 'c']) assert.ok(Math.abs((await firsts(assigner, adaptive, variant)) - 1 / 3) < 0.09);
  });

  test('keeps an episode with the variant that answered first in it, whatever is learnt', async () => {
    const { assigner, ledger, clock } = setUp();
    ledger.answered.set('e', 'c');
    assert.equal((await assigner.order(adaptive, 'e', all))[0], 'c');
    for (const [variant, yes] of [
      ['a', 190],
      ['b', 20],
      ['c', 20],
    ] as const)
      ledger.see(variant, yes, 200);
    clock.advance(60_000);
    assert.equal((await assigner.order(adaptive, 'e', all))[0], 'c');
    assert.equal(ledger.asked, 1, 'what the ledger said once is remembered');
    assert.equal(await firsts(assigner, adaptive, 'a'), 1, 'others go to the winner');
  });

  test('does not keep to a variant that is no candidate, or cannot be used now', async () => {
    const { assigner, ledger } = setUp();
    ledger.answered.set('e', 'rules');
    ledger.answered.set('f', 'b');
    assert.deepEqual((await assigner.order(adaptive, 'e', all)).toSorted(), ['a', 'b', 'c', 'd']);
    assert.deepEqual((await assigner.order(adaptive, 'f', (variant) => variant !== 'b')).toSorted(), ['a', 'c', 'd']);
  });

  test('draws the same in two processes that know the same', async () => {
    const [one, other] = [setUp(), setUp()];
    for (const { ledger } of [one, other]) for (const variant of ['a', 'b', 'c']) ledger.see(variant, variant === 'a' ? 6 : 8, 20);
    for (const episode of episodes.slice(0, 50))
      assert.deepEqual(await one.assigner.order(adaptive, episode, all), await other.assigner.order(adaptive, episode, all));
  });

  test('looks at the feedback once in a period, however many ask together', async () => {
    const { assigner, ledger, clock } = setUp();
    await firsts(assigner, adaptive, 'a');
    assert.equal(ledger.looks, 1);
    clock.advance(59_999);
    await firsts(assigner, adaptive, 'a');
    assert.equal(ledger.looks, 1);
    clock.advance(1);
    await firsts(assigner, adaptive, 'a');
    assert.equal(ledger.looks, 2);
    clock.jump(0);
    await assigner.order(adaptive, 'e', all);
    assert.equal(ledger.looks, 3, 'a clock that was set back');
  });

  test('tries the losers after the winner, and the fallbacks last', async () => {
    const { assigner, ledger } = setUp();
    ledger.see('a', 20, 200);
    ledger.see('b', 190, 200);
    ledger.see('c', 20, 200);
    const found = await assigner.order(adaptive, 'e', all);
    assert.deepEqual([found[0], found[3]], ['b', 'd']);
    assert.deepEqual(found.slice(1, 3).toSorted(), ['a', 'c']);
  });

  test('goes on with what it knew when the ledger stumbles, says so, and looks again a period later', async () => {
    const { assigner, ledger, clock, troubles } = setUp();
    ledger.see('a', 190, 200);
    ledger.see('b', 20, 200);
    ledger.see('c', 20, 200);
    await assigner.order(adaptive, 'e', all);
    ledger.refusal = new Error('the disk sulks');
    clock.advance(60_000);
    assert.equal(await firsts(assigner, adaptive, 'a'), 1);
    assert.ok(troubles.includes(ledger.refusal));
    const blind = setUp();
    blind.ledger.refusal = ledger.refusal;
    assert.equal((await blind.assigner.order(adaptive, 'e', all)).length, 4);
  });

  test('remembers ten thousand episodes, and asks again for the longest unused', async () => {
    const { assigner, ledger } = setUp();
    for (let at = 0; at <= 10_000; at++) ledger.answered.set(`e${at}`, 'b');
    for (let at = 0; at < 10_000; at++) await assigner.order(adaptive, `e${at}`, all);
    await assigner.order(adaptive, 'e0', all);
    assert.equal(ledger.asked, 10_000);
    await assigner.order(adaptive, 'e10000', all);
    await assigner.order(adaptive, 'e0', all);
    assert.equal(ledger.asked, 10_001);
    await assigner.order(adaptive, 'e1', all);
    assert.equal(ledger.asked, 10_002);
  });
});
