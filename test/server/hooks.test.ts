import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { parsePlan } from '../../src/core/plan/read.ts';

import { readWebhooks } from '../../src/server/plans/read-webhooks.ts';
import { signMessage } from './sign-message.ts';
import { served, type Answered, type Served } from './served.ts';

const secret = 'a secret of webhooks';
const echo = { id: 'echo', actions: { run: async (input: unknown) => input } };
const greet = planWorkflow(
  parsePlan({
    id: 'greet',
    input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    steps: [{ id: 'say', agentId: 'echo', action: 'run', input: { $from: 'input' }, dependencies: [] }],
  }),
);

function hooked(t: TestContext, backend?: Served['backend']): Promise<Served> {
  const webhooks = [
    { name: 'greet', workflow: 'greet', project: 'acme', secret },
    { name: 'other', workflow: 'greet', project: 'acme', secret: `${secret}, another` },
  ];
  return served(t, { agents: [echo], workflows: [greet], settings: { webhooks }, ...(backend === undefined ? {} : { backend }) });
}

const body = '{"text": "hello"}';

interface Sent {
  readonly name?: string;
  readonly body?: string;
  readonly signature?: string;
  readonly delivery?: string;
}

function send(
  { ask }: Served,
  { name = 'greet', body: sent = body, signature = signMessage(sent, secret, Date.now()), delivery }: Sent = {},
): Promise<Answered> {
  return ask('POST', `/api/v1/hooks/${name}`, {
    key: '',
    body: sent,
    headers: {
      'content-type': 'application/json',
      'x-continuo-signature': signature,
      ...(delivery === undefined ? {} : { 'x-continuo-delivery': delivery }),
    },
  });
}

const problemOf = ({ status, as }: Answered): readonly unknown[] => [status, as().code];
const runOf = (answer: Answered): string => {
  assert.equal(answer.status, 202, answer.text);
  return answer.as<{ workflow_id: string }>().workflow_id;
};

suite('webhooks', () => {
  test('a signed message starts the workflow with its body, in the project of the webhook', async (t) => {
    const server = await hooked(t);
    const run = runOf(await send(server));
    const { output } = await server.orchestrator.handle(run).result();
    assert.deepEqual(output, { say: { text: 'hello' } });
    const record = await server.backend.runs.get(run);
    assert.deepEqual([record?.project, record?.workflow], ['acme', 'greet']);
  });

  test('a wrong signature, another webhook’s and an unknown name are answered alike', async (t) => {
    const server = await hooked(t);
    const answers = [
      await send(server, { signature: signMessage(body, 'another secret, long enough', Date.now()) }),
      await send(server, { name: 'other' }),
      await send(server, { name: 'nobody' }),
      await send(server, { name: '__proto__' }),
      await send(server, { signature: '' }),
      await send(server, { signature: signMessage(`${body} `, secret, Date.now()) }),
    ];
    const same = new Set(answers.map((answer) => answer.text.replace(answer.as().request_id, '')));
    assert.deepEqual([problemOf(answers[0] as Answered), same.size], [[401, 'SIGNATURE_INVALID'], 1]);
    assert.deepEqual(await server.orchestrator.list(), []);
  });

  test('the same signature counts once, also on another node', async (t) => {
    const server = await hooked(t);
    const signature = signMessage(body, secret, Date.now());
    runOf(await send(server, { signature }));
    const shouted = signature.replace(/v1=(.*)/, (_, hex: string) => `v1=${hex.toUpperCase()}`);
    for (const again of [signature, shouted, `${signature},v1=${'0'.repeat(64)}`])
      assert.deepEqual(problemOf(await send(server, { signature: again })), [409, 'MESSAGE_REPLAYED']);
    assert.deepEqual(problemOf(await send(server, { signature, delivery: 'other' })), [409, 'MESSAGE_REPLAYED']);
    const { app } = server;
    const once = signMessage('{"text":"once"}', secret, Date.now());
    const many = await Promise.all(
      Array.from({ length: 20 }, async () =>
        app.inject({
          method: 'POST',
          url: '/api/v1/hooks/greet',
          payload: '{"text":"once"}',
          headers: {
            'content-type': 'application/json',
            'x-continuo-signature': once,
          },
        }),
      ),
    );
    assert.deepEqual(
      many
        .map(({ statusCode }) => statusCode)
        .sort((a, b) => a - b)
        .slice(0, 2),
      [202, 409],
    );
    assert.equal((await server.orchestrator.list()).length, 2);
  });

  test('a message whose run could not be started may come again as it is', async (t) => {
    const webhooks = [{ name: 'greet', workflow: 'greet', project: 'acme', secret }];
    const server = await served(t, { workflows: [greet], settings: { webhooks } });
    const signature = signMessage(body, secret, Date.now());
    assert.deepEqual(problemOf(await send(server, { signature })), [422, 'AGENT_UNKNOWN']);
    server.orchestrator.register(echo);
    runOf(await send(server, { signature }));
    assert.deepEqual(problemOf(await send(server, { signature })), [409, 'MESSAGE_REPLAYED']);
  });

  test('a message that was signed long ago, or ahead, is refused', async (t) => {
    const server = await hooked(t);
    for (const off of [-400_000, 400_000, -Date.now()])
      assert.deepEqual(problemOf(await send(server, { signature: signMessage(body, secret, Date.now() + off) })), [
        409,
        'MESSAGE_REPLAYED',
      ]);
  });

  test('a delivery that is signed anew is the same run', async (t) => {
    const server = await hooked(t);
    const at = Date.now();
    const first = runOf(await send(server, { delivery: 'd-1', signature: signMessage(body, secret, at) }));
    assert.equal(runOf(await send(server, { delivery: 'd-1', signature: signMessage(body, secret, at - 1000) })), first);
    assert.notEqual(runOf(await send(server, { delivery: 'd-2', signature: signMessage(body, secret, at - 2000) })), first);
    const another = '{"text": "bye"}';
    assert.deepEqual(problemOf(await send(server, { body: another, delivery: 'd-1' })), [409, 'RUN_EXISTS']);
  });

  test('a body that is no JSON, or no input of the workflow, is refused', async (t) => {
    const server = await hooked(t);
    assert.deepEqual(problemOf(await send(server, { body: '{"text": "a", "text": "b"}' })), [400, 'BODY_UNREADABLE']);
    assert.deepEqual(problemOf(await send(server, { body: '{"text": 1}' })), [422, 'INPUT_INVALID']);
    assert.deepEqual(problemOf(await send(server, { body: `{"text": "sha256-${'0'.repeat(64)}"}` })), [404, 'BLOB_MISSING']);
    assert.deepEqual(problemOf(await send(server, { delivery: 'a b' })), [400, 'REQUEST_INVALID']);
  });
});

suite('the file of webhooks', () => {
  function file(t: TestContext, text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'continuo-hooks-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'webhooks.toml');
    writeFileSync(path, text);
    return path;
  }

  test('secrets come from the environment', (t) => {
    const path = file(
      t,
      '[[webhooks]]\nname = "up"\nworkflow = "film"\nproject = "acme"\nsecret_env = "UP"\n[[webhooks]]\nname = "b"\nworkflow = "film"\nsecret_env = "UP"\n',
    );
    assert.deepEqual(readWebhooks(path, { UP: secret }), [
      { name: 'up', workflow: 'film', project: 'acme', secret },
      { name: 'b', workflow: 'film', project: 'default', secret },
    ]);
  });

  test('what is wrong is said, without the secret', (t) => {
    const one = (more: string): string => `[[webhooks]]\nname = "up"\nworkflow = "film"\nsecret_env = "UP"\n${more}`;
    const cases: readonly (readonly [string, RegExp])[] = [
      [one(''), /at least 16 characters in the variable UP/],
      [one('secret = "x"'), /secret/],
      ['[[webhooks]]\nname = "a b"\nworkflow = "film"\nsecret_env = "UP"\n', /webhooks\.0\.name/],
      ['[[webhooks', /cannot be used/],
    ];
    for (const [text, message] of cases)
      assert.throws(
        () => readWebhooks(file(t, text), { UP: 'short' }),
        (error: Error) => message.test(error.message) && !error.message.includes('short'),
        text,
      );
    const twice = file(t, one('') + one(''));
    assert.throws(() => readWebhooks(twice, { UP: secret }), { code: 'USAGE', message: /two webhooks are called "up"/ });
    assert.throws(() => readWebhooks('/nowhere/at/all.toml', {}), { code: 'USAGE' });
  });
});
