import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { modelsAt, rig, type Rig } from '../../../test/gateway/rig.ts';
import { openMemory } from '../../backends/memory/index.ts';
import type { Example } from '../../ports/ledger.ts';
import { answer, status } from '../../testing/model-server/script.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { ExampleShelf } from './example-shelf.ts';

const talk = (extra: object = {}): object => ({
  functions: {
    talk: {
      type: 'chat',
      variants: {
        one: { type: 'chat_completion', model: 'good' },
        shown: { type: 'experimental_dynamic_in_context_learning', model: 'other', k: 3, ...extra },
      },
      experimentation: { type: 'static', candidate_variants: ['one'] },
    },
  },
});

async function shownMessages(it: Rig, input: object): Promise<number> {
  await it.gateway.infer('talk', { ...input }, { variant: 'shown' });
  const { messages } = it.server.requests.at(-1)?.body ?? {};
  return Array.isArray(messages) ? messages.length : 0;
}

async function demonstrate(it: Rig, input: object, output: string): Promise<void> {
  const { inferenceId } = await it.gateway.infer('talk', { ...input });
  await it.gateway.feedback({ metric: 'demonstration', value: output, inferenceId });
}

suite('good answers of the past', () => {
  test('to questions that the templates no longer know are left out', async () => {
    const backend = openMemory();
    await using before = await rig(talk(), { backend });
    before.server.otherwise(answer('Well.'));
    await demonstrate(before, { subject: 'kites' }, 'Up!');
    await demonstrate(before, { topic: 'kites' }, 'Up!');
    await using now = await rig(talk({ user_template: 'files/user.minijinja' }), { backend });
    now.server.otherwise(answer('Well.'));
    assert.equal(await shownMessages(now, { topic: 'kites' }), 3);
  });

  test('are found by their words where the embedding model is down', async () => {
    await using server = await rig({});
    const models = modelsAt(server.server.url) as { readonly good: object };
    await using it = await rig({ ...talk({ embedding_model: 'vectors' }), models, embedding_models: { vectors: models.good } });
    server.server.otherwise(answer('Well.'));
    await demonstrate(it, { topic: 'kites' }, 'Up!');
    server.server.script('good', status(400, 'no vectors today'));
    await it.gateway.infer('talk', { topic: 'kites' }, { variant: 'shown' });
    const { messages } = server.server.requests.at(-1)?.body ?? {};
    assert.match(JSON.stringify(messages), /Up!/);
  });
});

suite('the shelf', () => {
  const example: Example = { inference: 'i', input: '"a"', output: '"b"', value: 1, at: 1 };

  function shelf(): { readonly shelf: ExampleShelf; readonly clock: SimulatedClock; readonly told: unknown[]; readonly ledger: Stumbling } {
    const clock = new SimulatedClock();
    const ledger = new Stumbling();
    const told: unknown[] = [];
    return { shelf: new ExampleShelf({ ledger, clock, told: (error) => void told.push(error) }), clock, told, ledger };
  }

  class Stumbling {
    looks = 0;
    isDown = false;
    async examples(): Promise<readonly Example[]> {
      this.looks++;
      if (this.isDown) throw new Error('down');
      return [example];
    }
  }

  test('looks once in a minute, however many ask', async () => {
    const { shelf: it, clock, ledger } = shelf();
    await Promise.all([
      it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' }),
      it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' }),
    ]);
    clock.advance(59_999);
    await it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' });
    assert.equal(ledger.looks, 1);
    clock.advance(1);
    await it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' });
    await it.best({ project: 'p', function: 'f', metric: 'other', best: 'max' });
    assert.equal(ledger.looks, 3);
  });

  test('has what it knew before when the ledger stumbles, and says so', async () => {
    const { shelf: it, clock, ledger, told } = shelf();
    await it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' });
    ledger.isDown = true;
    clock.advance(60_000);
    assert.deepEqual(await it.best({ project: 'p', function: 'f', metric: 'm', best: 'max' }), [example]);
    assert.deepEqual(await it.best({ project: 'p', function: 'g', metric: 'm', best: 'max' }), []);
    assert.equal(told.length, 2);
  });
});
