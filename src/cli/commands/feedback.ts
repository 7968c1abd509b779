import type { Command } from 'commander';
import { openGateway } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type Store, type StoreOptions } from '../store.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData, visiting, withLedger, type LedgerPlace } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly metric?: string;
  readonly value?: string;
  /** Commander's way to say `--satisfied` and `--no-satisfied`. */
  readonly satisfied?: boolean;
  readonly comment?: string;
  readonly demonstration?: string;
  readonly config?: readonly string[];
  readonly json?: true;
}

export function addFeedback(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('feedback')
    .summary('say how good a run or an inference was')
    .description('Says how good a run (an episode) or one inference was. Experiments learn from it which variant is better.')
    .argument('<run | inference>', 'id of the run, of another episode, or of the inference')
    .option('--satisfied', 'the metric user_satisfaction: yes')
    .option('--no-satisfied', 'the metric user_satisfaction: no')
    .option('-m, --metric <name>', 'a metric of the configuration')
    .option('--value <value>', 'its value: a number, true or false')
    .option('--comment <text>', 'a remark')
    .option('--demonstration <json | text>', 'what the output of the inference ought to have been')
    .option('-c, --config <glob...>', 'configuration (default: config/*.toml and systems/*/config/*.toml)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object on stdout')
    .action(async (id: string, options: Options) => done(await feedback(shell, id, options)));
}

async function feedback(shell: Shell, id: string, options: Options): Promise<number> {
  const said = [...remarks(options)];
  if (said.length === 0)
    throw new ContinuoError(
      'USAGE',
      'say how good it was: --satisfied, --no-satisfied, --metric with --value, --comment or --demonstration',
    );
  const store = storeOf(options, shell.env);
  if (!hasData(store)) throw new ContinuoError('INFERENCE_UNKNOWN', `there is no data in ${placeOf(store)}`);
  const target = await targetOf(id, store);
  return withLedger(store, (where) => give(shell, options, said, target, where));
}

async function give(shell: Shell, options: Options, said: readonly Remark[], target: Target, where: LedgerPlace): Promise<number> {
  const gateway = await openGateway({ ...(options.config === undefined ? {} : { config: options.config }), ...where, env: shell.env });
  try {
    const ids: string[] = [];
    for (const { metric, value } of said) ids.push((await gateway.feedback({ metric, value, ...target })).feedbackId);
    const { out } = shell;
    if (options.json === true) out.line(JSON.stringify({ feedback_ids: ids, ...named(target) }));
    else for (const { metric, value } of said) out.line(`${out.paint('green', '✔')} ${oneLine(metric)}: ${oneLine(String(value))}`);
    return exitCodes.succeeded;
  } finally {
    await gateway.close();
  }
}

interface Remark {
  readonly metric: string;
  readonly value: unknown;
}

function* remarks(options: Options): Generator<Remark> {
  if (options.satisfied !== undefined) yield { metric: 'user_satisfaction', value: options.satisfied };
  if ((options.metric === undefined) !== (options.value === undefined))
    throw new ContinuoError('USAGE', '--metric and --value belong together');
  if (options.metric !== undefined && options.value !== undefined) yield { metric: options.metric, value: parsed(options.value) };
  if (options.comment !== undefined) yield { metric: 'comment', value: options.comment };
  if (options.demonstration !== undefined) yield { metric: 'demonstration', value: parsed(options.demonstration) };
}

/** JSON where it is JSON, and otherwise the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Target = { readonly inferenceId: string } | { readonly episodeId: string };

/** As `infer --json` names them. */
function named(target: Target): object {
  return 'inferenceId' in target ? { inference_id: target.inferenceId } : { episode_id: target.episodeId };
}

async function targetOf(id: string, store: Store): Promise<Target> {
  return visiting(store, async ({ backend, reader }) => {
    if ((await backend.ledger.inference(id)) !== undefined) return { inferenceId: id };
    const isEpisode = (await reader.load(id)) !== undefined || (await backend.ledger.inferences({ episode: id, limit: 1 })).length > 0;
    if (isEpisode) return { episodeId: id };
    throw new ContinuoError('INFERENCE_UNKNOWN', `there is no run, episode or inference ${JSON.stringify(id)} in ${placeOf(store)}`);
  });
}
