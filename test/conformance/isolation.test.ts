/** Agents in processes of their own, worked by the real engine on the real clock. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { Rig } from '../../src/testing/conformance/rig.ts';
import agents from './isolated-agents.ts';

const open = (dir: string): ReturnType<typeof openSqlite> => openSqlite({ dir, role: 'engine' });
const plan = (action: string, rest: object = {}): object => ({ id: 'p', steps: [{ id: 's', agentId: 'apart', action, ...rest }] });
const real = { agents, clock: systemClock };

describe('an agent with isolation: process', () => {
  it('works with its whole context, and its result is the step’s', () =>
    Rig.with(open, real, async (rig) => {
      const handle = await rig.orchestrator.start(plan('work', { input: { n: 20 } }), null, { id: 'r' });
      const { output } = await handle.result();
      const { pid, ...rest } = (output as { s: { pid: number } }).s;
      assert.deepEqual(rest, { n: 40, once: 'recorded', text: 'in a blob' });
      assert.notEqual(pid, process.pid);
      assert.ok((await rig.orchestrator.history('r')).some(({ events }) => events.some((event) => event.type === 'task.recorded')));
    }));

  it('that burns CPU is killed when it times out, and the engine goes on', () =>
    Rig.with(open, real, async (rig) => {
      const result = await (await rig.orchestrator.start(plan('burn', { timeout: 300 }))).result();
      assert.equal(result.error?.code, 'ATTEMPT_TIMED_OUT');
    }));

  it('that burns CPU is killed when its run is cancelled', () =>
    Rig.with(open, real, async (rig) => {
      const started = new Promise<void>((resolve) => rig.orchestrator.on('step:log', () => resolve()));
      const handle = await rig.orchestrator.start(plan('burn'), null, { id: 'r' });
      await started;
      await rig.orchestrator.cancel('r');
      assert.equal((await handle.result()).status, 'cancelled');
    }));

  it('that crashes fails its attempt, which is retried, and nothing else', () =>
    Rig.with(open, real, async (rig) => {
      const { error } = await (await rig.orchestrator.start(plan('crash'))).result();
      assert.equal(error?.code, 'AGENT_CRASHED');
      assert.match(error?.message ?? '', /last words/);
      const again = await (await rig.orchestrator.start(plan('crashOnce', { retry: { max: 1, delay: 0 } }))).result();
      assert.deepEqual(again.output, { s: 'second attempt' });
    }));
});
