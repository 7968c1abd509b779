/** The process under test: one workload on one engine, in a directory of its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine, EngineModule } from './engine.ts';
import { bytesIn } from './measure.ts';
import { isMissing, workloadNamed, type Figures } from './workloads.ts';

/** What the parent is told. */
export type Told = { readonly figures: Figures; readonly durability: Engine['durability'] } | { readonly cannot: string };

async function measured(modulePath: string, name: string, dir: string): Promise<Told> {
  // Every engine's module is written to this shape; peers may not be installed, so that it is not a static import.
  const { open } = (await import(pathToFileURL(modulePath).href)) as EngineModule;
  const workload = workloadNamed(name);
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  const inside = (folder: string): string => {
    mkdirSync(join(dir, folder), { recursive: true });
    return join(dir, folder);
  };

  const trial = await open(inside('warm-up'));
  const can = trial[workload.needs];
  if (isMissing(can)) {
    await trial.close();
    return { cannot: can };
  }
  await workload.warmUp(trial);
  await trial.close();

  const data = inside('data');
  const engine = await open(data);
  globalThis.gc?.();
  const figures = await workload.measure(engine);
  const { durability } = engine;
  const elsewhere = await engine.stored?.();
  await engine.close();
  const stored = elsewhere ?? bytesIn(data);
  return {
    durability,
    figures: {
      ...figures,
      // The most that it ever held, in megabytes.
      rss_mb: process.resourceUsage().maxRSS / 1024,
      db_bytes: stored,
      ...(workload.parked === undefined ? {} : { db_run_bytes: stored / workload.parked }),
    },
  };
}

// Nobody is left to tell.
process.once('disconnect', () => process.exit(1));

const [modulePath = '', name = '', dir = ''] = process.argv.slice(2);
const told = await measured(modulePath, name, dir);
process.send?.(told, () => process.exit(0));
