/** A server without any model: rules answer, however they are asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedGateway } from './served-gateway.ts';

const functions = {
  script: {
    type: 'json',
    user_schema: 'files/topic.json',
    output_schema: 'files/script.json',
    variants: { rules: { type: 'rules', module: 'files/rules.ts' } },
  },
  broken: { type: 'chat', variants: { rules: { type: 'rules', module: 'files/rules.ts' } } },
};
const about = { title: 'About kites', minutes: 1 };

test('a function without a model answers to fields in each form that a message has', async (t) => {
  const { ask, key } = await servedGateway(t, { functions });
  const mine = await key(['run']);
  for (const content of [{ topic: 'kites' }, [{ type: 'text', arguments: { topic: 'kites' } }]]) {
    const body = { function_name: 'script', input: { messages: [{ role: 'user', content }] } };
    const { status, as } = await ask('POST', '/inference', { key: mine, body });
    const { output, source } = as<{ readonly output: { readonly parsed: unknown }; readonly source: string }>();
    assert.deepEqual([status, source, output.parsed], [200, 'rules', about]);
  }
  const content = [{ type: 'text', 'tensorzero::arguments': { topic: 'kites' } }];
  const body = { model: 'script', messages: [{ role: 'user', content }] };
  const { status, as } = await ask('POST', '/openai/v1/chat/completions', { key: mine, body });
  const { choices } = as<{ readonly choices: readonly [{ readonly message: { readonly content: string } }] }>();
  assert.deepEqual([status, JSON.parse(choices[0].message.content)], [200, about]);
});

test('where rules fail, nobody outside is told where they lie', async (t) => {
  const { ask, key } = await servedGateway(t, { functions });
  const mine = await key(['run']);
  const messages = [{ role: 'user', content: 'kites' }];
  for (const [path, body] of [
    ['/inference', { function_name: 'broken', input: { messages } }],
    ['/openai/v1/chat/completions', { model: 'broken', messages }],
  ] as const) {
    const { status, text } = await ask('POST', path, { key: mine, body });
    assert.equal(status, 500);
    assert.match(text, /RULES_FAILED/);
    assert.doesNotMatch(text, /rules\.ts|\/test\//);
  }
});
