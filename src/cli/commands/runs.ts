import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Status } from '../../core/run/state.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Record } from '../looking.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type Store, type StoreOptions } from '../store.ts';
import { styleOf, statuses } from '../terminal/status.ts';
import { table } from '../terminal/table.ts';
import { moment, span } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData, mustHaveDataIfNamed, visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly status?: string;
  readonly workflow?: string;
  readonly project?: string;
  readonly limit: string;
  readonly dead?: true;
  readonly questions?: true;
  readonly json?: true;
}

export function addRuns(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('runs')
    .summary('list runs')
    .description('Lists runs, the newest first.')
    .option('--status <status>', `only these, with commas between: ${statuses.join(', ')}`)
    .option('--workflow <name>', 'only of this workflow')
    .option('--project <name>', 'only of this project')
    .option('--dead', 'only those with steps that failed for good')
    .option('--questions', 'only those that wait for a person')
    .option('--limit <n>', 'how many', '20')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: Options) => done(await runs(shell, options)));
}

async function runs(shell: Shell, options: Options): Promise<number> {
  const { workflow, project, dead, questions } = options;
  const limit = Number(options.limit);
  if (!(Number.isInteger(limit) && limit > 0))
    throw new ContinuoError('USAGE', `--limit ${JSON.stringify(options.limit)} is not a positive whole number`);
  const status = options.status === undefined ? undefined : options.status.split(',').map(statusNamed);
  const store = storeOf(options, shell.env);
  mustHaveDataIfNamed(store);
  const query = {
    limit: limit + 1,
    ...(status === undefined ? {} : { status }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(project === undefined ? {} : { project }),
    ...(dead === true ? { dead } : {}),
    ...(questions === true ? { withQuestions: true } : {}),
  };
  const found = hasData(store) ? await visiting(store, (visitor) => visitor.reader.list(query)) : [];
  const listed = found.slice(0, limit);
  if (options.json === true) shell.out.line(JSON.stringify({ runs: listed, more: found.length > limit }));
  else print(shell, listed, found.length > limit, options, store);
  return exitCodes.succeeded;
}

function statusNamed(word: string): Status {
  const found = statuses.find((status) => status === word.trim());
  if (found === undefined) throw new ContinuoError('USAGE', `--status ${JSON.stringify(word)} is none of ${statuses.join(', ')}`);
  return found;
}

function print(shell: Shell, records: readonly Record[], more: boolean, options: Options, store: Store): void {
  const { out } = shell;
  const { paint } = out;
  if (records.length === 0) {
    const isAll =
      options.status === undefined &&
      options.workflow === undefined &&
      options.project === undefined &&
      options.dead !== true &&
      options.questions !== true;
    out.line(paint('dim', isAll ? `no runs in ${placeOf(store)} yet` : 'no such runs'));
    return;
  }
  const now = Date.now();
  const rows = records.map((record) => [
    oneLine(record.run),
    oneLine(record.workflow),
    { text: record.status, paint: (text: string) => paint(styleOf(record.status), text) },
    moment(record.createdAt),
    span((record.endedAt ?? now) - record.createdAt),
    { text: noteOn(record), paint: (text: string) => paint('dim', text) },
  ]);
  const columns = out.isTerminal ? out.columns : 200;
  const heads = [
    { head: 'RUN', atMost: 40 },
    { head: 'WORKFLOW', atMost: 24 },
    { head: 'STATUS' },
    { head: 'STARTED' },
    { head: 'TOOK', align: 'right' as const },
    { head: '' },
  ];
  for (const line of table(heads, rows, columns, paint)) out.line(line);
  if (more) out.line(paint('dim', '… there are more: --limit'));
}

function noteOn({ questions, dead, error, queued, parent, status }: Record): string {
  const notes = [
    ...(questions === 0 ? [] : [questions === 1 ? 'asks 1 question' : `asks ${questions} questions`]),
    ...(queued ? ['waits for its turn'] : []),
    ...(error === undefined ? [] : [`${error.code}: ${oneLine(error.message)}`]),
    ...(dead === 0 || status === 'failed' ? [] : [dead === 1 ? '1 step failed' : `${dead} steps failed`]),
    ...(parent === undefined ? [] : [`called by ${oneLine(parent)}`]),
  ];
  return notes.join(' · ');
}
