import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { workflow } from '../../src/core/plan/builder.ts';
import { agent } from '../../src/engine/agent.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { adminKey } from './served.ts';
import { holding, listen, story, wired, type Told } from './live-rig.ts';

/** One server-sent event as it came. */
interface Sent {
  readonly id?: string;
  readonly event?: string;
  readonly data: Told;
}

interface Open {
  readonly status: number;
  readonly type: string | null;
  readonly sent: AsyncGenerator<Sent>;
}

async function open(host: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Open> {
  const answer = await fetch(`http://${host}${path}`, { headers: { 'x-api-key': adminKey, ...headers } });
  return { status: answer.status, type: answer.headers.get('content-type'), sent: sentIn(answer) };
}

async function* sentIn({ body }: Response): AsyncGenerator<Sent> {
  let rest = '';
  for await (const text of (body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
      );
      if (fields['data'] !== undefined) yield { ...fields, data: JSON.parse(fields['data']) as Told };
    }
  }
}

async function all(sent: AsyncGenerator<Sent>): Promise<readonly Sent[]> {
  const every: Sent[] = [];
  for await (const one of sent) every.push(one);
  return every;
}

suite('server-sent events', () => {
  test('tell what a WebSocket tells, go on after the last id, and are over when the run is', async (t) => {
    const { agents, go } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1);
    const path = `/api/v1/workflows/${id}/stream`;
    const { status, type, sent } = await open(host, path);
    assert.deepEqual([status, type], [200, 'text/event-stream; charset=utf-8']);
    const socket = await listen(t, host, `/ws/workflows/${id}`);
    for (const step of ['first', 'second', 'third']) go(step);
    const whole = await all(sent);
    await socket.closed;
    assert.deepEqual(
      whole.map(({ data }) => data),
      socket.told,
    );
    assert.ok(whole.every(({ id: at, data }) => at === String(data.cursor)));
    assert.equal(whole.at(-1)?.event, 'end');
    const middle = whole[Math.floor(whole.length / 2)]?.id ?? '';
    for (const again of [await open(host, path, { 'last-event-id': middle }), await open(host, `${path}?cursor=${middle}`)])
      assert.deepEqual(await all(again.sent), whole.slice(Math.floor(whole.length / 2) + 1));
    const over = await open(host, path, { 'last-event-id': whole.at(-1)?.id ?? '' });
    assert.equal(over.status, 204);
  });

  test('of a project tell what its runs do from then on, and of no other', async (t) => {
    const { agents, go } = holding();
    const { orchestrator, host, key } = await wired(t, { agents });
    const ours = await key(['read'], ['p']);
    const { sent } = await open(host, '/api/v1/projects/p/stream', { 'x-api-key': ours });
    for (const step of ['first', 'second', 'third']) go(step);
    await orchestrator.run(story, 1, { project: 'q' });
    const { runId } = await orchestrator.run(story, 1, { project: 'p' });
    const told: Told[] = [];
    for await (const { data } of sent) {
      told.push(data);
      if (data.event === 'run:ended') break;
    }
    assert.equal(told[0]?.event, 'run:started');
    assert.ok(told.every(({ run }) => run === runId));
    const foreign = await open(host, '/api/v1/projects/q/stream', { 'x-api-key': ours });
    assert.equal(foreign.status, 403);
  });

  test('of a project tell of a run that had ended and is tried again, and nothing twice', async (t) => {
    let broken = true;
    const fragile = agent({
      id: 'fragile',
      run: async () => {
        if (broken) throw new Error('not mended yet');
        return 'whole';
      },
    });
    const flow = workflow('fragile')
      .step('try', fragile, () => null, { retry: { max: 0 } })
      .output(() => null);
    const { orchestrator, host } = await wired(t, { agents: [fragile] });
    const { sent } = await open(host, '/api/v1/projects/p/stream');
    const { runId } = await orchestrator.run(flow, null, { project: 'p' });
    const told: Told[] = [];
    let ends = 0;
    for await (const { data } of sent) {
      told.push(data);
      if (data.event !== 'run:ended') continue;
      if (++ends === 2) break;
      broken = false;
      await orchestrator.retry(runId);
    }
    assert.equal(told.filter(({ event }) => event === 'run:started').length, 1);
    assert.equal(told.filter(({ event }) => event === 'step:completed').length, 1);
    const cursors = told.map(({ cursor }) => cursor ?? 0);
    assert.equal(new Set(cursors).size, cursors.length);
  });

  test('wrong ids are refused, and a server that ends ends its streams', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, app } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1);
    const path = `/api/v1/workflows/${id}/stream`;
    for (const wrong of ['-1', 'x', '1.25', '99999999999999999999'])
      assert.equal((await open(host, path, { 'last-event-id': wrong })).status, 400, wrong);
    const { sent } = await open(host, path);
    await sent.next();
    const socket = await listen(t, host, `/ws/workflows/${id}`);
    await app.close();
    await all(sent);
    assert.equal((await socket.closed).code, 1001);
  });

  test('a run that has ended and whose readers have gone leaves nothing that waits', async (t) => {
    const { agents, go } = holding();
    const armed = new Set<symbol>();
    const clock: Clock = {
      now: () => systemClock.now(),
      at: (time, wake) => {
        const one = Symbol('timer');
        armed.add(one);
        const disarm = systemClock.at(time, () => {
          armed.delete(one);
          wake();
        });
        return () => {
          armed.delete(one);
          disarm();
        };
      },
    };
    const { orchestrator, host, app } = await wired(t, { agents, parts: { clock } });
    const { id } = await orchestrator.start(story, 1);
    const socket = await listen(t, host, `/ws/workflows/${id}`);
    const { sent } = await open(host, `/api/v1/workflows/${id}/stream`);
    for (const step of ['first', 'second', 'third']) go(step);
    await all(sent);
    await socket.closed;
    await app.close();
    assert.equal(armed.size, 0);
  });
});
