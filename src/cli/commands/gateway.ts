import type { Command } from 'commander';
import { gatewayTools, type ConfigProblem, type ConfigSummary } from '../../compose.ts';
import { exitCodes } from '../exit-codes.ts';
import { addAlerts } from './gateway-alerts.ts';
import { addReport } from './gateway-report.ts';
import { printSummary } from '../gateway/print-summary.ts';
import type { Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine, safe, wrap } from '../terminal/width.ts';

interface Options {
  readonly strict?: true;
  readonly json?: true;
}

export function addGateway(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const gateway = program
    .command('gateway')
    .summary('check its configuration; reports and alerts')
    .description('The model gateway: its configuration, and what its ledger tells.');
  gateway
    .command('check')
    .summary('check the configuration without calling anything')
    .description(
      'Reads the model gateway’s configuration and tells everything that is wrong with it at once; then what it says: functions, models, keys, metrics, limits. Calls nothing.',
    )
    .argument('[globs...]', 'TOML files (default: config/*.toml and systems/*/config/*.toml)')
    .option('--strict', 'accept what upstream accepts, and nothing else')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (globs: readonly string[], options: Options) => done(await check(shell, globs, options)));
  addReport(gateway, shell, done);
  addAlerts(gateway, shell, done);
}

async function check(shell: Shell, globs: readonly string[], options: Options): Promise<number> {
  const { readGatewayConfig, summarise } = await gatewayTools();
  const { out, err, env } = shell;
  const { config, problems } = readGatewayConfig({
    ...(globs.length === 0 ? {} : { config: globs }),
    strict: options.strict === true,
    env,
  });
  const summary = config === undefined ? undefined : summarise(config, env);
  if (options.json !== true) print(out, problems, summary);
  else {
    if (summary === undefined) print(err, problems, summary);
    out.line(JSON.stringify({ status: summary === undefined ? 'invalid' : 'valid', problems, ...summary }));
  }
  return summary === undefined ? exitCodes.usage : exitCodes.succeeded;
}

function print(screen: Screen, problems: readonly ConfigProblem[], summary: ConfigSummary | undefined): void {
  const { paint } = screen;
  for (const problem of problems) printProblem(screen, problem);
  if (problems.length > 0) screen.line();
  const errors = problems.filter(({ level }) => level === 'error').length;
  const counts = [
    ...(summary === undefined ? [count(errors, 'error')] : []),
    ...(problems.length > errors ? [count(problems.length - errors, 'warning')] : []),
  ].join(', ');
  if (summary === undefined) screen.line(`${paint('red', '✖')} the configuration cannot be used: ${counts}`);
  else screen.line(`${paint('green', '✔')} ${paint('bold', 'the configuration is valid')}${counts === '' ? '' : `: ${counts}`}`);
  if (summary !== undefined) printSummary(screen, summary);
}

function printProblem(screen: Screen, { level, file, line, key, message, mend }: ConfigProblem): void {
  const { paint } = screen;
  const mark = level === 'error' ? paint('red', '✖') : paint('yellow', '!');
  const place = `${oneLine(file)}${line === undefined ? '' : `:${line}`}`;
  screen.line(`${mark} ${place}${key === '' ? '' : `  ${paint('yellow', oneLine(key))}`}`);
  const width = screen.isTerminal ? screen.columns - 4 : 160;
  for (const text of wrap(safe(message), width)) screen.line(`    ${text}`);
  for (const [at, text] of wrap(safe(mend), width - 6).entries())
    screen.line(`    ${at === 0 ? paint('cyan', 'mend') + ':' : '     '} ${text}`);
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
