import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { gatewayTools, type ExperimentReport } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { experimentLines, overviewLines } from '../experiments/lines.ts';
import { experimentSvg } from '../experiments/svg.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type Store, type StoreOptions } from '../store.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData, mustHaveDataIfNamed, withLedger } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly metric?: string;
  readonly config?: readonly string[];
  readonly svg?: string;
  readonly json?: true;
}

export function addExperiments(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('experiments')
    .summary('which variant of a function is better')
    .description(
      'Shows how the variants of a function do by the feedback that was given: means, intervals, cost and time, and whether one is shown to be better. Without a function, lists those that have feedback.',
    )
    .argument('[function]', 'name of the function')
    .option('-m, --metric <name>', 'only this metric')
    .option('--svg <file>', 'write a picture of how the means came to be')
    .option('-c, --config <glob...>', 'configuration (default: config/*.toml and systems/*/config/*.toml)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object on stdout')
    .action(async (fn: string | undefined, options: Options) => done(await experiments(shell, fn, options)));
}

async function experiments(shell: Shell, fn: string | undefined, options: Options): Promise<number> {
  const { metric, config, svg } = options;
  const store = storeOf(options, shell.env);
  if (svg !== undefined && fn === undefined) throw new ContinuoError('USAGE', '--svg draws one function: name it');
  mustHaveDataIfNamed(store);
  const question = {
    env: shell.env,
    ...(config === undefined ? {} : { config }),
    ...(fn === undefined ? {} : { function: fn }),
    ...(metric === undefined ? {} : { metric }),
  };
  const { reportExperiments } = await gatewayTools();
  const reports = hasData(store) ? await withLedger(store, (where) => reportExperiments({ ...question, ...where })) : [];
  const [one] = reports;
  if (svg !== undefined && one !== undefined) write(svg, experimentSvg(one));
  if (options.json === true) shell.out.line(JSON.stringify({ functions: reports }));
  else print(shell, reports, fn, store);
  if (svg !== undefined && one !== undefined) shell.err.line(shell.err.paint('dim', `the picture is in ${oneLine(svg)}`));
  return exitCodes.succeeded;
}

function print({ out }: Shell, reports: readonly ExperimentReport[], fn: string | undefined, store: Store): void {
  const columns = out.isTerminal ? out.columns : 80;
  const lines =
    fn === undefined ? overviewLines(reports, columns, out.paint) : reports.flatMap((one) => experimentLines(one, columns, out.paint));
  if (lines.length === 0) out.line(out.paint('dim', `no feedback in ${placeOf(store)} yet`));
  for (const line of lines) out.line(line);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ContinuoError('USAGE', `--svg ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
