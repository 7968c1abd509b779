import { InvalidArgumentError, type Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { reportLines, reportViews, type ReportView, type Row } from '../gateway/report-lines.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type Store, type StoreOptions } from '../store.ts';
import type { Screen } from '../terminal/screen.ts';
import { hasData, mustHaveDataIfNamed, visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly limit: number;
  readonly json?: true;
}

export function addReport(gateway: Command, shell: Shell, done: (exitCode: number) => void): void {
  gateway
    .command('report')
    .summary('quality day by day, variants compared, and what everything costs')
    .description(
      'Shows what the ledger knows, newest first: quality_per_day, variant_quality, component_cost, or all three. Also while an engine works there. Days are UTC’s.',
    )
    .argument('[view]', reportViews.join(', '))
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--limit <n>', 'rows of each', rowCount, 30)
    .option('--json', 'one JSON object on stdout, with every row')
    .action(async (view: string | undefined, options: Options) => done(await report(shell, view, options)));
}

function rowCount(given: string): number {
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('it must be a whole number from 1 on');
  return count;
}

async function report(shell: Shell, name: string | undefined, options: Options): Promise<number> {
  const views = name === undefined ? reportViews : [viewNamed(name)];
  const { limit, json } = options;
  const store = storeOf(options, shell.env);
  mustHaveDataIfNamed(store);
  const found = hasData(store) ? await rowsOf(store, views) : [];
  const { out } = shell;
  if (json === true) out.line(JSON.stringify(Object.fromEntries(views.map((view, at) => [view, found[at] ?? []]))));
  else if (found.every((rows) => rows.length === 0)) out.line(out.paint('dim', `nothing to report in ${placeOf(store)} yet`));
  else print(out, views, found, limit);
  return exitCodes.succeeded;
}

function print(screen: Screen, views: readonly ReportView[], found: readonly (readonly Row[])[], limit: number): void {
  const page = { limit, columns: screen.isTerminal ? screen.columns : 80, paint: screen.paint };
  const parts = views.map((view, at) => [...reportLines(view, found[at] ?? [], page)].join('\n'));
  screen.line(parts.join('\n\n'));
}

function viewNamed(name: string): ReportView {
  const found = reportViews.find((view) => view === name.replaceAll('-', '_'));
  if (found === undefined)
    throw new ContinuoError('USAGE', `there is no view ${JSON.stringify(name)}; there are ${reportViews.join(', ')}`);
  return found;
}

function rowsOf(store: Store, views: readonly ReportView[]): Promise<readonly (readonly Row[])[]> {
  return visiting(store, ({ backend }) => Promise.all(views.map((view) => backend.ledger.view(view, Date.now()))));
}
