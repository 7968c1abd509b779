import type { Command } from 'commander';
import { Orchestrator } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { validInput } from '../../engine/admission.ts';
import { mustBeRunId, randomId } from '../../engine/starting.ts';
import type { RunView } from '../../engine/view.ts';
import { readJson } from '../load/input.ts';
import { mustLackNothing } from '../load/lacks.ts';
import { load, type Loaded } from '../load/load.ts';
import { tellAround } from '../run/around.ts';
import { gatewayOf } from '../run/gateway-of.ts';
import { telemetryOf } from '../run/telemetry-of.ts';
import { Heard } from '../run/heard.ts';
import { interruptions } from '../run/interruptions.ts';
import { leave } from '../run/leave.ts';
import { progressOf } from '../run/progress-of.ts';
import { attend } from '../run/session.ts';
import { reportStrayErrors } from '../run/stray-errors.ts';
import type { Backend } from '../serving/watch-parts.ts';
import { userName, type Shell } from '../shell.ts';
import { storeOf, type Store, type StoreOptions } from '../store.ts';
import { engineOn, hasData } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly agents?: string;
  readonly gateway?: readonly string[];
  readonly input?: string;
  readonly runId?: string;
  readonly project?: string;
  readonly json?: true;
  /** Commander's way to say `--no-wait`. */
  readonly wait: boolean;
}

export function addRun(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('run')
    .summary('run a plan or a workflow, or go on with a run')
    .description(
      'Runs a plan (JSON) or a workflow (a TypeScript file, file.ts#name, or the name of one that the agents file exports). An unfinished run with the id is resumed.',
    )
    .argument('<plan | workflow>', 'plan.json, workflow.ts, workflow.ts#name, or a name')
    .option('-a, --agents <file>', 'module that exports the agents (.ts, .mjs)')
    .option('-g, --gateway <glob...>', 'configuration of the model gateway (default: config/*.toml and systems/*/config/*.toml)')
    .option('-i, --input <json | @file>', 'the input: JSON, @file, or - for stdin')
    .option('--run-id <id>', 'id of the run: a new one, or one to go on with')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--project <name>', 'project that the run belongs to')
    .option('--no-wait', 'leave as soon as no agent works (exit code 4)')
    .option('--json', 'one JSON object as the last line of stdout; progress on stderr')
    .action(async (source: string, options: Options) => done(await run(shell, source, options)));
}

/** Everything that the command line said, read and found good. */
interface Call {
  readonly shell: Shell;
  readonly source: string;
  readonly options: Options;
  readonly store: Store;
  readonly loaded: Loaded;
  readonly input: Json | undefined;
  /** Where several nodes share it. */
  readonly backend: Backend | undefined;
}

async function run(shell: Shell, source: string, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  const input = await readJson(options.input, '--input', shell.stdin);
  const loaded = await load(source, options.agents);
  // What other nodes host, the store knows when it is open.
  if (store.is === 'embedded') mustLackNothing(loaded);
  if (options.runId !== undefined) mustBeRunId(options.runId);
  // An unfinished run brings its own input; whether there is one, only the store knows.
  if (input !== undefined || options.runId === undefined || !hasData(store)) await mustFit(loaded, input);
  const { agents, workflows } = loaded;
  const gateway = gatewayOf(shell, options.gateway);
  const telemetry = await telemetryOf(shell);
  const on = await engineOn(store);
  const orchestrator = await Orchestrator.open({ agents, workflows, gateway, telemetry, ...on });
  // What waits for a signal alone has no timer that would keep the process there.
  const alive = setInterval(() => undefined, 2 ** 30);
  const heedless = reportStrayErrors(shell.err);
  try {
    return await attended(orchestrator, { shell, source, options, store, loaded, input, backend: on.backend });
  } finally {
    clearInterval(alive);
    heedless();
    await orchestrator.close();
  }
}

async function attended(orchestrator: Orchestrator, call: Call): Promise<number> {
  const { shell, source, options, store, loaded } = call;
  const json = options.json === true;
  const screen = json ? shell.err : shell.out;
  // Whatever agents print, stdout ends in one whole line.
  const handBack = json ? shell.out.takeOver((text) => void shell.err.stream.write(text)) : () => undefined;
  const runId = options.runId ?? randomId();
  const known = await orchestrator.get(runId).catch(unlessUnknown);
  const heard = new Heard(orchestrator, call.backend?.live, runId, known);
  const shown = { on: heard.on, get: (id: string) => orchestrator.get(id) };
  const progress = progressOf({ orchestrator: shown, runId, workflow: loaded.workflow, known, screen, shell });
  const around = tellAround(orchestrator, call.backend, progress);
  const stop = interruptions();
  try {
    await startOrFind(orchestrator, runId, known, call);
    const attending = attend(orchestrator, runId, {
      shell,
      screen,
      progress,
      interactive: shell.stdin.isTTY && shell.out.stream.isTTY && screen.isTerminal,
      noWait: !options.wait,
      interrupted: stop.signal,
      interrupt: stop.interrupt,
      patient: call.backend !== undefined,
    });
    const left = await Promise.race([attending, stalled(orchestrator, runId, call.backend)]);
    progress.end();
    handBack();
    const again = { store, source, agents: options.agents };
    return leave({ shell, screen, left, again, json, answers: await orchestrator.answers(runId), interruptedBy: stop.exitCode() });
  } finally {
    around();
    heard.close();
    progress.end();
    handBack();
    stop.close();
  }
}

async function startOrFind(
  orchestrator: Orchestrator,
  runId: string,
  known: RunView | undefined,
  { shell, source, options, loaded: { workflow }, input }: Call,
): Promise<void> {
  const { project } = options;
  if (known === undefined || input !== undefined) {
    // As an object it takes any input: what it really takes, its schema has checked.
    const what: object = workflow;
    await orchestrator.start(what, input, { id: runId, by: userName(shell.env), ...(project === undefined ? {} : { project }) });
  } else if (known.workflow !== workflow.id) {
    throw new ContinuoError('RUN_EXISTS', `run ${runId} exists, of workflow ${known.workflow}, not ${workflow.id}`);
  }
  if (known?.lacks !== undefined && known.endedAt === undefined) {
    throw new ContinuoError(
      'PLAN_CODE_MISSING',
      `run ${runId} started with another version of ${workflow.id}, whose functions are not in ${source}`,
    );
  }
  if (known !== undefined && known.endedAt === undefined && known.plan !== workflow.hash) {
    shell.err.stream.write(
      `run ${runId} goes on by the version of ${workflow.id} that it started with; \`continuo migrate\` moves it to this one\n`,
    );
  }
}

/**
 * Rejects when the store no longer takes what happens: the run is safe where it is, and staying helps nobody. Servers
 * come back, and are waited for.
 */
function stalled(orchestrator: Orchestrator, runId: string, shared: Backend | undefined): Promise<never> {
  return new Promise((_, reject) => {
    orchestrator.on('engine:stalled', ({ error, runId: whose }) => {
      if (shared !== undefined && error.code === 'STORE_FAILED') return;
      if (whose !== runId && !whose.startsWith(`${runId}~`)) return;
      reject(new ContinuoError(error.code === 'STORE_FULL' ? 'STORE_FULL' : 'STORE_FAILED', error.message));
    });
  });
}

/** The schema's complaint, and what to do about it when nothing was given at all. */
async function mustFit({ workflow }: Loaded, input: Json | undefined): Promise<void> {
  try {
    await validInput(workflow, input);
  } catch (error) {
    if (input !== undefined || !(error instanceof ContinuoError)) throw error;
    throw new ContinuoError(error.code, `${error.message} (no --input was given)`, error.details);
  }
}

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof ContinuoError && error.code === 'RUN_UNKNOWN')) throw error;
}
