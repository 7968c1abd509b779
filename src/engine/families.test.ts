import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { openMemory } from '../backends/memory/index.ts';
import { parsePlan } from '../core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../core/plan/workflow.ts';
import type { Fault } from '../core/run/events.ts';
import type { Backend } from '../ports/backend.ts';
import type { Journal } from '../ports/journal.ts';
import { Families, largestFamily } from './families.ts';
import { processIsolation } from './isolation/process-isolation.ts';
import { Orchestrator } from './orchestrator.ts';
import { systemClock } from './system-clock.ts';

const planned = (plan: object): AnyWorkflow => planWorkflow(parsePlan(plan));
const once = { retry: { max: 0 } };

const doubling = planned({
  id: 'doubling',
  steps: [
    { id: 'left', kind: 'call', workflow: 'doubling', ...once },
    { id: 'right', kind: 'call', workflow: 'doubling', ...once },
  ],
});
const brief = planned({ id: 'brief', steps: [{ id: 'moment', kind: 'wait', duration: 1 }] });
const waiting = planned({ id: 'waiting', steps: [{ id: 'go', kind: 'wait', signal: 'go' }] });
const many = planned({
  id: 'many',
  steps: [{ id: 'all', kind: 'map', workflow: 'brief', over: { $from: 'input' }, concurrency: 5, ...once }],
});
const often = { retry: { max: 2, delay: 0 } };
const endless = planned({ id: 'endless', steps: [{ id: 'on', kind: 'call', workflow: 'endless', ...once }] });
const eager = planned({ id: 'eager', steps: [{ id: 'in', kind: 'call', workflow: 'endless', ...often }] });
const spread = planned({ id: 'spread', steps: [{ id: 'all', kind: 'map', workflow: 'waiting', over: { $literal: [1, 2, 3] }, ...once }] });
const keen = planned({ id: 'keen', steps: [{ id: 'in', kind: 'call', workflow: 'spread', ...often }] });
const late = planned({
  id: 'late',
  steps: [
    { id: 'all', kind: 'map', workflow: 'waiting', over: { $literal: [1, 2, 3] }, ...once },
    { id: 'told', kind: 'wait', signal: 'more' },
    { id: 'one', kind: 'call', workflow: 'waiting', dependencies: ['told'], ...once },
  ],
});

/** What nobody closes but the test. */
function kept(t: TestContext): Backend {
  const backend = openMemory();
  t.after(() => backend.close());
  return { ...backend, close: () => Promise.resolve() };
}

async function engine(t: TestContext, backend: Backend, most: number): Promise<Orchestrator> {
  const workflows = [doubling, brief, waiting, many, late, endless, eager, spread, keen];
  const orchestrator = new Orchestrator({ backend, clock: systemClock, isolation: processIsolation(), workflows, largestFamily: most });
  t.after(() => orchestrator.close());
  await orchestrator.begin();
  return orchestrator;
}

/** A journal that counts the called runs in it that have not ended. */
function counted(journal: Journal, tally: { unfinished: number; most: number }): Journal {
  return {
    read: journal.read.bind(journal),
    snapshot: journal.snapshot.bind(journal),
    saveSnapshot: journal.saveSnapshot.bind(journal),
    remove: journal.remove.bind(journal),
    append: async (write) => {
      const { record, seq } = write;
      if (seq === 0 && record?.parent !== undefined) tally.most = Math.max(tally.most, ++tally.unfinished);
      await journal.append(write);
      if (record?.parent !== undefined && record.endedAt !== undefined) tally.unfinished--;
    },
  };
}

/** Resolves when so many runs are there. */
async function until({ runs }: Backend, count: number): Promise<void> {
  while ((await runs.list({})).length < count) await new Promise((resolve) => setImmediate(resolve));
}

suite('a family', () => {
  test('that doubles with each level ends where it is full, and the step that called says why', async (t) => {
    const backend = kept(t);
    const tally = { unfinished: 0, most: 0 };
    const orchestrator = await engine(t, { ...backend, journal: counted(backend.journal, tally) }, 50);
    const { error } = await (await orchestrator.start(doubling, null)).result();
    assert.equal(error?.code, 'CHILD_FAILED');
    await orchestrator.idle();
    const runs = await backend.runs.list({});
    assert.ok(runs.some((run) => run.error?.code === 'CALL_TOO_WIDE'));
    assert.ok(tally.most > 40 && tally.most <= 50, `${tally.most} at a time`);
    assert.ok(runs.every((run) => run.endedAt !== undefined));
  });

  test('may call any number of runs, when those before have ended', async (t) => {
    const orchestrator = await engine(t, kept(t), 5);
    const items = Array.from({ length: 40 }, (_, item) => item);
    const { status, error } = await (await orchestrator.start(many, items)).result();
    assert.deepEqual([status, error], ['succeeded', undefined]);
  });

  const hopeless = [
    ['too many levels', eager, largestFamily, /more than 16 levels deep$/],
    ['too many runs', eager, 5, /have 5 runs that have not ended/],
    ['too many runs for the items of a map', keen, 1, /have 1 runs that have not ended/],
  ] as const;
  for (const [what, workflow, largest, cause] of hopeless)
    test(`that has ${what} is not tried again by those above`, { timeout: 60_000 }, async (t) => {
      const orchestrator = await engine(t, kept(t), largest);
      const { runId, error } = await (await orchestrator.start(workflow, null)).result();
      assert.deepEqual([error?.code, error?.retryable], ['CHILD_FAILED', false]);
      assert.match(error?.message ?? '', cause);
      assert.equal((await orchestrator.get(runId)).steps['in']?.attempts, 1);
    });

  test('is as large after a restart as before, and nobody else’s matter', { timeout: 60_000 }, async (t) => {
    const backend = kept(t);
    const before = await engine(t, backend, 3);
    const { id } = await before.start(late, null);
    await until(backend, 4);
    await before.close();

    const after = await engine(t, backend, 3);
    await after.start(late, null);
    await until(backend, 8);
    const failed = new Promise<Fault>((resolve) => after.on('step:failed', ({ error }) => resolve(error)));
    await after.signal(id, 'more', null);
    const { code, message } = await failed;
    assert.equal(code, 'CALL_TOO_WIDE');
    assert.match(message, new RegExp(`run ${id} .* 3 runs`));
  });
});

suite('the count', () => {
  const called = (id: string): { readonly id: string; readonly depth: number } => ({ id, depth: id.split('~').length - 1 });

  test('knows a run that asks twice, and one that ends twice', () => {
    const families = new Families(2);
    for (const id of ['r~a.1', 'r~a.1', 'r~a.1~b.1']) families.admit(called(id));
    assert.throws(() => families.admit(called('r~c.1')), { code: 'CALL_TOO_WIDE' });
    families.admit(called('s~c.1'));
    families.ended(called('r~a.1~b.1'));
    families.ended(called('r~a.1~b.1'));
    families.admit(called('r~c.1'));
    assert.throws(() => families.admit(called('r~d.1')), { code: 'CALL_TOO_WIDE' });
  });

  test('keeps nothing of a family that has ended, or went elsewhere', () => {
    const families = new Families(1);
    for (const leave of [() => families.ended(called('r')), () => families.letGo(called('r~a.1')), () => families.letGo()]) {
      families.admit(called('r~a.1'));
      leave();
    }
    families.admit(called('r~b.1'));
  });
});
