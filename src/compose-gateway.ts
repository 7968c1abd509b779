/** The model gateway, put together: apart from the engine, because only those who use it should load it. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from './backends/sqlite/index.ts';
import { defaultDirectory } from './engine/default-directory.ts';
import { systemClock } from './engine/system-clock.ts';
import { loadConfig, must, readConfig, type ConfigReading } from './gateway/config/load.ts';
import type { GatewayConfig } from './gateway/config/model.ts';
import { connection } from './gateway/connection.ts';
import type { ExperimentReport } from './gateway/experiments/report.ts';
import { reports } from './gateway/experiments/reports.ts';
import type { Gateway } from './gateway/gateway.ts';
import { gatewayOn } from './gateway/open.ts';
import type { ModelGateway } from './ports/agent.ts';
import type { Backend } from './ports/backend.ts';
import type { Clock } from './ports/clock.ts';
import type { Telemetry } from './ports/telemetry.ts';

export { summarise } from './gateway/config/summary.ts';
export { functionNamed } from './gateway/named.ts';

/** Where the configuration is looked for when nobody says. */
const defaultConfig: readonly string[] = ['config/*.toml', 'systems/*/config/*.toml'];

export interface GatewaySettings {
  /** Globs of TOML files, or the same as an object; what it mentions is looked for in `dir`. */
  readonly config?: string | readonly string[] | { readonly table: object; readonly dir: string };
  /** Refuse what upstream would refuse. */
  readonly strict?: boolean;
  /** Where keys are looked for; the process's own environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof globalThis.fetch;
  /** Read the configuration when an agent asks for the first time, and not at once. */
  readonly lazy?: boolean;
  /** Whether what was said goes into traces; when absent, what OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT says. */
  readonly traceContents?: boolean;
  /** Hears what is worth knowing and stops nothing. */
  readonly warn?: (message: string) => void;
}

export interface GatewayOptions extends GatewaySettings {
  /** Where the ledger is; `.continuo` when absent. */
  readonly dir?: string;
  /** Another store than the embedded one; it stays open. */
  readonly backend?: Backend;
  /** Is told of what was asked; it stays open. */
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock;
}

export function openGateway(options: GatewayOptions): Promise<Gateway> {
  return openConfigured(mustReadGatewayConfig(options), options);
}

/** With a configuration that was read before, so that what is asked can be held against it before a store is opened. */
export async function openConfigured(config: GatewayConfig, options: GatewayOptions): Promise<Gateway> {
  const { backend, clock = systemClock, telemetry } = options;
  if (backend !== undefined) return gatewayFor(options, config, { backend, clock, telemetry });
  const dir = options.dir ?? defaultDirectory;
  // Only an engine makes a store.
  if (!existsSync(join(dir, 'continuo.db'))) await (await openSqlite({ dir, role: 'engine' })).close();
  const own = await openSqlite({ dir, role: 'visitor', thread: true });
  return gatewayFor(options, config, { backend: own, clock, telemetry }, () => own.close());
}

interface Beside {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly telemetry: Telemetry | undefined;
}

/** The gateway as an engine has it for its agents. */
export function connectGateway(settings: GatewaySettings, config: GatewayConfig, beside: Beside): ModelGateway {
  return connection(gatewayFor(settings, config, beside));
}

export function mustReadGatewayConfig(settings: GatewaySettings): GatewayConfig {
  return must(readGatewayConfig(settings));
}

export interface ExperimentQuestion extends Pick<GatewaySettings, 'config' | 'env'> {
  /** Where the ledger is; `.continuo` when absent. */
  readonly dir?: string;
  /** Another store than the embedded one; it stays open. */
  readonly backend?: Backend;
  /** All that have feedback when absent. */
  readonly function?: string;
  /** All that have feedback when absent. */
  readonly metric?: string;
}

/** How the variants of functions do, by what a data directory knows of them. */
export async function reportExperiments(question: ExperimentQuestion): Promise<readonly ExperimentReport[]> {
  const { functions, metrics } = must(readGatewayConfig(question));
  const backend = question.backend ?? (await openSqlite({ dir: question.dir ?? defaultDirectory, role: 'visitor' }));
  try {
    return await reports({
      functions,
      metrics,
      ledger: backend.ledger,
      random: Math.random,
      ...(question.function === undefined ? {} : { of: question.function }),
      ...(question.metric === undefined ? {} : { only: question.metric }),
    });
  } finally {
    if (question.backend === undefined) await backend.close();
  }
}

/** The configuration with everything that is wrong with it. */
export function readGatewayConfig({ config, strict = false, env = process.env }: GatewaySettings): ConfigReading {
  const how = { strict, env };
  if (typeof config === 'object' && 'table' in config) return readConfig(config.table, { ...how, dir: config.dir });
  return loadConfig(config ?? usualConfig(), how);
}

/** Those of the usual places where there is something. */
export function usualConfig(): readonly string[] {
  return defaultConfig.filter((glob) => globSync(glob).length > 0);
}

function gatewayFor(
  settings: GatewaySettings,
  config: GatewayConfig,
  { backend, clock, telemetry }: Beside,
  release?: () => Promise<void>,
): Gateway {
  const env = settings.env ?? process.env;
  return gatewayOn({
    config,
    ledger: backend.ledger,
    meters: backend.meters,
    clock,
    env,
    traceContents: settings.traceContents ?? env['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT']?.toLowerCase() === 'true',
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(settings.fetch === undefined ? {} : { fetch: settings.fetch }),
    ...(settings.warn === undefined ? {} : { warn: settings.warn }),
    ...(release === undefined ? {} : { release }),
  });
}
