import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openMemory } from '../backends/memory/index.ts';
import type { Backend } from '../ports/backend.ts';
import { Orchestrator } from '../index.ts';
import { agent } from './agent.ts';

/** A store whose index answers some turns later, as one does that is asked over a network. */
function slow(backend: Backend): Backend {
  const { runs } = backend;
  const list = runs.list.bind(runs);
  Object.assign(runs, {
    list: async (...asked: Parameters<typeof list>) => {
      for (let turns = 0; turns < 5; turns++) await setImmediate();
      return list(...asked);
    },
  });
  return backend;
}

test(
  'a run that had ended and is tried again is worked by one actor, though the one that was asked was forgotten meanwhile',
  { timeout: 20_000 },
  async (t) => {
    let tries = 0;
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const worker = agent({
      id: 'a',
      run: async (_: unknown, ctx) => {
        if (++tries === 1) throw new Error('not yet');
        ctx.signal.addEventListener('abort', () => hear());
        begin();
        await heard;
      },
    });
    const orchestrator = await Orchestrator.open({ backend: slow(openMemory()), agents: [worker] });
    t.after(() => orchestrator.close());
    const plan = { id: 'p', concurrency: { key: 'k', limit: 1 }, steps: [{ id: 's', agentId: 'a', input: null }] };
    assert.equal((await orchestrator.run(plan, null, { id: 'r' })).status, 'failed');
    await orchestrator.retry('r');
    await begun;
    await orchestrator.cancel('r');
    // An actor of which nobody knows would never tell its agent.
    await heard;
    assert.equal((await orchestrator.get('r')).status, 'cancelled');
    assert.equal(tries, 2);
  },
);
