import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { workflow } from '../../src/core/plan/builder.ts';
import { agent } from '../../src/engine/agent.ts';
import type { AuditNote } from '../../src/ports/access.ts';
import type { Json } from '../../src/core/data/json.ts';
import { adminKey } from './served.ts';
import { holding, story, wired } from './live-rig.ts';

interface Heard {
  readonly event: string;
  readonly data: { readonly [name: string]: unknown };
  readonly mark: { readonly room: string; readonly cursor?: number; readonly at?: number; readonly run?: string };
}

interface Client {
  readonly socket: Socket;
  readonly heard: Heard[];
  ask(this: void, event: string, asked: unknown): Promise<{ readonly room?: string; readonly problem?: { readonly code: string } }>;
  until(this: void, meant: (heard: Heard) => boolean): Promise<Heard>;
}

function client(t: TestContext, host: string, auth: object, options: object = {}): Client {
  const socket = io(`http://${host}`, { auth, reconnectionDelay: 10, reconnectionDelayMax: 20, ...options });
  t.after(() => socket.disconnect());
  const heard: Heard[] = [];
  let changed = Promise.withResolvers<void>();
  socket.onAny((event: string, data: Heard['data'], mark: Heard['mark']) => {
    heard.push({ event, data, mark });
    changed.resolve();
    changed = Promise.withResolvers();
  });
  return {
    socket,
    heard,
    // What it answers is what the tests are about.
    ask: (event, asked) => socket.timeout(5000).emitWithAck(event, asked) as ReturnType<Client['ask']>,
    until: async (meant) => {
      for (;;) {
        const found = heard.find(meant);
        if (found !== undefined) return found;
        await changed.promise;
      }
    },
  };
}

const insight = agent({
  id: 'tutor',
  run: async (value: Json, ctx) => {
    await ctx.emit('insight', value);
    return value;
  },
});
const lesson = workflow('lesson')
  .step('teach', insight, ({ input }) => input)
  .emit('call', 'tutor:intervention:required', ({ teach }) => teach)
  .output(({ teach }) => teach);

suite('Socket.IO', () => {
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    test(`a room of a run tells its events by name, over ${transports.join(' and then ')}`, async (t) => {
      const { agents, go } = holding();
      const { orchestrator, host } = await wired(t, { agents });
      const { id } = await orchestrator.start(story, 7);
      const { ask, until, heard } = client(t, host, { key: adminKey }, { transports });
      assert.deepEqual(await ask('subscribe', { run: id }), { room: `run:${id}` });
      for (const step of ['first', 'second', 'third']) go(step);
      const end = await until(({ event }) => event === 'end');
      assert.deepEqual([end.data, end.mark.room], [{ status: 'succeeded' }, `run:${id}`]);
      const done = heard.filter(({ event }) => event === 'step:completed');
      assert.deepEqual(
        done.map(({ data }) => [data['stepId'], data['response']]),
        [
          ['first', 7],
          ['second', 7],
          ['third', 7],
        ],
      );
      assert.ok(done.every(({ mark }) => mark.run === id && typeof mark.cursor === 'number'));
    });
  }

  test('a client whose line broke comes again and goes on after its last cursor', async (t) => {
    const { agents, go } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 7);
    const { socket, ask, until, heard } = client(t, host, { key: adminKey }, { transports: ['websocket'] });
    let last = 0;
    socket.onAny((_event, _data, mark: Heard['mark']) => (last = mark.cursor ?? last));
    socket.on('connect', () => void ask('subscribe', { run: id, cursor: last }));
    await until(({ event }) => event === 'step:started');
    socket.io.engine.close();
    for (const step of ['first', 'second', 'third']) go(step);
    await until(({ event }) => event === 'end');
    const cursors = heard.slice(0, -1).map(({ mark }) => mark.cursor ?? 0);
    assert.deepEqual(
      cursors.toSorted((one, other) => one - other),
      cursors,
    );
    assert.equal(new Set(cursors).size, cursors.length);
    assert.equal(heard.filter(({ event }) => event === 'step:completed').length, 3);
  });

  test('who shows no key that counts is refused with a problem', async (t) => {
    const { host, key } = await wired(t);
    const expired = await key(['read'], undefined, { expiresAt: 1 });
    for (const auth of [{}, { key: 'ctn_none' }, { key: expired }, { key: 7 }, { ticket: 'tkt_x' }]) {
      const { socket } = client(t, host, auth, { transports: ['websocket'] });
      const error = await new Promise<Error & { readonly data?: { readonly code: string } }>(
        (resolve) => void socket.on('connect_error', resolve),
      );
      assert.equal(error.data?.code, 'KEY_REQUIRED');
    }
  });

  test('rooms of others are not entered, and a run of others is as if there were none', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 7, { project: 'theirs' });
    const { ask, heard } = client(t, host, { key: await key(['read'], ['ours']) });
    const code = async (asked: unknown): Promise<unknown> => (await ask('subscribe', asked)).problem?.code;
    assert.equal(await code({ run: id }), 'RUN_UNKNOWN');
    assert.equal(await code({ run: 'none' }), 'RUN_UNKNOWN');
    assert.equal(await code({ project: 'theirs' }), 'ACCESS_DENIED');
    for (const wrong of [null, 7, 'run', {}, { run: id, project: 'ours' }, { run: 7 }, { run: id, cursor: -1 }, { room: 'run:x' }])
      assert.equal(await code(wrong), 'REQUEST_INVALID', JSON.stringify(wrong));
    assert.deepEqual(heard, []);
  });

  test('a room of a learner has what concerns him within the key’s projects', async (t) => {
    const { orchestrator, host, key } = await wired(t, { agents: [insight] });
    const { ask, until, heard } = client(t, host, { key: await key(['read'], ['ours', 'school']) });
    await ask('subscribe', { learner: 'ann' });
    const about = (learnerId: string, project: string): Promise<unknown> => orchestrator.run(lesson, { learnerId, project }, { project });
    await about('ann', 'theirs');
    await about('bob', 'ours');
    await about('ann', 'ours');
    await about('ann', 'school');
    await until(({ event, data }) => event === 'run:ended' && heard.some(({ mark }) => mark.run === data['runId']));
    await until(({ event, data }) => event === 'tutor:intervention:required' && JSON.stringify(data).includes('school'));
    const told = heard.filter(({ event }) => event === 'agent:insight').map(({ data }) => data['insight']);
    assert.deepEqual(told, [
      { learnerId: 'ann', project: 'ours' },
      { learnerId: 'ann', project: 'school' },
    ]);
    assert.ok(heard.every(({ mark }) => mark.room === 'learner:ann'));
    assert.ok(!JSON.stringify(heard).includes('theirs') && !JSON.stringify(heard).includes('bob'));
  });

  test('a room of a project has what its runs do from then on', async (t) => {
    const { agents, go, at } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const before = await orchestrator.start(story, 'before', { project: 'p' });
    await at('first', before.id);
    const { ask, until, heard } = client(t, host, { key: adminKey });
    assert.deepEqual(await ask('subscribe', { project: 'p' }), { room: 'project:p' });
    const after = await orchestrator.start(story, 'after', { project: 'p' });
    await orchestrator.start(story, 'other', { project: 'q' });
    await until(({ event, mark }) => event === 'step:started' && mark.run === after.id);
    go('first', before.id);
    await until(({ event, mark }) => event === 'step:started' && mark.run === before.id);
    assert.ok(!heard.some(({ event, mark }) => event === 'run:started' && mark.run === before.id));
    assert.ok(heard.some(({ event, mark }) => event === 'run:started' && mark.run === after.id));
    assert.deepEqual(new Set(heard.map(({ mark }) => mark.run)), new Set([before.id, after.id]));
  });

  test('a learner’s client is answered by the learning system, where one is mounted', async (t) => {
    const { host } = await wired(t);
    const without = client(t, host, { key: adminKey });
    const asked = { action: 'process_answer', learnerId: 'ann', data: { answer: 4 } };
    assert.equal((await without.ask('agent:learning', asked)).problem?.code, 'NOT_MOUNTED');
    const learning = {
      handle: async (what: object, { project }: { readonly project: string }) =>
        ({ project, ...what, requiresTutorIntervention: true, interventionReason: 'lost', context: { topic: 'fractions' } }) as Json,
    };
    const notes: AuditNote[] = [];
    const auditor = { note: async (note: AuditNote) => void notes.push(note) };
    const mounted = await wired(t, { parts: { systems: { learning }, auditor } });
    const { ask, until } = client(t, mounted.host, { key: adminKey });
    const answer = await ask('agent:learning', asked);
    assert.deepEqual(
      { ...answer },
      {
        ...asked,
        project: 'default',
        requiresTutorIntervention: true,
        interventionReason: 'lost',
        context: { topic: 'fractions' },
      },
    );
    const { data } = await until(({ event }) => event === 'tutor:intervention:required');
    assert.deepEqual(data, { reason: 'lost', context: { topic: 'fractions' } });
    const { at: _at, ...note } = notes[0] ?? { at: 0 };
    const details = '{"action":"process_answer","learner":"ann"}';
    assert.deepEqual(note, { who: 'admin', what: 'learning.ask', project: 'default', details });
    assert.equal((await ask('agent:learning', { ...asked, extra: 1 })).problem?.code, 'REQUEST_INVALID');
    const reader = client(t, mounted.host, { key: await mounted.key(['read']) });
    assert.equal((await reader.ask('agent:learning', asked)).problem?.code, 'ACCESS_DENIED');
  });

  test('who asks on and takes no answers is cut off', async (t) => {
    const { host, key } = await wired(t);
    const { socket } = client(t, host, { key: await key(['read']) }, { transports: ['websocket'], reconnection: false });
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    for (let time = 0; time < 20_000; time++) socket.emit('unsubscribe', { learner: 'ann' }, () => undefined);
    await gone;
  });
});
