/** The only file that names concrete implementations together. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from './backends/sqlite/index.ts';
import type { AnyWorkflow } from './core/plan/workflow.ts';
import type { Limits } from './engine/dispatcher.ts';
import { processIsolation } from './engine/isolation/process-isolation.ts';
import { Orchestrator as Engine } from './engine/orchestrator.ts';
import { systemClock } from './engine/system-clock.ts';
import type { Trigger } from './engine/triggers.ts';
import { Visitor } from './engine/visitor.ts';
import { must, readConfig, loadConfig, type ConfigReading } from './gateway/config/load.ts';
import type { GatewayConfig } from './gateway/config/model.ts';
import type { ExperimentReport } from './gateway/experiments/report.ts';
import { reports } from './gateway/experiments/reports.ts';
import { connection } from './gateway/connection.ts';
import type { Gateway } from './gateway/gateway.ts';
import { gatewayOn } from './gateway/open.ts';
import type { Connections } from './ports/agent.ts';
import type { Backend } from './ports/backend.ts';
import type { Clock } from './ports/clock.ts';

export { holderOf, type Holder } from './backends/sqlite/index.ts';
export { summarise, type ConfigSummary, type FunctionSummary } from './gateway/config/summary.ts';
export type { ArmReport, ExperimentReport, MetricReport, VariantReport } from './gateway/experiments/report.ts';
export type { Inference } from './ports/inference.ts';

export const defaultDirectory = '.continuo';

/** Where the gateway's configuration is looked for when nobody says. */
export const defaultConfig: readonly string[] = ['config/*.toml', 'systems/*/config/*.toml'];

export interface OpenOptions {
  /** Where the embedded store lives; `.continuo` when absent. */
  readonly dir?: string;
  /** Another store than the embedded one. */
  readonly backend?: Backend | Promise<Backend>;
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
  readonly triggers?: readonly Trigger[];
  readonly limits?: Limits;
  /** The model gateway that agents reach by `ctx.infer`: globs of its configuration, or more. */
  readonly gateway?: string | readonly string[] | GatewaySettings;
  readonly connections?: Connections;
  /** How long finished runs are kept, in milliseconds; thirty days when absent. */
  readonly retention?: number;
  readonly clock?: Clock;
}

export interface GatewaySettings {
  /** Globs of TOML files, or the same as an object; what it mentions is looked for in `dir`. */
  readonly config?: string | readonly string[] | { readonly table: object; readonly dir: string };
  /** Refuse what upstream would refuse. */
  readonly strict?: boolean;
  /** Where keys are looked for; the process's own environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof globalThis.fetch;
  /** Hears what is worth knowing and stops nothing. */
  readonly warn?: (message: string) => void;
}

export interface GatewayOptions extends GatewaySettings {
  /** Where the ledger is; `.continuo` when absent. */
  readonly dir?: string;
  /** Another store than the embedded one; it stays open. */
  readonly backend?: Backend;
  readonly clock?: Clock;
}

export class Orchestrator extends Engine {
  /**
   * The whole start: opens the store, goes on with unfinished runs, takes commands.
   *
   * ```ts
   * const orchestrator = await Orchestrator.open({ agents: [writer] });
   * ```
   */
  static async open(options: OpenOptions = {}): Promise<Orchestrator> {
    const { dir = defaultDirectory, clock = systemClock, agents, workflows, triggers, limits, retention } = options;
    const settings = settingsOf(options.gateway);
    // What is wrong with it is said before anything is opened.
    const config = settings === undefined ? undefined : must(readGatewayConfig(settings));
    const backend = await (options.backend ?? openSqlite({ dir, role: 'engine' }));
    const gateway = config === undefined || settings === undefined ? undefined : connection(gatewayFor(settings, config, backend, clock));
    const connections = { ...options.connections, ...(gateway === undefined ? {} : { gateway }) };
    const orchestrator = new Orchestrator({
      backend,
      clock,
      isolation: processIsolation(),
      connections,
      ...(agents === undefined ? {} : { agents }),
      ...(workflows === undefined ? {} : { workflows }),
      ...(triggers === undefined ? {} : { triggers }),
      ...(limits === undefined ? {} : { limits }),
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

/**
 * The model gateway on its own, beside whatever engine works in the directory.
 *
 * ```ts
 * const gateway = await openGateway({ config: 'config/*.toml' });
 * ```
 */
export async function openGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const config = must(readGatewayConfig(options));
  const { backend, clock = systemClock } = options;
  if (backend !== undefined) return gatewayFor(options, config, backend, clock);
  const dir = options.dir ?? defaultDirectory;
  // Only an engine makes a store.
  if (!existsSync(join(dir, 'continuo.db'))) await (await openSqlite({ dir, role: 'engine' })).close();
  const own = await openSqlite({ dir, role: 'visitor' });
  return gatewayFor(options, config, own, clock, () => own.close());
}

export interface ExperimentQuestion extends Pick<GatewaySettings, 'config' | 'env'> {
  /** Where the ledger is; `.continuo` when absent. */
  readonly dir?: string;
  /** All that have feedback when absent. */
  readonly function?: string;
  /** All that have feedback when absent. */
  readonly metric?: string;
}

/** How the variants of functions do, by what a data directory knows of them. */
export async function reportExperiments(question: ExperimentQuestion): Promise<readonly ExperimentReport[]> {
  const { functions, metrics } = must(readGatewayConfig(question));
  const visitor = await visit(question);
  try {
    return await reports({
      functions,
      metrics,
      ledger: visitor.backend.ledger,
      random: Math.random,
      ...(question.function === undefined ? {} : { of: question.function }),
      ...(question.metric === undefined ? {} : { only: question.metric }),
    });
  } finally {
    await visitor.close();
  }
}

/** The configuration with everything that is wrong with it. */
export function readGatewayConfig({ config, strict = false, env = process.env }: GatewaySettings): ConfigReading {
  const how = { strict, env };
  if (typeof config === 'object' && 'table' in config) return readConfig(config.table, { ...how, dir: config.dir });
  return loadConfig(config ?? defaultConfig.filter((glob) => globSync(glob).length > 0), how);
}

function settingsOf(given: OpenOptions['gateway']): GatewaySettings | undefined {
  // `in` tells settings from lists, which `Array.isArray` cannot when they are readonly.
  if (given === undefined) return undefined;
  return typeof given === 'string' || 'length' in given ? { config: given } : given;
}

function gatewayFor(settings: GatewaySettings, config: GatewayConfig, backend: Backend, clock: Clock, release?: () => Promise<void>): Gateway {
  return gatewayOn({
    config,
    ledger: backend.ledger,
    meters: backend.meters,
    clock,
    env: settings.env ?? process.env,
    ...(settings.fetch === undefined ? {} : { fetch: settings.fetch }),
    ...(settings.warn === undefined ? {} : { warn: settings.warn }),
    ...(release === undefined ? {} : { release }),
  });
}
