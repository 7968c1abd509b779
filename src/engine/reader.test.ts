import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../backends/memory/index.ts';
import { ContinuoError } from '../core/errors.ts';
import { parsePlan } from '../core/plan/read.ts';
import { planWorkflow } from '../core/plan/workflow.ts';
import type { Backend } from '../ports/backend.ts';
import { processIsolation } from './isolation/process-isolation.ts';
import { Orchestrator } from './orchestrator.ts';
import { systemClock } from './system-clock.ts';

const waiting = planWorkflow(parsePlan({ id: 'waiting', steps: [{ id: 'hour', kind: 'wait', duration: '1h' }] }));

/** An engine, and another whose looks at a journal that is empty are followed by what `meanwhile` does. */
async function twoEngines(
  meanwhile: (first: Orchestrator) => Promise<unknown>,
): Promise<{ readonly looking: Orchestrator; readonly close: () => Promise<void> }> {
  const backend = openMemory();
  const engine = (own: Backend): Orchestrator => new Orchestrator({ backend: own, clock: systemClock, isolation: processIsolation() });
  const first = engine(backend);
  await first.begin();
  const { journal } = backend;
  const looking = engine({
    ...backend,
    journal: {
      append: journal.append.bind(journal),
      snapshot: journal.snapshot.bind(journal),
      saveSnapshot: journal.saveSnapshot.bind(journal),
      remove: journal.remove.bind(journal),
      read: async (run, from) => {
        const entries = await journal.read(run, from);
        if (entries.length === 0) await meanwhile(first);
        return entries;
      },
    },
  });
  return { looking, close: () => first.close() };
}

test('a run that begins while somebody looks for it is found whole', async () => {
  const { looking, close } = await twoEngines((first) => first.start(waiting, null, { id: 'r' }));
  assert.equal((await looking.get('r')).status, 'waiting');
  await close();
});

test('a run that does not begin meanwhile is unknown', async () => {
  const { looking, close } = await twoEngines(async () => undefined);
  await assert.rejects(looking.get('r'), (error) => error instanceof ContinuoError && error.code === 'RUN_UNKNOWN');
  await close();
});

test('a run in the index whose journal is gone is damage, and said to be', async () => {
  const backend = openMemory();
  const { runs } = backend;
  const engine = new Orchestrator({ backend, clock: systemClock, isolation: processIsolation() });
  await engine.begin();
  await engine.start(waiting, null, { id: 'r' });
  const looking = new Orchestrator({
    backend: {
      ...openMemory(),
      runs: {
        get: runs.get.bind(runs),
        byKey: runs.byKey.bind(runs),
        list: runs.list.bind(runs),
        tally: runs.tally.bind(runs),
        due: runs.due.bind(runs),
        nextWake: runs.nextWake.bind(runs),
      },
    },
    clock: systemClock,
    isolation: processIsolation(),
  });
  await assert.rejects(looking.get('r'), (error) => error instanceof ContinuoError && error.code === 'STORE_CORRUPT');
  await engine.close();
});
