import type { Command } from 'commander';
import {
  openStore,
  Orchestrator,
  serverTools,
  type Attended,
  type GatewaySettings,
  type MountedFilms,
  type OpenOptions,
  type ServerSettings,
  type Watched,
} from '../../compose.ts';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import { importModule } from '../load/import-module.ts';
import { loadAgents } from '../load/load.ts';
import { offerOf, type Offer } from '../load/offer.ts';
import { loadFilmSystem } from '../make/load-film-system.ts';
import { gatewayOf } from '../run/gateway-of.ts';
import { telemetryOf } from '../run/telemetry-of.ts';
import { drainOf } from '../serving/drain-of.ts';
import { tellErrors } from '../serving/errors-told.ts';
import { few } from '../serving/few.ts';
import type { Say } from '../serving/happening.ts';
import { servingOptions, type ServingOptions } from '../serving/options.ts';
import { serverOptions, type ServerOptions } from '../serving/server-options.ts';
import { stayUp, type Listening, type Working } from '../serving/stay-up.ts';
import type { Backend } from '../serving/watch-parts.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type StoreOptions } from '../store.ts';

interface Options extends StoreOptions, ServingOptions, ServerOptions {
  readonly agents?: string;
  readonly workflows?: string;
  readonly gateway?: readonly string[];
}

const usualPort = 8787;

export function addServe(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const command = program
    .command('serve')
    .summary('stay up: answer over HTTP, go on with runs, take commands')
    .description(
      'Stays up and works: an API over HTTP (its description at /docs), live events, health routes; goes on with every unfinished run, and takes commands from other terminals. On a shared store any number may serve at a time.',
    )
    .option('-a, --agents <file>', 'module that exports the agents (.ts, .mjs), and workflows besides')
    .option('-w, --workflows <file>', 'module that exports the workflows')
    .option('-g, --gateway <glob...>', 'configuration of the model gateway (default: config/*.toml and systems/*/config/*.toml)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)');
  serverOptions(servingOptions(command, `where it answers (default: ${usualPort}; 0: any free port)`)).action(async (options: Options) =>
    done(await serve(shell, options)),
  );
}

async function serve(shell: Shell, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  const tools = await serverTools();
  // What is wrong with the words is said before anything is opened.
  const settings = tools.serverSettings(options, shell.env);
  const offers = [
    ...(options.agents === undefined ? [] : [await loadAgents(options.agents)]),
    ...(options.workflows === undefined ? [] : [offerOf(await importModule(options.workflows, 'workflow file', 'PLAN_UNREADABLE'))]),
  ];
  const films = options.systems ? await mounted(shell) : undefined;
  const format = options.logFormat ?? (shell.err.isTerminal ? 'text' : 'json');
  const log = tools.logFor(shell.env, { level: options.logLevel, format, out: shell.err.stream });
  const attended = tools.attended(await openStore(store, 'engine'), log.log);
  const { backend } = attended;
  const telemetry = await telemetryOf(shell);
  const serving: Serving = { shell, options, settings, offers, films, attended, telemetry };
  let orchestrator: Orchestrator | undefined;
  try {
    return await stayUp({
      shell,
      options: { ...options, port: options.port ?? usualPort, drain: options.drain * 1000, json: options.json === true },
      role: 'engine',
      backend,
      facts: [...factsOf(serving), ...(await unfinished(backend))],
      open: async (say) => {
        orchestrator = await open(serving, say);
        return working(orchestrator);
      },
      listen: async (watched) => {
        if (orchestrator === undefined) throw new Error('nothing is listened to before it is open');
        return listen(serving, orchestrator, watched);
      },
    });
  } finally {
    await films?.close();
    log.flush();
  }
}

interface Serving {
  readonly shell: Shell;
  readonly options: Options;
  readonly settings: ServerSettings;
  readonly offers: readonly Offer[];
  readonly films: Films | undefined;
  readonly attended: Attended;
  readonly telemetry: OpenOptions['telemetry'];
}

interface Films extends MountedFilms {
  readonly agents: readonly unknown[];
  close(): Promise<void>;
}

/** Undefined where this machine cannot make any; why is said. */
async function mounted(shell: Shell): Promise<Films | undefined> {
  const { mountFilms } = await serverTools();
  const system = await loadFilmSystem();
  const opened = await mountFilms(system, shell.env);
  if (!('why' in opened))
    return { system, estimate: (request) => opened.estimate(request), agents: opened.agents, close: () => opened.close() };
  shell.err.line(`${shell.err.paint('yellow', 'note')}: films cannot be made here: ${opened.why}`);
  return undefined;
}

async function open({ shell, options, offers, films, attended: { backend }, telemetry }: Serving, say: Say): Promise<Orchestrator> {
  const orchestrator = await Orchestrator.open({
    backend,
    agents: [...(films?.agents ?? []), ...offers.flatMap((offer) => offer.agents)],
    workflows: [...(films === undefined ? [] : [films.system.workflow]), ...offers.flatMap((offer) => [...offer.workflows.values()])],
    gateway: await gatewayFor(shell, options.gateway, films?.system),
    telemetry,
  });
  const { health } = backend;
  tellErrors(orchestrator, { say, ...(health === undefined ? {} : { health }) });
  return orchestrator;
}

const working = (orchestrator: Orchestrator): Working => ({
  agents: () => orchestrator.agents(),
  drain: (deadline) => drainOf(orchestrator, deadline),
  close: () => orchestrator.close(),
});

async function listen(serving: Serving, orchestrator: Orchestrator, watched: Watched): Promise<Listening> {
  const { shell, options, settings, films, attended, telemetry } = serving;
  const tools = await serverTools();
  const server = await tools.serve({
    orchestrator,
    settings,
    watched,
    attended,
    telemetry,
    gateway: await gatewayFor(shell, options.gateway, films?.system),
    systems: films === undefined ? {} : { films },
    draining: () => watched.draining(),
    port: options.port ?? usualPort,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  // Once it listens: whoever cannot start a server is not told a key that nobody else will ever be.
  const key = await tools.firstKeyOf(attended.backend, settings);
  return {
    facts: [
      ['url', server.url],
      ['docs', `${server.url}/docs`],
      ['health', `${server.url}/readyz`],
      ...(key === undefined
        ? []
        : [
            ['key', key] as const,
            ['note', 'that admin key is shown this once: keep it, and make others with `continuo keys create`'] as const,
          ]),
    ],
    close: () => server.close(),
  };
}

async function gatewayFor(shell: Shell, given: readonly string[] | undefined, films: FilmSystem | undefined): Promise<GatewaySettings> {
  const settings = gatewayOf(shell, given);
  if (given !== undefined || films === undefined) return settings;
  const { gatewayConfigWith } = await serverTools();
  return { ...settings, config: gatewayConfigWith(films) };
}

function factsOf({ offers, films }: Serving): readonly (readonly [string, string])[] {
  const agents = offers.flatMap((offer) => offer.agents.map(({ id }) => id));
  const workflows = offers.flatMap((offer) => [...offer.workflows.values()].map(({ id }) => id));
  return [
    ['agents', few(agents)],
    ['workflows', few(workflows)],
    ...(films === undefined ? [] : [['systems', films.system.workflow.id] as const]),
  ];
}

async function unfinished(backend: Backend): Promise<readonly (readonly [string, string])[]> {
  const atMost = 1000;
  const { length } = await backend.runs.list({ status: ['running', 'waiting', 'paused'], limit: atMost });
  if (length === 0) return [];
  return [
    [
      'goes on',
      `with ${length === atMost ? `${atMost} unfinished runs or more` : length === 1 ? '1 unfinished run' : `${length} unfinished runs`}`,
    ],
  ];
}
