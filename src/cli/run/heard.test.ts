import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { Bus } from '../../engine/bus.ts';
import type { Live } from '../../ports/exchange.ts';
import { Heard } from './heard.ts';

/** A stream that hands on what others told, and what this process told. */
function stream(): { readonly live: Live; readonly followed: readonly string[]; readonly hear: (name: string, event: Json) => void } {
  const followers = new Map<string, Parameters<Live['follow']>[2]>();
  const followed: string[] = [];
  return {
    followed,
    hear: (name, event) => {
      if (typeof event !== 'object' || event === null || !('runId' in event) || typeof event.runId !== 'string') return;
      const { runId: run } = event;
      followers.get(run)?.({ run, name, event, cursor: '1' });
    },
    live: {
      tell: () => undefined,
      flushed: () => Promise.resolve(),
      status: () => Promise.resolve(undefined),
      follow: (run, _, hear) => {
        followed.push(run);
        followers.set(run, hear);
        return Promise.resolve(() => void followers.delete(run));
      },
    },
  };
}

const attempt = (
  runId: string,
  stepId: string,
  number = 1,
): { runId: string; stepId: string; agentId: string; jobId: string; visit: number; attempt: number } => ({
  runId,
  stepId,
  agentId: 'painter',
  jobId: `${runId}:${stepId}.${number}`,
  visit: 1,
  attempt: number,
});

suite('a run as it is shown where several nodes share its store', () => {
  test('what agents elsewhere begin and say is told; what began here is told once', () => {
    const bus = new Bus();
    const { live, hear } = stream();
    const heard = new Heard(bus, live, 'r1', undefined);
    const told: string[] = [];
    heard.on('*', (event, name) => told.push(`${name} ${event.stepId ?? ''}`.trim()));
    const own = attempt('r1', 'here');
    bus.emit('step:started', own);
    hear('step:started', own);
    hear('step:started', attempt('r1', 'there'));
    hear('step:progress', { runId: 'r1', stepId: 'there', share: 0.5 });
    hear('run:status', { runId: 'r1', status: 'running' });
    assert.deepEqual(told, ['step:started here', 'step:started there', 'step:progress there']);
    heard.close();
    hear('step:progress', { runId: 'r1', stepId: 'there', share: 0.9 });
    bus.emit('step:started', attempt('r1', 'late'));
    assert.equal(told.length, 3);
  });

  test('what comes after the end of an attempt, or of its step, is left out', () => {
    const bus = new Bus();
    const { live, hear } = stream();
    const heard = new Heard(bus, live, 'r1', undefined);
    const told: string[] = [];
    heard.on('step:started', ({ jobId }) => told.push(jobId));
    heard.on('step:progress', ({ stepId }) => told.push(stepId));
    bus.emit('queue:failed', { jobId: 'r1:a.1', error: { code: 'X', message: 'x' } });
    hear('step:started', attempt('r1', 'a'));
    hear('step:started', attempt('r1', 'a', 2));
    bus.emit('step:completed', { runId: 'r1', stepId: 'a', agentId: undefined, response: null });
    hear('step:progress', { runId: 'r1', stepId: 'a', share: 1 });
    bus.emit('step:reopened', { runId: 'r1', stepId: 'a', by: 'gate', round: 2 });
    hear('step:progress', { runId: 'r1', stepId: 'a', share: 0.1 });
    assert.deepEqual(told, ['r1:a.2', 'a']);
  });

  test('runs that it calls are heard too, and others are not', () => {
    const bus = new Bus();
    const { live, followed } = stream();
    const heard = new Heard(bus, live, 'r1', undefined);
    bus.emit('run:started', { runId: 'r1~cut.1', workflow: 'cut', project: 'default' });
    bus.emit('run:started', { runId: 'r10', workflow: 'other', project: 'default' });
    assert.deepEqual(followed, ['r1', 'r1~cut.1']);
    heard.close();
  });
});
