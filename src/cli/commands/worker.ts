import type { Command } from 'commander';
import { openStore, openWorker, type Worker } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { mustBeShared } from '../fleet/must-be-shared.ts';
import { loadAgents } from '../load/load.ts';
import type { Agent } from '../load/offer.ts';
import { gatewayOf } from '../run/gateway-of.ts';
import { telemetryOf } from '../run/telemetry-of.ts';
import { tellErrors } from '../serving/errors-told.ts';
import { few } from '../serving/few.ts';
import type { Say } from '../serving/happening.ts';
import { positive, servingOptions, type ServingOptions } from '../serving/options.ts';
import { stayUp, type Working } from '../serving/stay-up.ts';
import type { Backend } from '../serving/watch-parts.ts';
import type { Shell } from '../shell.ts';
import { sharedStoreOptions, storeOf, type StoreOptions } from '../store.ts';

interface Options extends StoreOptions, ServingOptions {
  readonly agents: string;
  readonly queues?: string;
  readonly concurrency?: number;
  readonly gateway?: readonly string[];
}

export function addWorker(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const command = program
    .command('worker')
    .summary('lend hands to the runs of a shared store')
    .description(
      'Makes attempts for the runs of other nodes, with the agents of a file. It decides nothing and has no runs of its own, so that any number may come and go.',
    )
    .requiredOption('-a, --agents <file>', 'module that exports the agents (.ts, .mjs)')
    .option('-q, --queues <agents>', 'only these of its agents, by their ids, with commas between')
    .option('-c, --concurrency <n>', 'attempts at a time over all its agents', positive)
    .option('-g, --gateway <glob...>', 'configuration of the model gateway (default: config/*.toml and systems/*/config/*.toml)');
  servingOptions(sharedStoreOptions(command)).action(async (options: Options) => done(await worker(shell, options)));
}

async function worker(shell: Shell, options: Options): Promise<number> {
  const store = mustBeShared(storeOf(options, shell.env), 'a worker makes attempts for the runs');
  const agents = served((await loadAgents(options.agents)).agents, options);
  const telemetry = await telemetryOf(shell);
  const backend = await openStore(store, 'worker');
  return stayUp({
    shell,
    options: { ...options, port: options.port ?? 0, drain: options.drain * 1000, json: options.json === true },
    role: 'worker',
    backend,
    facts: [
      ['serves', few(agents.map(({ id }) => id))],
      ...(options.concurrency === undefined ? [] : [['at a time', `${options.concurrency} over all agents`] as const]),
    ],
    open: async (say) => {
      const { concurrency } = options;
      const opened = await openWorker({
        backend,
        agents,
        gateway: gatewayOf(shell, options.gateway),
        telemetry,
        ...(concurrency === undefined ? {} : { limits: { concurrency } }),
      });
      return working(opened, backend, say);
    },
  });
}

function working(opened: Worker, { health }: Backend, say: Say): Working {
  tellErrors(opened.bus, { say, ...(health === undefined ? {} : { health }) });
  return { agents: () => opened.agents(), drain: (deadline) => opened.drain(deadline), close: () => opened.close() };
}

/** What `--queues` leaves of the file's agents. */
function served(agents: readonly Agent[], { agents: file, queues }: Options): readonly Agent[] {
  const ids = agents.map(({ id }) => id);
  if (agents.length === 0) throw new ContinuoError('AGENT_INVALID', `agents file ${file} exports workflows, but no agents to work with`);
  if (queues === undefined) return agents;
  const wanted = queues.split(',').map((one) => one.trim());
  const unknown = wanted.filter((one) => !ids.includes(one));
  if (unknown.length > 0)
    throw new ContinuoError(
      'USAGE',
      `--queues names ${unknown.map((one) => JSON.stringify(one)).join(', ')}; ${file} exports ${ids.join(', ')}`,
    );
  return agents.filter(({ id }) => wanted.includes(id));
}
