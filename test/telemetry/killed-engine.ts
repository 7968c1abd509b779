/** An engine that is killed in the middle of a run: it says when it is there, and waits. */
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { Orchestrator } from '../../src/compose.ts';
import { otlpTelemetry } from '../../src/telemetry/index.ts';
import { agents, plan } from './killed-plan.ts';

const [dir, endpoint] = process.argv.slice(2);
if (dir === undefined || endpoint === undefined) throw new Error('killed-engine.ts <dir> <endpoint>');

const orchestrator = await Orchestrator.open({
  backend: openSqlite({ dir, role: 'engine' }),
  agents: agents(() => {
    process.stdout.write('there\n');
    return new Promise(() => undefined);
  }),
  telemetry: otlpTelemetry({ endpoint, delay: 1 }),
});
await orchestrator.start(plan, null, { id: 'killed' });
setInterval(() => undefined, 60_000);
