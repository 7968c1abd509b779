/** The only file that names concrete implementations together. */
import { openSqlite } from './backends/sqlite/index.ts';
import { ContinuoError } from './core/errors.ts';
import type { AnyWorkflow } from './core/plan/workflow.ts';
import type { Limits } from './engine/dispatcher.ts';
import { processIsolation } from './engine/isolation/process-isolation.ts';
import { Worker } from './engine/fleet/worker.ts';
import { Orchestrator as Engine } from './engine/orchestrator.ts';
import { systemClock } from './engine/system-clock.ts';
import type { Trigger } from './engine/triggers.ts';
import { Visitor } from './engine/visitor.ts';
import { defaultDirectory } from './engine/default-directory.ts';
import { chooseStore, type DistributedOptions, type StoreChoice, type StoreWords } from './compose-distributed.ts';
import type * as GatewayTools from './compose-gateway.ts';
import type * as ServerTools from './compose-server.ts';
import type { ServeOptions } from './compose-server.ts';
import type { GatewayOptions, GatewaySettings } from './compose-gateway.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Connections, ModelGateway } from './ports/agent.ts';
import type { Backend } from './ports/backend.ts';
import type { Clock } from './ports/clock.ts';
import type { Telemetry } from './ports/telemetry.ts';
import type { Environment, OtlpOptions } from './telemetry/index.ts';
import type * as TelemetryTools from './telemetry/index.ts';
import type * as AccessTools from './server/access/index.ts';
import type { OpenServer } from './server/open-server.ts';
import type * as HealthTools from './server/health/index.ts';
import type * as PlanTools from './server/plans/plan-tools.ts';

export { defaultDirectory };
export { holderOf, type Holder } from './backends/sqlite/index.ts';
export { chooseStore, storeFromEnvironment, withoutPassword, type StoreChoice, type StoreWords } from './compose-distributed.ts';
export type { Worker };
export type { DistributedOptions } from './compose-distributed.ts';
export type { GatewayOptions, GatewaySettings } from './compose-gateway.ts';
export type { CacheMode, FunctionConfig } from './gateway/config/model.ts';
export type { ConfigProblem } from './gateway/config/problem.ts';
export type { ConfigSummary, FunctionSummary } from './gateway/config/summary.ts';
export type { ArmReport, ExperimentReport, MetricReport, VariantReport } from './gateway/experiments/report.ts';
export type { InferOptions } from './gateway/inference.ts';
export type { Gateway } from './gateway/gateway.ts';
export type { Inference } from './ports/inference.ts';
export type { FleetView, Watched } from './server/health/index.ts';
export type { MountedFilms, ServerSettings } from './server/parts.ts';
export type { OpenServer } from './server/open-server.ts';
export type { Attended, ServeOptions, ServerWords } from './compose-server.ts';

export interface OpenOptions {
  /** Where the embedded store lives; when absent, what CONTINUO_POSTGRES and CONTINUO_REDIS name, or `.continuo`. */
  readonly dir?: string;
  /** Another store than the embedded one: `distributed({ … })`, `openMemory()`. */
  readonly backend?: Backend | Promise<Backend>;
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
  readonly triggers?: readonly Trigger[];
  readonly limits?: Limits;
  /** The model gateway that agents reach by `ctx.infer`: globs of its configuration, or more. */
  readonly gateway?: string | readonly string[] | GatewaySettings;
  readonly connections?: Connections;
  /** Is told of work that was done, and closed at the end: `otlpTelemetry({ … })`, or what `telemetryFrom` makes of the environment. */
  readonly telemetry?: Telemetry | undefined;
  /** How long finished runs are kept, in milliseconds; thirty days when absent. */
  readonly retention?: number;
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
    const { dir, clock = systemClock, agents, workflows, triggers, limits, retention, telemetry } = options;
    const settings = settingsOf(options.gateway);
    // What is wrong with it is said before anything is opened.
    if (settings !== undefined && settings.lazy !== true) (await gatewayTools()).mustReadGatewayConfig(settings);
    const backend = await (options.backend ?? openStore(chooseStore(dir === undefined ? {} : { dir }, process.env), 'engine'));
    const gateway = await connectionOf(settings, backend, clock, telemetry);
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
      ...(telemetry === undefined ? {} : { telemetry }),
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

/** Looks into a store, and leaves commands for whoever works there. */
export async function visit(store: StoreWords | StoreChoice = {}): Promise<Visitor> {
  return new Visitor(await openStore('is' in store ? store : chooseStore(store, process.env), 'visitor'));
}

/** A store that was chosen, for what somebody wants to do there. */
export async function openStore(choice: StoreChoice, role: 'engine' | 'worker' | 'visitor'): Promise<Backend> {
  if (choice.is === 'distributed') return distributed({ ...choice.options, role });
  if (role !== 'worker') return openSqlite({ dir: choice.dir, role });
  throw new ContinuoError(
    'USAGE',
    'a worker makes attempts for the engines of a store that nodes share: give --postgres, --redis and --blobs, or set CONTINUO_POSTGRES, CONTINUO_REDIS and CONTINUO_BLOBS',
  );
}

/**
 * The store that many nodes share: Postgres keeps, Redis moves, and blobs lie where all nodes see them. Resolves when
 * this process has joined; rejects with what is wrong with a server, and what mends it.
 *
 * ```ts
 * const store = { postgres: 'postgres://localhost/app', redis: 'redis://localhost', blobs: '/mnt/blobs' };
 * const orchestrator = await Orchestrator.open({ backend: distributed(store) });
 * ```
 */
export async function distributed(options: DistributedOptions): Promise<Backend> {
  const { openDistributed } = await import('./backends/postgres-redis/index.ts');
  return openDistributed(options);
}

export interface OpenWorkerOptions {
  /** Of the role `worker`; when absent, what CONTINUO_POSTGRES, CONTINUO_REDIS and CONTINUO_BLOBS name. */
  readonly backend?: Backend | Promise<Backend>;
  /** Whose attempts it makes. */
  readonly agents: readonly unknown[];
  /** Of this process; what all nodes together may do stands in an agent's `fleet`. */
  readonly limits?: Limits;
  readonly gateway?: OpenOptions['gateway'];
  readonly connections?: Connections;
  /** Is told of what its attempts ask and do, and closed at the end. */
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock;
}

/**
 * A node without runs of its own: it makes attempts for the engines of its store, from when this resolves until it is
 * drained or closed.
 *
 * ```ts
 * const worker = await openWorker({ agents: [renderer], limits: { concurrency: 4 } });
 * process.once('SIGTERM', () => void worker.drain(30_000).then(() => worker.close()));
 * ```
 */
export async function openWorker(options: OpenWorkerOptions): Promise<Worker> {
  const { agents, limits, clock = systemClock, telemetry } = options;
  const settings = settingsOf(options.gateway);
  if (settings !== undefined && settings.lazy !== true) (await gatewayTools()).mustReadGatewayConfig(settings);
  const backend = await (options.backend ?? openStore(chooseStore({}, process.env), 'worker'));
  try {
    const gateway = await connectionOf(settings, backend, clock, telemetry);
    const connections = { ...options.connections, ...(gateway === undefined ? {} : { gateway }) };
    const worker = new Worker({
      backend,
      clock,
      isolation: processIsolation(),
      agents,
      connections,
      ...(limits === undefined ? {} : { limits }),
      ...(telemetry === undefined ? {} : { telemetry }),
    });
    // Whoever looks from now on finds it.
    await backend.directory?.refresh();
    return worker;
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/**
 * The model gateway on its own, beside whatever engine works in the directory.
 *
 * ```ts
 * const gateway = await openGateway({ config: 'config/*.toml' });
 * ```
 */
export async function openGateway(options: GatewayOptions = {}): Promise<Gateway> {
  return (await gatewayTools()).openGateway(options);
}

/** What is about the gateway alone. It is loaded when it is needed: most commands do without. */
export async function gatewayTools(): Promise<typeof GatewayTools> {
  return import('./compose-gateway.ts');
}

/**
 * Telemetry as the environment asks for it, by the variables of OpenTelemetry (`OTEL_EXPORTER_OTLP_ENDPOINT` and the
 * rest) and of Langfuse (`LANGFUSE_PUBLIC_KEY`, `LANGFUSE_SECRET_KEY`, `LANGFUSE_BASE_URL`). Undefined where it names no
 * collector.
 *
 * ```ts
 * const telemetry = await telemetryFrom(process.env);
 * const orchestrator = await Orchestrator.open({ agents: [writer], telemetry });
 * ```
 */
export async function telemetryFrom(env: Environment, usual: Pick<OtlpOptions, 'version' | 'warn'> = {}): Promise<Telemetry | undefined> {
  const { telemetryFrom: from } = await telemetryTools();
  return from(env, usual);
}

async function telemetryTools(): Promise<typeof TelemetryTools> {
  return import('./telemetry/index.ts');
}

/**
 * An API over HTTP on an orchestrator, from when this resolves; closing it leaves the orchestrator open. Keys are those
 * of its store (`continuo keys create`), besides `settings.adminKey`.
 *
 * ```ts
 * const server = await serve({ orchestrator, port: 8787 });
 * ```
 */
export async function serve(options: ServeOptions): Promise<OpenServer> {
  return (await serverTools()).serve(options);
}

/** What answers over HTTP: only those load it that serve. */
export async function serverTools(): Promise<typeof ServerTools> {
  return import('./compose-server.ts');
}

/** What signs plans: most commands do without. */
export async function planTools(): Promise<typeof PlanTools> {
  return import('./server/plans/plan-tools.ts');
}

/** What shows how a process stands: a server, which only those load that stay up. */
export async function healthTools(): Promise<typeof HealthTools> {
  return import('./server/health/index.ts');
}

/** Keys and the audit log, for commands beside a server. */
export async function accessTools(): Promise<typeof AccessTools> {
  return import('./server/access/index.ts');
}

/** Reads the configuration when somebody asks for the first time. */
function whenAsked(connect: () => Promise<ModelGateway>): ModelGateway {
  let connected: Promise<ModelGateway> | undefined;
  const gateway = (): Promise<ModelGateway> => (connected ??= connect());
  return {
    infer: async (...asked) => (await gateway()).infer(...asked),
    rate: async (...asked) => (await gateway()).rate(...asked),
    settled: async () => (await connected?.catch(() => undefined))?.settled(),
    close: async () => (await connected?.catch(() => undefined))?.close(),
  };
}

async function connectionOf(
  settings: GatewaySettings | undefined,
  backend: Backend,
  clock: Clock,
  telemetry: Telemetry | undefined,
): Promise<ModelGateway | undefined> {
  if (settings === undefined) return undefined;
  const connect = async (): Promise<ModelGateway> => {
    const { connectGateway, mustReadGatewayConfig } = await gatewayTools();
    return connectGateway(settings, mustReadGatewayConfig(settings), { backend, clock, telemetry });
  };
  return settings.lazy === true ? whenAsked(connect) : connect();
}

function settingsOf(given: OpenOptions['gateway']): GatewaySettings | undefined {
  // `in` tells settings from lists, which `Array.isArray` cannot when they are readonly.
  if (given === undefined) return undefined;
  return typeof given === 'string' || 'length' in given ? { config: given } : given;
}
