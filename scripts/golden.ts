/** Writes the journals of scenarios that have none yet. A journal that is there is never touched. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { folder, summary } from '../test/replay/golden.ts';
import { scenarios } from '../test/replay/scenarios.ts';

mkdirSync(folder, { recursive: true });
for (const [name, scenario] of Object.entries(scenarios)) {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) continue;
  const run = scenario();
  const golden = { plans: run.plans, entries: run.journal, expected: summary(run.program, run.run) };
  writeFileSync(file, `${JSON.stringify(golden, null, 1)}\n`);
  process.stdout.write(`wrote ${name}\n`);
}
