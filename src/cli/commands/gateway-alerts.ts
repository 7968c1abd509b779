import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Row } from '../gateway/report-lines.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type StoreOptions } from '../store.ts';
import type { Screen } from '../terminal/screen.ts';
import { moment } from '../terminal/time.ts';
import { oneLine, wrap } from '../terminal/width.ts';
import { hasData, visiting } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
}

export function addAlerts(gateway: Command, shell: Shell, done: (exitCode: number) => void): void {
  gateway
    .command('alerts')
    .summary('what has become worse since yesterday (exit code 1)')
    .description(
      'Compares the last day with the 7 days before: quality that fell by more than a tenth, more than 15 % failures, metrics ending in _time above 15 minutes, cost one and a half times the usual. Exit code 1 when there is any, 0 when there is none.',
    )
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object on stdout')
    .action(async (options: Options) => done(await alerts(shell, options)));
}

async function alerts({ out, env }: Shell, { json, ...options }: Options): Promise<number> {
  const store = storeOf(options, env);
  // Whoever is woken by this alone must hear that it looks at the wrong place.
  if (!hasData(store)) throw new ContinuoError('USAGE', `there is no Continuo data in ${placeOf(store)}`);
  const found = await visiting(store, ({ backend }) => backend.ledger.view('alerts', Date.now()));
  if (json === true) out.line(JSON.stringify({ alerts: found }));
  else if (found.length === 0) out.line(`${out.paint('green', '✔')} no alerts`);
  else for (const alert of found) print(out, alert);
  return found.length === 0 ? exitCodes.succeeded : exitCodes.failed;
}

function print(screen: Screen, { alert, sentence, since }: Row): void {
  const { paint } = screen;
  screen.line(`${paint('red', '✖')} ${paint('bold', oneLine(String(alert)))}`);
  for (const line of wrap(oneLine(String(sentence)), (screen.isTerminal ? screen.columns : 160) - 4)) screen.line(`    ${line}`);
  if (typeof since === 'string') screen.line(`    ${paint('dim', `since ${moment(Date.parse(since))}`)}`);
}
