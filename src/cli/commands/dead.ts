import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { commandLine, quoted } from '../hints.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type StoreOptions } from '../store.ts';
import { table } from '../terminal/table.ts';
import { moment } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData, visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly workflow?: string;
  readonly project?: string;
  readonly json?: true;
}

export function addDead(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('dead')
    .summary('list steps that failed for good')
    .description('Lists steps that failed and have no retries left, with the run that each belongs to.')
    .option('--workflow <name>', 'only of this workflow')
    .option('--project <name>', 'only of this project')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: Options) => done(await dead(shell, options)));
}

async function dead(shell: Shell, options: Options): Promise<number> {
  const { workflow, project } = options;
  const query = { ...(workflow === undefined ? {} : { workflow }), ...(project === undefined ? {} : { project }) };
  const store = storeOf(options, shell.env);
  const letters = hasData(store) ? await visiting(store, (visitor) => visitor.reader.deadLetters(query)) : [];
  const { out } = shell;
  if (options.json === true) out.line(JSON.stringify({ dead: letters }));
  else if (letters.length === 0) out.line(out.paint('dim', `nothing has failed for good in ${placeOf(store)}`));
  else {
    const rows = letters.map(({ runId, workflow: name, step, attempts, at, error, fatal }) => [
      oneLine(runId),
      oneLine(name),
      { text: oneLine(step), paint: (text: string) => out.paint(fatal ? 'red' : 'yellow', text) },
      String(attempts),
      moment(at),
      `${error.code}: ${oneLine(error.message)}`,
    ]);
    const heads = [
      { head: 'RUN', atMost: 40 },
      { head: 'WORKFLOW', atMost: 24 },
      { head: 'STEP', atMost: 24 },
      { head: 'TRIED', align: 'right' as const },
      { head: 'WHEN' },
      { head: 'ERROR' },
    ];
    for (const line of table(heads, rows, out.isTerminal ? out.columns : 240, out.paint)) out.line(line);
    out.line();
    out.line(out.paint('dim', `to try again: ${[commandLine('retry'), '<run>', '[--step <step>]', ...store.words.map(quoted)].join(' ')}`));
  }
  return exitCodes.succeeded;
}
