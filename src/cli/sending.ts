/** Leaves a command for the engine of a directory, whether it runs now or later. */
import type { Command } from 'commander';
import type { Asked } from '../engine/inbox-service.ts';
import type { Visitor } from '../engine/visitor.ts';
import { exitCodes } from './exit-codes.ts';
import { commandLine, quoted } from './hints.ts';
import { userName, type Shell } from './shell.ts';
import { storeOf, type StoreOptions } from './store.ts';
import { engineAt } from './visiting.ts';

export interface SendOptions extends StoreOptions {
  readonly by?: string;
  readonly json?: true;
}

/** Films are made by a command of their own. */
const filmWorkflow = 'diy-video';
/** A running engine looks several times a second; a busy one may need a little longer. */
const patience = 2000;

export function sendOptions(command: Command): Command {
  return command
    .option('--by <name>', 'who does it (default: the user of this terminal)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout');
}

export function by(options: SendOptions, shell: Shell): string {
  return options.by ?? userName(shell.env);
}

/** Sends, waits a moment, and says what came of it. A refusal is thrown. */
export async function send(
  visitor: Visitor,
  shell: Shell,
  run: string,
  asked: Asked,
  options: SendOptions,
  said: string,
  extra: object = {},
): Promise<number> {
  const store = storeOf(options, shell.env);
  const engine = await engineAt(store, visitor);
  const sent = await visitor.send(run, asked, engine === undefined ? 0 : patience);
  const { out } = shell;
  if (options.json === true) {
    out.line(JSON.stringify({ runId: run, status: sent.is === 'done' ? 'done' : 'kept', ...extra }));
  } else if (sent.is === 'done') out.line(`${out.paint('green', '✔')} ${said}`);
  else if (engine !== undefined) out.line(`${out.paint('yellow', '…')} kept: the engine (${engine}) has not taken it yet`);
  else {
    if ((await visitor.reader.load(run))?.record.workflow === filmWorkflow) {
      out.line(`${out.paint('yellow', '…')} kept; the same ${commandLine('make')} as before goes on with it`);
      return exitCodes.succeeded;
    }
    const forked = 'fork' in extra && typeof extra.fork === 'string' ? extra.fork : undefined;
    const name = forked === undefined ? '' : `, as run ${forked}`;
    out.line(`${out.paint('yellow', '…')} kept; no engine runs here now. The next one will carry it out${name}:`);
    out.line(`  ${commandLine('run')} <plan | workflow> --agents <file> --run-id ${[forked ?? run, ...store.words].map(quoted).join(' ')}`);
  }
  return exitCodes.succeeded;
}
