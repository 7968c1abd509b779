/**
 * The server under requests that its own document gave rise to: none fails it, none hangs, every answer is one that
 * was promised, and nothing is taken that was not asked for. CONTINUO_FUZZ_SEED repeats a run, CONTINUO_FUZZ_COUNT makes it longer.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { once } from 'node:events';
import { answer as said } from '../../src/testing/model-server/script.ts';
import { Chance } from './fuzz/chance.ts';
import { Requests, targetsOf, type FuzzRequest } from './fuzz/requests.ts';
import { Verdict, type FuzzAnswer } from './fuzz/verdict.ts';
import type { Known } from './fuzz/values.ts';
import { adminKey, type Served } from './served.ts';
import { openGateway } from './served-gateway.ts';
import { ground } from './trespass.ts';

const seed = Number(process.env['CONTINUO_FUZZ_SEED'] ?? Date.now() % 1_000_000_007);
const count = Number(process.env['CONTINUO_FUZZ_COUNT'] ?? 10_000);
/** An answer that takes longer hangs, however slow the machine is. */
const patience = 30_000;

const plan = { id: 'greet', steps: [{ id: 'first', agentId: 'echo', action: 'run', input: { text: 'hi' }, dependencies: [] }] };

async function answerTo({ app }: Served, { method, url, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const answer = await app.inject({ method, url, headers, payloadAsStream: true, ...(body === undefined ? {} : { payload: body }) });
  const type = answer.headers['content-type']?.toString() ?? '';
  const stream = answer.stream();
  if (type.startsWith('text/event-stream')) {
    // It has no end; that it began is enough.
    stream.destroy();
    return { status: answer.statusCode, type, text: '' };
  }
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!stream.readableEnded) await once(stream, 'end');
  return { status: answer.statusCode, type, text: Buffer.concat(chunks).toString() };
}

async function inTime<T>(asking: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), patience)));
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}

const shown = (value: unknown): string =>
  typeof value === 'string' && value.length > 600 ? `${value.slice(0, 600)}… (${value.length})` : String(value);

suite('requests of all kinds', () => {
  test(`${count} of them, valid and not, each have an answer that was promised (seed ${seed})`, async (t) => {
    const { backend, gateway, models } = await openGateway(t);
    models.otherwise(said('{"title":"Kites","minutes":3}'));
    const place = await ground(t, { backend, parts: { gateway: async () => gateway } });
    const { document, key, things, keys } = place;
    const own = await place.ask('POST', '/api/v1/workflows', { body: { plan, project_id: 'mine', input: {} } });
    const runs = [own.as<{ workflow_id: string }>().workflow_id, things['run']] as const;
    const known: Known = {
      id: [...runs, 'echo', 'mine'],
      plan_id: [things['plan_id'], '0'.repeat(64)],
      blob: [things['blob'], `sha256-${'0'.repeat(64)}`],
      plan: [plan, { ...plan, id: 'other' }, { id: 'broken', steps: [{ id: 'a', dependencies: ['b'] }] }, {}],
      workflow: ['greet', 'nothing'],
      project_id: ['mine', things['project'], 'default'],
      step: ['first', 'second', 'none'],
      status: ['running', 'succeeded', 'failed'],
      capability: ['none'],
      // Addresses that nobody answers at.
      url: [
        'http://127.0.0.1:1/',
        'http://169.254.169.254/',
        'http://[::1]/',
        'file:///etc/passwd',
        'not an address',
        'http://2130706433/',
      ],
      code: ['RUN_UNKNOWN', 'NOTHING'],
      name: ['nothing', 'run.start'],
      function_name: ['talk', 'script', 'nobody'],
      model_name: ['good', 'nobody'],
      model: ['talk', 'tensorzero::function_name::script', 'tensorzero::model_name::good', 'nobody'],
      metric_name: ['liked', 'done', 'comment'],
    };
    const holders = [
      adminKey,
      adminKey,
      await key(['run', 'approve'], ['mine']),
      await key(['read']),
      keys.foreign,
      keys.revoked,
      '',
    ] as const;
    const chance = new Chance(seed);
    const requests = new Requests(document, known, holders, chance);
    const verdict = new Verdict(document);
    const targets = targetsOf(document);
    const wrong: string[] = [];
    const statuses = new Map<string, number>();
    for (let number = 0; number < count && wrong.length < 20; number++) {
      const target = targets[number % targets.length];
      assert.ok(target !== undefined);
      const request = requests.of(target);
      const answer = await inTime(answerTo(place, request));
      const why = answer === undefined ? 'it hangs' : verdict.of(request, answer);
      const kind = `${Math.floor((answer?.status ?? 0) / 100)}xx`;
      statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
      if (why !== undefined)
        wrong.push(
          `${number}. ${request.method} ${shown(request.url)} ${shown(request.body ?? '')}\n   ${answer?.status}: ${why}\n   ${shown(answer?.text)}`,
        );
    }
    assert.equal(wrong.length, 0, `CONTINUO_FUZZ_SEED=${seed}\n${wrong.join('\n')}`);
    // It is worth something only where requests get through, and where they are refused.
    assert.ok((statuses.get('2xx') ?? 0) > count / 20 && (statuses.get('4xx') ?? 0) > count / 4, JSON.stringify([...statuses]));
    t.diagnostic(`seed ${seed}: ${JSON.stringify(Object.fromEntries(statuses))}`);
  });
});
