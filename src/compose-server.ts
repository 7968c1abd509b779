/** The server, put together: apart from the engine, because only those who serve should load it. */
import { readFileSync } from 'node:fs';
import { openConfigured, mustReadGatewayConfig, reportExperiments, usualConfig, type GatewaySettings } from './compose-gateway.ts';
import { version } from './cli/version.ts';
import { ContinuoError } from './core/errors.ts';
import type { Orchestrator } from './engine/orchestrator.ts';
import { systemClock } from './engine/system-clock.ts';
import type { Environment } from './compose-distributed.ts';
import type { Backend } from './ports/backend.ts';
import type { Telemetry } from './ports/telemetry.ts';
import type { Gateway } from './gateway/gateway.ts';
import { Auditor } from './server/access/auditor.ts';
import { adminKeyFrom, firstKey } from './server/access/first-key.ts';
import { logStore } from './server/logs/log-store.ts';
import { openLog, type Log, type LogOptions } from './server/logs/open-log.ts';
import { secretsIn } from './server/logs/secrets-in.ts';
import { Metrics } from './server/metrics/metrics.ts';
import { watchStore } from './server/metrics/watch-store.ts';
import { openServer, type OpenServer } from './server/open-server.ts';
import { readSigners } from './server/plans/read-signers.ts';
import { readWebhooks } from './server/plans/read-webhooks.ts';
import type { ServerParts, ServerSettings, Systems } from './server/parts.ts';
import { keepObjectsYoung } from './server/young-objects.ts';
import type { FilmSystem, OpenedFilmSystem } from './studio/film/film-system.ts';

export interface ServeOptions {
  readonly orchestrator: Orchestrator;
  /** The model gateway that is offered over HTTP: its configuration; none where absent. */
  readonly gateway?: GatewaySettings;
  readonly systems?: Systems;
  readonly settings?: ServerSettings;
  /** `127.0.0.1` when absent: whoever wants others to come says so. */
  readonly host?: string;
  readonly port?: number;
  /** Of what is served; Continuo's own when absent. */
  readonly version?: string;
  readonly draining?: () => boolean;
  readonly watched?: ServerParts['watched'];
  /** Figures and a log of the store that the orchestrator was opened on: see `attended`. */
  readonly attended?: Attended;
  /** Is told of requests. The orchestrator has the same, and closes it. */
  readonly telemetry?: Telemetry | undefined;
}

/** Who looks at a store while an orchestrator works on it, and later at the server. */
export interface Attended {
  /** The store: what the orchestrator is to be opened on. */
  readonly backend: Backend;
  readonly metrics: Metrics;
  readonly log: Log | undefined;
}

/** Before anything is opened on it, a store is given those who look at it. */
export function attended(backend: Backend, log?: Log): Attended {
  const metrics = new Metrics(version);
  return { backend: watchStore(backend, [metrics.store, ...(log === undefined ? [] : [logStore(log)])]), metrics, log };
}

export async function serve(options: ServeOptions): Promise<OpenServer> {
  keepObjectsYoung();
  const { orchestrator, gateway: settings, host = '127.0.0.1', port = 8787, watched, attended: by, telemetry } = options;
  const { backend } = orchestrator;
  const gateway = settings === undefined ? undefined : opened(settings, orchestrator, telemetry);
  by?.metrics.attend(orchestrator, backend);
  const server = await openServer(
    {
      orchestrator,
      backend,
      version: options.version ?? version,
      clock: systemClock,
      draining: options.draining ?? ((): boolean => false),
      auditor: new Auditor(backend.access.audit),
      systems: options.systems ?? {},
      settings: options.settings ?? {},
      ...(watched === undefined ? {} : { watched }),
      ...(by === undefined ? {} : { metrics: by.metrics }),
      ...(by?.log === undefined ? {} : { log: by.log }),
      ...(telemetry === undefined ? {} : { telemetry }),
      ...(gateway === undefined || settings === undefined
        ? {}
        : {
            gateway: gateway.get,
            experiments: (question) =>
              reportExperiments({ ...question, backend, ...(settings.config === undefined ? {} : { config: settings.config }) }),
          }),
    },
    { host, port },
  );
  return {
    ...server,
    close: async () => {
      await server.close();
      by?.metrics.close();
      await gateway?.close();
    },
  };
}

/** Read and opened when somebody asks for the first time; what is wrong with it is told to each who asks. */
function opened(
  settings: GatewaySettings,
  { backend }: Orchestrator,
  telemetry: Telemetry | undefined,
): { readonly get: () => Promise<Gateway>; close(): Promise<void> } {
  let gateway: Promise<Gateway> | undefined;
  const open = async (): Promise<Gateway> => openConfigured(mustReadGatewayConfig(settings), { ...settings, backend, telemetry });
  return {
    get: () => (gateway ??= open()),
    close: async () => (await gateway?.catch(() => undefined))?.close(),
  };
}

/** The system that makes films, for requests from outside: they may not name files of this machine. */
export async function mountFilms(
  system: FilmSystem,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedFilmSystem | { readonly why: string }> {
  try {
    return await system.open({ env, pictures: null, voice: null, localFiles: false });
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    return { why: error.message };
  }
}

/** The usual configuration of the gateway, with what the system brings along where it is not there already. */
export function gatewayConfigWith(system: Pick<FilmSystem, 'gateway'>): readonly string[] {
  const usual = usualConfig();
  // In the project itself the usual places hold the system's own.
  return usual.some((glob) => glob.startsWith('systems/')) ? usual : [...usual, ...system.gateway];
}

/** A log without what the environment keeps secret. */
export function logFor(env: Environment, options: Pick<LogOptions, 'level' | 'format' | 'out'>): ReturnType<typeof openLog> {
  return openLog({ ...options, secrets: secretsIn(env) });
}

/** What a command line says of a server. */
export interface ServerWords {
  readonly origin?: readonly string[];
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly trustProxy?: readonly string[] | true;
  readonly rate?: number;
  readonly filmRate?: number;
  readonly bodyLimit?: number;
  readonly requireSigned?: true;
  readonly allowHost?: readonly string[];
  readonly signer?: readonly string[];
  readonly webhooks?: string;
  readonly metricsOpen?: true;
}

export function serverSettings(words: ServerWords, env: Environment): ServerSettings {
  const { origin, tlsKey, tlsCert, trustProxy, rate, filmRate, bodyLimit, requireSigned, allowHost, signer, webhooks } = words;
  const adminKey = adminKeyFrom(env);
  if (requireSigned === true && signer === undefined)
    throw new ContinuoError('USAGE', '--require-signed needs somebody whose signatures count: name their public keys with --signer');
  if ((tlsKey === undefined) !== (tlsCert === undefined))
    throw new ContinuoError('USAGE', 'TLS needs a key and a certificate: give both --tls-key and --tls-cert');
  return {
    ...(origin === undefined ? {} : { origins: origin }),
    ...(tlsKey === undefined || tlsCert === undefined
      ? {}
      : { tls: { key: textOf('--tls-key', tlsKey), cert: textOf('--tls-cert', tlsCert) } }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(rate === undefined ? {} : { requestsPerSecond: rate }),
    ...(filmRate === undefined ? {} : { filmsPerMinute: filmRate }),
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    ...(requireSigned === undefined ? {} : { requireSigned }),
    ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
    ...(adminKey === undefined ? {} : { adminKey }),
    ...(signer === undefined ? {} : { signers: readSigners(signer) }),
    ...(webhooks === undefined ? {} : { webhooks: readWebhooks(webhooks, env) }),
    ...(words.metricsOpen === undefined ? {} : { metricsOpen: true }),
  };
}

/** The key that a new store begins with, made now; undefined where there is a key already, or the environment sets one. */
export async function firstKeyOf({ access }: Pick<Backend, 'access'>, { adminKey }: ServerSettings): Promise<string | undefined> {
  if (adminKey !== undefined) return undefined;
  return firstKey({ keys: access.keys, auditor: new Auditor(access.audit) }, { who: 'server', at: Date.now() });
}

function textOf(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('USAGE', `${option} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
