import type { Command } from 'commander';
import { openStore, Orchestrator } from '../../compose.ts';
import { importModule } from '../load/import-module.ts';
import { loadAgents } from '../load/load.ts';
import { offerOf, type Offer } from '../load/offer.ts';
import { gatewayOf } from '../run/gateway-of.ts';
import { drainOf } from '../serving/drain-of.ts';
import { tellErrors } from '../serving/errors-told.ts';
import { few } from '../serving/few.ts';
import type { Say } from '../serving/happening.ts';
import { servingOptions, type ServingOptions } from '../serving/options.ts';
import { stayUp, type Working } from '../serving/stay-up.ts';
import type { Backend } from '../serving/watch-parts.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type StoreOptions } from '../store.ts';

interface Options extends StoreOptions, ServingOptions {
  readonly agents?: string;
  readonly workflows?: string;
  readonly gateway?: readonly string[];
}

export function addServe(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  servingOptions(
    program
      .command('serve')
      .summary('stay up: go on with runs, take commands, say how it stands')
      .description(
        'Stays up and works: goes on with every unfinished run, takes commands from other terminals, and offers /livez, /readyz and /status. On a shared store any number may serve at a time.',
      )
      .option('-a, --agents <file>', 'module that exports the agents (.ts, .mjs), and workflows besides')
      .option('-w, --workflows <file>', 'module that exports the workflows')
      .option('-g, --gateway <glob...>', 'configuration of the model gateway (default: config/*.toml and systems/*/config/*.toml)')
      .option('-d, --dir <dir>', 'data directory (default: .continuo)'),
  ).action(async (options: Options) => done(await serve(shell, options)));
}

async function serve(shell: Shell, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  const offers = [
    ...(options.agents === undefined ? [] : [await loadAgents(options.agents)]),
    ...(options.workflows === undefined ? [] : [offerOf(await importModule(options.workflows, 'workflow file', 'PLAN_UNREADABLE'))]),
  ];
  const agents = offers.flatMap((offer) => offer.agents);
  const workflows = offers.flatMap((offer) => [...offer.workflows.values()]);
  const backend = await openStore(store, 'engine');
  return stayUp({
    shell,
    options: { ...options, port: options.port ?? 0, drain: options.drain * 1000, json: options.json === true },
    role: 'engine',
    backend,
    facts: [['agents', few(agents.map(({ id }) => id))], ['workflows', few(workflows.map(({ id }) => id))], ...(await unfinished(backend))],
    open: async (say) => open(shell, options, offers, backend, say),
  });
}

async function open(shell: Shell, options: Options, offers: readonly Offer[], backend: Backend, say: Say): Promise<Working> {
  const orchestrator = await Orchestrator.open({
    backend,
    agents: offers.flatMap((offer) => offer.agents),
    workflows: offers.flatMap((offer) => [...offer.workflows.values()]),
    gateway: gatewayOf(shell, options.gateway),
  });
  const { health } = backend;
  tellErrors(orchestrator, { say, ...(health === undefined ? {} : { health }) });
  return { agents: () => orchestrator.agents(), drain: (deadline) => drainOf(orchestrator, deadline), close: () => orchestrator.close() };
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
