/** Candidates, judges and fusers when something is in the way. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rig } from '../../../test/gateway/rig.ts';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';

const chat = (model: string): object => ({ type: 'chat_completion', model, max_tokens: 1000 });
const bestOf = { type: 'experimental_best_of_n_sampling', candidates: ['one', 'two'], evaluator: { model: 'judge', max_tokens: 1000 } };
const mixture = { type: 'experimental_mixture_of_n', candidates: ['one', 'two'], fuser: { model: 'judge', max_tokens: 1000 } };

const talk = (whole: object, variants: object = {}): object => ({
  functions: {
    talk: {
      type: 'chat',
      variants: { one: chat('good'), two: chat('other'), whole, ...variants },
      experimentation: { type: 'static', candidate_variants: ['whole'] },
    },
  },
});

const rules = { type: 'rules', grammar: 'files/hello.toml' };
const verdict = (place: number): string => JSON.stringify({ thinking: 'so', answer_choice: place });

suite('the best of several', () => {
  test('that rules gave is from rules, and says so', async () => {
    await using it = await rig(talk(bestOf, { two: rules }));
    it.server.script('good', answer('One.'));
    it.server.script('judge', answer(verdict(1)));
    const { source, output } = await it.gateway.infer('talk', 'Hello');
    assert.deepEqual([source, output], ['rules', 'Hello from the rules.']);
  });

  test('when the time is up for the judge, is one of those that are there', async () => {
    const clock = new SimulatedClock();
    await using it = await rig(talk({ ...bestOf, timeout_s: 5 }), { clock, random: () => 0 });
    it.server.script('good', answer('One.'));
    it.server.script('other', answer('Two.'));
    it.server.script('judge', { is: 'hang' });
    const asked = it.gateway.infer('talk', 'Hello');
    await it.server.received(3);
    clock.advance(5000);
    const { output, tried } = await asked;
    assert.deepEqual([output, tried.map(({ variant, code }) => [variant, code])], ['One.', [['whole.evaluator', 'PROVIDER_TIMED_OUT']]]);
  });

  test('when the time is up for all, is late', async () => {
    const clock = new SimulatedClock();
    await using it = await rig(talk({ ...bestOf, timeout_s: 5 }), { clock });
    it.server.otherwise({ is: 'hang' });
    const asked = it.gateway.infer('talk', 'Hello');
    await it.server.received(2);
    clock.advance(5000);
    await assert.rejects(asked, { code: 'PROVIDER_TIMED_OUT', message: /talk.*5000 ms/, retryable: true });
  });

  test('is nobody’s when it is cancelled, even if one has answered', async () => {
    await using it = await rig(talk({ ...bestOf, timeout_s: 5 }));
    it.server.script('good', answer('One.'));
    it.server.script('other', { is: 'hang' });
    const abort = new AbortController();
    const asked = it.gateway.infer('talk', 'Hello', { signal: abort.signal });
    await it.server.received(2);
    abort.abort(new Error('gone'));
    await assert.rejects(asked, /gone/);
    assert.equal(it.server.count('judge'), 0);
  });

  test('that nobody may judge for want of money is one of those that were paid', async () => {
    await using it = await rig(
      {
        ...talk(bestOf),
        prices: ['good', 'other', 'judge'].map((name) => ({ provider: name, model: name, input_per_million: 0, output_per_million: 1000 })),
        budgets: [{ name: 'all', limit_usd: 2.5 }],
      },
      { random: () => 0.9 },
    );
    it.server.otherwise(answer('Said.', { usage: { input: 1, output: 900 } }));
    const { output, tried } = await it.gateway.infer('talk', 'Hello');
    assert.deepEqual([output, tried.map(({ variant, code }) => [variant, code])], ['Said.', [['whole.evaluator', 'BUDGET_EXCEEDED']]]);
    await it.gateway.close();
    const kept = await it.backend.ledger.inferences({ function: 'talk' });
    assert.deepEqual(kept.map(({ variant, status: is }) => `${variant} ${is}`).toSorted(), ['one ok', 'two ok', 'whole ok']);
  });

  test('none of which a budget allows is refused by the budget', async () => {
    await using it = await rig({
      ...talk(bestOf),
      prices: ['good', 'other'].map((name) => ({ provider: name, model: name, input_per_million: 0, output_per_million: 1000 })),
      budgets: [{ name: 'all', limit_usd: 0.5, on_limit: 'degrade' }],
    });
    await assert.rejects(it.gateway.infer('talk', 'Hello'), { code: 'BUDGET_EXCEEDED' });
  });

  test('whose judge has a template that fails is one of them', async () => {
    await using it = await rig(talk({ ...bestOf, evaluator: { model: 'judge', system_template: 'files/user.minijinja' } }));
    it.server.otherwise(answer('Said.'));
    const { output, tried } = await it.gateway.infer('talk', 'Hello');
    assert.deepEqual([output, tried.map(({ variant, code }) => [variant, code])], ['Said.', [['whole.evaluator', 'TEMPLATE_FAILED']]]);
  });
});

suite('a mixture', () => {
  test('is heard as it is fused, and cut, nobody takes its place', async () => {
    await using it = await rig(talk(mixture));
    const gate = new Gate();
    it.server.script('good', answer('One.'));
    it.server.script('other', answer('Two.'));
    it.server.script('judge', { is: 'cut', after: ['Both', gate] });
    const heard: string[] = [];
    const asked = it.gateway.infer('talk', 'Hello', { onText: (text) => (heard.push(text), gate.open()) });
    await assert.rejects(asked, { code: 'STREAM_CUT' });
    assert.deepEqual(heard, ['Both']);
  });

  test('whose fuser fails before a word is one of its candidates, heard whole', async () => {
    await using it = await rig(talk(mixture), { random: () => 0 });
    it.server.script('good', answer('One.'));
    it.server.script('other', answer('Two.'));
    it.server.script('judge', status(500, 'no'));
    const heard: string[] = [];
    const { tried } = await it.gateway.infer('talk', 'Hello', { onText: (text) => heard.push(text) });
    assert.deepEqual([heard, tried.map(({ variant }) => variant)], [['One.'], ['whole.fuser']]);
  });
});
