import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rig } from '../../test/gateway/rig.ts';
import { openMemory } from '../backends/memory/index.ts';
import { answer } from '../testing/model-server/script.ts';
import { SimulatedClock } from '../testing/simulated-clock.ts';
import { cacheUse } from './cache.ts';

const talk = (variants: object, extra: object = {}): object => ({
  cache: { mode: 'on' },
  functions: { talk: { type: 'chat', variants, ...extra } },
});
const chat = (extra: object = {}): object => ({ type: 'chat_completion', model: 'good', ...extra });

/** Whether the second answer comes from the cache of the first. */
async function isShared(first: object, second: object): Promise<boolean> {
  const backend = openMemory();
  await using it = await rig(first, { backend });
  it.server.otherwise(answer('Well.'));
  await it.gateway.infer('talk', 'Hello');
  await it.gateway.settled();
  const models = { good: { routing: ['good'], providers: { good: provider(it.server.url) } } };
  await using other = await rig({ models, ...second }, { backend });
  return (await other.gateway.infer('talk', 'Hello')).source === 'cache';
}

const provider = (url: string): object => ({
  type: 'openai_compatible',
  model_name: 'good',
  api_base: `${url}/v1`,
  api_key_location: 'none',
});

suite('a cached answer', () => {
  test('is that of the same request by another variant', async () => {
    assert.equal(await isShared(talk({ one: chat() }), talk({ other: chat({ retries: { num_retries: 2 } }) })), true);
  });

  for (const [what, table] of Object.entries({
    'other headers': talk({ one: chat({ extra_headers: [{ name: 'x-beta', value: 'thinking' }] }) }),
    'another body': talk({ one: chat({ extra_body: [{ pointer: '/reasoning', value: 'high' }] }) }),
    'another temperature': talk({ one: chat({ temperature: 0.3 }) }),
    'other tools': {
      ...talk({ one: chat() }, { tools: ['look'] }),
      tools: { look: { description: 'looks', parameters: 'files/topic.json' } },
    },
  }))
    test(`is not for ${what}`, async () => assert.equal(await isShared(talk({ one: chat() }), table), false));

  test('is not for a model that has become another one', async () => {
    const backend = openMemory();
    const table = talk({ one: chat() });
    await using it = await rig(table, { backend });
    it.server.otherwise(answer('Well.'));
    await it.gateway.infer('talk', 'Hello');
    await it.gateway.settled();
    const models = { good: { routing: ['good'], providers: { good: { ...provider(it.server.url), model_name: 'better' } } } };
    await using later = await rig({ ...table, models }, { backend });
    assert.equal((await later.gateway.infer('talk', 'Hello')).source, 'model');
  });

  test('expires', async () => {
    const clock = new SimulatedClock();
    await using it = await rig(talk({ one: chat() }), { clock });
    it.server.otherwise(answer('Well.'));
    const ask = async (): Promise<string> => (await it.gateway.infer('talk', 'Hello', { cache: { ttl: 1000 } })).source;
    assert.equal(await ask(), 'model');
    await it.gateway.settled();
    assert.equal(await ask(), 'cache');
    clock.advance(1000);
    assert.equal(await ask(), 'model');
  });

  test('is missed, and no more, where the store cannot be read', async () => {
    const backend = openMemory();
    const { ledger } = backend;
    Object.assign(ledger, { answer: () => Promise.reject(new Error('the store is down')) });
    await using it = await rig(talk({ one: chat() }), { backend });
    it.server.otherwise(answer('Well.'));
    assert.equal((await it.gateway.infer('talk', 'Hello')).source, 'model');
    assert.match(it.warnings.join('\n'), /the store is down/);
  });
});

test('a time to live that is none is refused', () => {
  const config = { mode: 'off', ttl: 1000 } as const;
  for (const ttl of [0, -1, Number.NaN, Infinity])
    assert.throws(() => cacheUse(config, 'p', { cache: { ttl } }), { code: 'INPUT_INVALID', message: /cache/ });
  assert.deepEqual(cacheUse(config, 'p', { cache: { mode: 'on' } }), { project: 'p', mode: 'on', ttl: 1000 });
});
