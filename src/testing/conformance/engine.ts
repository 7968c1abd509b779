import { describe } from 'node:test';
import { contextConformance } from './context.ts';
import { enoughConformance } from './enough.ts';
import { kindsConformance } from './kinds.ts';
import { operationsConformance } from './operations.ts';
import { optionsConformance } from './options.ts';
import { recoveryConformance } from './recovery.ts';
import type { OpenBackend } from './rig.ts';
import { seedsConformance } from './seeds.ts';

/**
 * Everything that an orchestrator promises, on the backend that `open` gives. Closing
 * a backend and opening it again with the same directory must give the same data.
 *
 * ```ts
 * engineConformance('mine', (dir) => openMine(dir));
 * ```
 */
export function engineConformance(name: string, open: OpenBackend): void {
  describe(`orchestrator on ${name}`, { concurrency: false }, () => {
    kindsConformance(open);
    enoughConformance(open);
    optionsConformance(open);
    operationsConformance(open);
    contextConformance(open);
    recoveryConformance(open);
    seedsConformance(open);
  });
}
