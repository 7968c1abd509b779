/** The only file that names concrete implementations together. */
import { openSqlite } from './backends/sqlite/index.ts';

export { holderOf, type Holder } from './backends/sqlite/index.ts';
import type { AnyWorkflow } from './core/plan/workflow.ts';
import { processIsolation } from './engine/isolation/process-isolation.ts';
import { Orchestrator as Engine } from './engine/orchestrator.ts';
import { systemClock } from './engine/system-clock.ts';
import type { Trigger } from './engine/triggers.ts';
import { Visitor } from './engine/visitor.ts';
import type { Limits } from './engine/dispatcher.ts';
import type { Connections } from './ports/agent.ts';
import type { Backend } from './ports/backend.ts';
import type { Clock } from './ports/clock.ts';

export interface OpenOptions {
  /** Where the embedded store lives; `.continuo` when absent. */
  readonly dir?: string;
  /** Another store than the embedded one. */
  readonly backend?: Backend | Promise<Backend>;
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
  readonly triggers?: readonly Trigger[];
  readonly limits?: Limits;
  readonly connections?: Connections;
  /** How long finished runs are kept, in milliseconds; thirty days when absent. */
  readonly retention?: number;
  readonly clock?: Clock;
}

export const defaultDirectory = '.continuo';

export class Orchestrator extends Engine {
  /**
   * The whole start: opens the store, goes on with unfinished runs, takes commands.
   *
   * ```ts
   * const orchestrator = await Orchestrator.open({ agents: [writer] });
   * ```
   */
  static async open(options: OpenOptions = {}): Promise<Orchestrator> {
    const { dir = defaultDirectory, clock = systemClock, agents, workflows, triggers, limits, connections, retention } = options;
    const backend = await (options.backend ?? openSqlite({ dir, role: 'engine' }));
    const orchestrator = new Orchestrator({
      backend,
      clock,
      isolation: processIsolation(),
      ...(agents === undefined ? {} : { agents }),
      ...(workflows === undefined ? {} : { workflows }),
      ...(triggers === undefined ? {} : { triggers }),
      ...(limits === undefined ? {} : { limits }),
      ...(connections === undefined ? {} : { connections }),
      ...(retention === undefined ? {} : { retention }),
    });
    try {
      await orchestrator.begin();
    } catch (error) {
      await orchestrator.close();
      throw error;
    }
    return orchestrator;
  }
}

/** Looks into a data directory, and leaves commands for the engine that works there. */
export async function visit(options: { readonly dir?: string } = {}): Promise<Visitor> {
  return new Visitor(await openSqlite({ dir: options.dir ?? defaultDirectory, role: 'visitor' }));
}
