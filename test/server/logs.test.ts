import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { agent } from '../../src/index.ts';
import { logStore } from '../../src/server/logs/log-store.ts';
import { openLog, type Level } from '../../src/server/logs/open-log.ts';
import { secretsIn } from '../../src/server/logs/secrets-in.ts';
import { adminKey, served, type Served } from './served.ts';

const env = {
  OPENAI_API_KEY: 'sk-proj-very-secret-1234',
  CONTINUO_POSTGRES: 'postgres://app:db-password@db/app',
  CONTINUO_ADMIN_KEY: adminKey,
};

const blabber = agent({
  id: 'blabber',
  actions: {
    blab: () => {
      throw new Error(`the provider said: ${env.OPENAI_API_KEY} is wrong, and ${env.CONTINUO_POSTGRES} is away`);
    },
    work: (_: unknown, ctx) => {
      ctx.log('at work');
      return 'the private output';
    },
  },
});

interface Line {
  readonly message: string;
  readonly level: string;
  readonly [field: string]: unknown;
}

interface Logged extends Served {
  readonly lines: () => readonly Line[];
  readonly text: () => string;
}

async function logged(t: TestContext, level: Level = 'info'): Promise<Logged> {
  const out: string[] = [];
  const { log, flush } = openLog({ level, out: { write: (text) => out.push(text) }, secrets: secretsIn(env) });
  const server = await served(t, { agents: [blabber], watchers: [logStore(log)], parts: { log } });
  const text = (): string => {
    flush();
    return out.join('');
  };
  const lines = (): readonly Line[] =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      // Each was written by the log.
      .map((line) => JSON.parse(line) as Line);
  return { ...server, lines, text };
}

const quick = { id: 'quick', steps: [{ id: 's', agentId: 'blabber', action: 'work' }] };
const broken = { id: 'broken', steps: [{ id: 's', agentId: 'blabber', action: 'blab', retry: { max: 1, delay: 1 } }] };

suite('the log of a server', () => {
  test('each request leaves one line, with the template of its route and the id of its key', async (t) => {
    const { ask, key, lines } = await logged(t);
    await ask('GET', '/metrics', { key: await key(['read']), headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } });
    await ask('GET', '/secret-in-a-path?key=secret-in-a-query');
    const [first, second, ...more] = lines();
    assert.equal(more.length, 0);
    const { request_id: id, ms, time: _time, key: keyId, ...rest } = first ?? { message: '', level: '' };
    assert.deepEqual(rest, { level: 'info', method: 'GET', route: '/metrics', status: 200, trace: 'a'.repeat(32), message: 'request' });
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.match(String(keyId), /^[0-9a-f]{12}$/);
    assert.equal(typeof ms, 'number');
    assert.deepEqual([second?.['route'], second?.['status'], second?.['code']], ['none', 404, 'ROUTE_UNKNOWN']);
  });

  test('a run that a request started carries its id, and so does what becomes of it', async (t) => {
    const { app, lines, orchestrator } = await logged(t, 'debug');
    app.route({
      method: 'POST',
      url: '/test/start',
      config: { access: { open: 'a test' } },
      handler: async () => ({ run: (await orchestrator.start(quick, null, { project: 'acme' })).id }),
    });
    const answer = await app.inject({ method: 'POST', url: '/test/start', headers: { 'content-type': 'application/json' }, payload: '{}' });
    const { run } = answer.json<{ run: string }>();
    await orchestrator.handle(run).result();
    const all = lines();
    const asked = all.find((line) => line.message.startsWith('request'))?.['request_id'];
    const started = all.find(({ message }) => message === 'run started');
    assert.equal(asked === undefined ? 'none' : started?.['request_id'], asked);
    const ofRun = all.filter((line) => line['run'] === run).map(({ message }) => message);
    assert.deepEqual(ofRun, ['run started', 'task started', 'task completed', 'run succeeded']);
  });

  test('nothing secret that was sent in, or came back, is in the output of a busy server', async (t) => {
    const { ask, key, text, orchestrator, lines } = await logged(t, 'debug');
    orchestrator.on('engine:error', () => undefined);
    const keys = [await key(['run']), await key(['read'], ['acme'])];
    const wrong = `ctn_${'0'.repeat(12)}_${'e'.repeat(48)}`;
    const asked = Array.from({ length: 60 }, async (_, place) => {
      const body = { input: 'private input', password: 'in a body', n: place };
      await ask('POST', `/api/nowhere/${keys[0] ?? ''}?token=${keys[1] ?? ''}`, {
        key: keys[place % 2] ?? '',
        body,
        headers: { cookie: 'session=in-a-cookie' },
      });
      await ask('GET', '/metrics', { key: wrong, headers: { 'x-api-key': wrong } });
      await orchestrator.run(place % 8 === 0 ? broken : quick, { words: 'private input' });
    });
    await Promise.all(asked);
    const seen = text();
    assert.ok(lines().length > 200);
    assert.ok(seen.includes('AGENT_FAILED'), 'what went wrong is told');
    const hidden = [
      ...keys,
      ...keys.map((one) => one.slice(18)),
      wrong,
      adminKey,
      env.OPENAI_API_KEY,
      'db-password',
      'in-a-cookie',
      'in a body',
      'private input',
      'private output',
    ];
    for (const secret of hidden) assert.ok(!seen.includes(secret), `${secret} is in the log`);
  });

  test('refusals that repeat are folded', async (t) => {
    const { ask, lines } = await logged(t);
    for (let time = 0; time < 50; time++) await ask('GET', '/metrics', { key: 'no key of ours' });
    const refused = lines().filter(({ message }) => message === 'request refused');
    assert.equal(refused.length, 20);
    assert.deepEqual(new Set(refused.map((line) => line['code'])), new Set(['KEY_REQUIRED']));
  });

  test('what nobody foresaw is logged with its error, and not told to whoever asked', async (t) => {
    const { app, lines } = await logged(t);
    app.get('/test/fails', { config: { access: { open: 'a test' } } }, async () => {
      throw new TypeError('an inner matter');
    });
    const answer = await app.inject('/test/fails');
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body, /inner matter/);
    const failed = lines().find(({ message }) => message === 'request failed');
    assert.match(JSON.stringify(failed?.['error']), /TypeError: an inner matter/);
    assert.equal(failed?.level, 'error');
  });
});
