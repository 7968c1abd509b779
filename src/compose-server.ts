/** The server, put together: apart from the engine, because only those who serve should load it. */
import { readFileSync } from 'node:fs';
import { openConfigured, mustReadGatewayConfig, reportExperiments, usualConfig, type GatewaySettings } from './compose-gateway.ts';
import { ContinuoError } from './core/errors.ts';
import type { Orchestrator } from './engine/orchestrator.ts';
import { systemClock } from './engine/system-clock.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Telemetry } from './ports/telemetry.ts';
import { Auditor } from './server/access/auditor.ts';
import { openServer, type OpenServer } from './server/open-server.ts';
import type { ServerParts, ServerSettings, Systems } from './server/parts.ts';
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
  readonly version: string;
  readonly draining?: () => boolean;
  readonly watched?: ServerParts['watched'];
  /** That of the orchestrator, which closes it. */
  readonly telemetry?: Telemetry | undefined;
}

/** Answers from when this resolves; closing it leaves the orchestrator open. */
export async function serve(options: ServeOptions): Promise<OpenServer> {
  const { orchestrator, gateway: settings, host = '127.0.0.1', port = 8787, watched, telemetry } = options;
  const { backend } = orchestrator;
  const gateway = settings === undefined ? undefined : opened(settings, orchestrator, telemetry);
  const server = await openServer(
    {
      orchestrator,
      backend,
      version: options.version,
      clock: systemClock,
      draining: options.draining ?? ((): boolean => false),
      auditor: new Auditor(backend.access.audit),
      systems: options.systems ?? {},
      settings: options.settings ?? {},
      ...(watched === undefined ? {} : { watched }),
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
}

export function serverSettings(words: ServerWords): ServerSettings {
  const { origin, tlsKey, tlsCert, trustProxy, rate, filmRate, bodyLimit, requireSigned, allowHost } = words;
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
  };
}

function textOf(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('USAGE', `${option} ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
