/** One trace over a kill: what one process told and what the next one tells fit together. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { Orchestrator } from '../../src/compose.ts';
import { otlpTelemetry } from '../../src/telemetry/index.ts';
import { asTold, Collector, plain } from './collector.ts';
import { agents } from './killed-plan.ts';
import { mustBeOneTree } from './kept-spans.ts';

test('a run whose engine was killed and that another went on with is one trace, with every span once', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-traces-'));
  t.after(() => rm(dir, { recursive: true }));
  await using collector = await Collector.open();
  const endpoint = `${collector.url}/v1/traces`;

  const script = join(import.meta.dirname, 'killed-engine.ts');
  const first = spawn(process.execPath, ['--conditions=@continuo/source', script, dir, endpoint], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => first.kill('SIGKILL'));
  await once(createInterface(first.stdout), 'line');
  // What it has told has left it: what a killed process still holds is lost with it.
  for (const name of ['step script', 'execute_tool sketch 2']) await collector.took(name);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const before = collector.spans.length;
  const killedAt = Date.now();

  const telemetry = otlpTelemetry({ endpoint });
  const second = await Orchestrator.open({
    backend: openSqlite({ dir, role: 'engine' }),
    agents: agents(async () => undefined),
    telemetry,
  });
  try {
    assert.equal((await second.handle('killed').result()).status, 'succeeded');
  } finally {
    await second.close();
  }
  assert.ok(collector.spans.length > before);
  const spans = collector.spans.map(asTold);
  mustBeOneTree(spans, 'invoke_workflow film');
  const names = spans.map(({ name }) => name).toSorted();
  assert.deepEqual(names, [
    ...['draft', 'sketch 0', 'sketch 1', 'sketch 2'].map((name) => `execute_tool ${name}`),
    ...['painter', 'painter', 'painter', 'writer'].map((name) => `invoke_agent ${name}`),
    'invoke_workflow film',
    'map scenes',
    'step script',
  ]);
  // The attempt that was in hand began before the kill and ended after it.
  const last = collector.spans.findLast(({ name }) => name === 'invoke_agent painter');
  assert.ok(last !== undefined && plain(last.attributes)['continuo.item'] === 2);
  assert.ok(asTold(last).from <= killedAt && asTold(last).to >= killedAt);
});
