import type { Command } from 'commander';
import { healthTools } from '../../compose.ts';
import { exitCodes } from '../exit-codes.ts';
import { mustBeShared } from '../fleet/must-be-shared.ts';
import { nodeLines } from '../fleet/node-lines.ts';
import type { Shell } from '../shell.ts';
import { sharedStoreOptions, storeOf, type StoreOptions } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
}

/** How long servers are waited for, of which one may be away. */
const patience = 3000;

export function addNodes(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sharedStoreOptions(
    program
      .command('nodes')
      .summary('list the nodes of a shared store')
      .description(
        'Lists the nodes that share a store: which agents each hosts, until when its lease runs, and how much waits for each agent.',
      ),
  )
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: Options) => done(await nodes(shell, options)));
}

async function nodes({ out, env }: Shell, options: Options): Promise<number> {
  const store = mustBeShared(storeOf(options, env), 'nodes are');
  const { fleetView } = await healthTools();
  const view = await visiting(store, async ({ backend }) => {
    // What cannot be looked at, `fleetView` says.
    await backend.directory?.refresh().catch(() => undefined);
    return fleetView(backend, [], patience);
  });
  if (options.json === true) out.line(JSON.stringify(view));
  else for (const line of nodeLines(view, Date.now(), out.isTerminal ? out.columns : 200, out.paint)) out.line(line);
  return exitCodes.succeeded;
}
