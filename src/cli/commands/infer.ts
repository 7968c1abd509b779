import { InvalidArgumentError, Option, type Command } from 'commander';
import { gatewayTools, type CacheMode, type FunctionConfig, type Gateway, type Inference, type InferOptions } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { explained, inputOf } from '../gateway/asking.ts';
import { waitingFor } from '../gateway/waiting.ts';
import { whoAnswered } from '../gateway/who-answered.ts';
import { interruptions } from '../run/interruptions.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type StoreOptions } from '../store.ts';
import { prettyJson } from '../terminal/pretty-json.ts';
import type { Screen } from '../terminal/screen.ts';
import { oneLine, safe, wrap } from '../terminal/width.ts';
import { withLedger, type LedgerPlace } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly input?: string;
  readonly variant?: string;
  readonly episode?: string;
  readonly project?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly cache?: CacheMode;
  readonly config?: readonly string[];
  readonly dryrun?: true;
  readonly stream?: true;
  readonly json?: true;
}

export function addInfer(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('infer')
    .summary('call a function of the model gateway')
    .description(
      'Calls a function of the model gateway: a model answers where there is a key for one, and otherwise the function’s rules. It is written into the ledger of the data directory.',
    )
    .argument('<function>', 'name of the function')
    .option('-i, --input <json | text | @file>', 'what it is asked: fields as JSON or text, @file, or - for stdin')
    .option('--variant <name>', 'one variant and no other')
    .option('--episode <id>', 'what it belongs to; the same variant answers throughout')
    .option('--project <name>', 'whose budgets and cached answers count')
    .option('--tag <key=value>', 'for limits, budgets and the ledger; may be repeated', tag)
    .addOption(
      new Option('--cache <mode>', 'whether a kept answer will do, and this one is kept').choices(['off', 'on', 'read_only', 'write_only']),
    )
    .option('-c, --config <glob...>', 'configuration (default: config/*.toml and systems/*/config/*.toml)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--dryrun', 'write nothing down')
    .option('--stream', 'print the text as it comes')
    .option('--json', 'one JSON object on stdout')
    .action(async (name: string, options: Options) => done(await infer(shell, name, options)));
}

function tag(given: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = given.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write key=value');
  return { ...before, [given.slice(0, at)]: given.slice(at + 1) };
}

async function infer(shell: Shell, name: string, options: Options): Promise<number> {
  const { functionNamed, mustReadGatewayConfig, openConfigured } = await gatewayTools();
  const settings = {
    ...(options.config === undefined ? {} : { config: options.config }),
    env: shell.env,
    warn: (message: string): void => note(shell.err, 'yellow', 'note', message),
  };
  const config = mustReadGatewayConfig(settings);
  const fn = functionNamed(config, name);
  const input = await inputOf(options.input, fn, shell.stdin);
  const opened = (where: LedgerPlace): Promise<Gateway> => openConfigured(config, { ...settings, ...where });
  return withLedger(storeOf(options, shell.env), async (where) => answered(shell, { name, input, fn }, options, await opened(where)));
}

interface Asked {
  readonly name: string;
  readonly input: Awaited<ReturnType<typeof inputOf>>;
  readonly fn: FunctionConfig;
}

async function answered(shell: Shell, { name, input, fn }: Asked, options: Options, gateway: Gateway): Promise<number> {
  const stop = interruptions();
  const waiting = waitingFor(shell.err, 'an answer; Ctrl-C gives up');
  const streams = options.stream === true && options.json !== true;
  const onText = (text: string): void => {
    waiting.end();
    shell.out.write(safe(text));
  };
  try {
    const inference = await gateway.infer(name, input, { ...askedWith(options), signal: stop.signal, ...(streams ? { onText } : {}) });
    waiting.end();
    if (options.json === true) shell.out.line(JSON.stringify(asJson(inference)));
    else tell(shell, inference, streams, gateway.keysThatHelp(name));
    return exitCodes.succeeded;
  } catch (error) {
    waiting.end();
    if (!stop.signal.aborted) throw error instanceof ContinuoError && error.code === 'INPUT_INVALID' ? explained(error, fn) : error;
    shell.err.line(`${shell.err.paint('yellow', 'interrupted')}; nothing was answered`);
    if (options.json === true) shell.out.line(JSON.stringify({ status: 'interrupted' }));
    return stop.exitCode();
  } finally {
    stop.close();
    await gateway.close();
  }
}

function askedWith({ tag: tags = {}, variant, episode, project, cache, dryrun }: Options): InferOptions {
  return {
    tags,
    ...(variant === undefined ? {} : { variant }),
    ...(episode === undefined ? {} : { episode }),
    ...(project === undefined ? {} : { project }),
    ...(cache === undefined ? {} : { cache: { mode: cache } }),
    ...(dryrun === undefined ? {} : { dryrun }),
  };
}

function asJson(inference: Inference): object {
  const { inferenceId, episodeId, variant, model, provider, source, output, toolCalls, rung, usage, cost, latency, tried } = inference;
  return {
    inference_id: inferenceId,
    episode_id: episodeId,
    function: inference.function,
    variant,
    model: model ?? null,
    provider: provider ?? null,
    source,
    output,
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
    rung,
    usage: { input_tokens: usage.inputTokens, cached_tokens: usage.cachedTokens, output_tokens: usage.outputTokens, cost },
    cost,
    latency_ms: Math.round(latency * 10) / 10,
    tried,
  };
}

/** The answer on stdout; who gave it on stderr, so that a pipe gets the answer alone. */
function tell({ out, err }: Shell, inference: Inference, wasStreamed: boolean, keys: readonly string[] | undefined): void {
  const { output, toolCalls } = inference;
  if (wasStreamed) out.line();
  else if (typeof output === 'string') out.line(safe(output));
  else if (out.isTerminal) for (const line of prettyJson(output, { lines: 400, columns: out.columns }, out.paint)) out.line(line);
  else out.line(JSON.stringify(output, undefined, 2));
  for (const call of toolCalls) out.line(`${out.paint('cyan', oneLine(call.name))} ${oneLine(JSON.stringify(call.arguments))}`);
  err.line();
  for (const line of whoAnswered(inference)) err.line(err.paint('dim', line));
  for (const { variant, model, code, message } of inference.tried)
    note(err, 'yellow', 'tried', `${variant}${model === undefined ? '' : ` (${model})`}: ${code}: ${message}`);
  if (inference.source === 'rules' && inference.tried.length === 0 && keys !== undefined)
    note(err, 'cyan', 'note', `no model was asked: none has a key here. One answers as soon as any of these is set: ${keys.join(', ')}`);
}

function note(screen: Screen, style: 'yellow' | 'cyan', word: string, text: string): void {
  const lines = screen.isTerminal ? wrap(oneLine(text), screen.columns - word.length - 2) : [oneLine(text)];
  for (const [at, line] of lines.entries())
    screen.line(`${at === 0 ? `${screen.paint(style, word)}: ` : ' '.repeat(word.length + 2)}${line}`);
}
