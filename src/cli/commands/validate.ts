import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import type { Plan, Step } from '../../core/plan/model.ts';
import { exitCodes } from '../exit-codes.ts';
import { failureJson, failureOf, mendOf } from '../failure.ts';
import { lacking } from '../load/lacks.ts';
import { load, type Loaded } from '../load/load.ts';
import type { Shell } from '../shell.ts';
import { table } from '../terminal/table.ts';
import { span } from '../terminal/time.ts';
import { oneLine, safe } from '../terminal/width.ts';

interface Options {
  readonly agents?: string;
  readonly json?: true;
}

interface Problem {
  readonly path: string;
  readonly problem: string;
  readonly mend: string;
}

export function addValidate(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('validate')
    .summary('check a plan or a workflow without running it')
    .description('Checks a plan or a workflow, and tells everything that is wrong with it at once. Runs nothing and writes nothing.')
    .argument('<plan | workflow>', 'plan.json, workflow.ts, workflow.ts#name, or a name')
    .option('-a, --agents <file>', 'module that exports the agents: whether they are all there is checked too')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (source: string, options: Options) => done(await validate(shell, source, options)));
}

async function validate(shell: Shell, source: string, options: Options): Promise<number> {
  const loaded = await loadOrList(shell, source, options);
  if (loaded === undefined) return exitCodes.usage;
  const lacks = loaded.hasAgents ? lacking(loaded) : [];
  if (lacks.length > 0) {
    const problems = lacks.map(({ path, code, problem }) => ({ path, problem, mend: mendOf(code) ?? '' }));
    refuse(
      shell,
      source,
      problems,
      new ContinuoError(lacks[0]?.code ?? 'AGENT_UNKNOWN', lacks.map(({ problem }) => problem).join('; ')),
      options,
    );
    return exitCodes.usage;
  }
  if (options.json === true) shell.out.line(JSON.stringify(summaryJson(loaded)));
  else print(shell, loaded);
  return exitCodes.succeeded;
}

/** The workflow; undefined when it is invalid, and its problems have been listed. */
async function loadOrList(shell: Shell, source: string, options: Options): Promise<Loaded | undefined> {
  try {
    return await load(source, options.agents);
  } catch (error) {
    const problems = error instanceof ContinuoError ? problemsIn(error.details) : [];
    if (problems.length === 0 || !(error instanceof ContinuoError)) throw error;
    refuse(shell, source, problems, error, options);
    return undefined;
  }
}

/** The list that the reader of plans gives with its error. */
function problemsIn(details: Json | undefined): readonly Problem[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((one: Json) => {
    if (typeof one !== 'object' || one === null || !('path' in one && 'problem' in one && 'mend' in one)) return [];
    const { path, problem, mend } = one;
    return typeof path === 'string' && typeof problem === 'string' && typeof mend === 'string' ? [{ path, problem, mend }] : [];
  });
}

function refuse(shell: Shell, source: string, problems: readonly Problem[], error: ContinuoError, options: Options): void {
  const { out, err } = shell;
  const screen = options.json === true ? err : out;
  const { paint } = screen;
  screen.line(`${paint('red', '✖')} ${paint('bold', source)}: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`);
  for (const { path, problem, mend } of problems) {
    screen.line();
    screen.line(`  ${paint('yellow', path === '' ? 'the plan' : oneLine(path))}`);
    screen.line(`    ${safe(problem)}`);
    if (mend !== '') screen.line(`    ${paint('cyan', 'mend')}: ${safe(mend)}`);
  }
  if (options.json === true) out.line(JSON.stringify({ ...failureJson(failureOf(error), undefined), problems }));
}

function summaryJson({ workflow, hasAgents }: Loaded): object {
  const { plan, hash } = workflow;
  return {
    status: 'valid',
    workflow: workflow.id,
    hash,
    agentsChecked: hasAgents,
    steps: plan.steps.map((step) => ({ id: step.id, kind: step.kind, worker: workerOf(step) ?? null, dependencies: step.dependencies })),
  };
}

function print({ out }: Shell, { workflow, hasAgents }: Loaded): void {
  const { paint } = out;
  const { plan, hash } = workflow;
  out.line(
    `${paint('green', '✔')} ${paint('bold', workflow.id)} is valid${plan.description === undefined ? '' : paint('dim', `: ${oneLine(plan.description)}`)}`,
  );
  out.line();
  const rows = plan.steps.map((step) => [
    step.id,
    { text: step.kind, paint: (text: string) => paint('dim', text) },
    workerOf(step) ?? '',
    step.dependencies.join(', '),
    { text: [...traits(step)].join(', '), paint: (text: string) => paint('dim', text) },
  ]);
  const heads = [{ head: 'STEP', atMost: 32 }, { head: 'KIND' }, { head: 'BY', atMost: 40 }, { head: 'AFTER', atMost: 40 }, { head: '' }];
  for (const line of table(heads, rows, out.isTerminal ? out.columns - 2 : 160, paint)) out.line(`  ${line}`);
  out.line();
  for (const line of limits(plan)) out.line(`  ${paint('dim', line)}`);
  if (!hasAgents) out.line(`  ${paint('dim', 'agents were not checked: give --agents')}`);
  out.line(`  ${paint('dim', hash)}`);
}

function workerOf(step: Step): string | undefined {
  if (!('worker' in step)) return undefined;
  const { worker } = step;
  const dotted = (name: string, action: string): string => (action === 'run' ? name : `${name}.${action}`);
  if ('agentId' in worker) return dotted(worker.agentId, worker.action);
  if ('capability' in worker) return `any ${dotted(worker.capability, worker.action)}`;
  return 'workflow' in worker ? `workflow ${worker.workflow}` : 'a plan';
}

function* traits(step: Step): Generator<string> {
  if (step.join !== undefined)
    yield `${step.join.atLeast} of ${step.dependencies.length}${step.join.rest === 'cancel' ? '' : ', the rest goes on'}`;
  if (step.when !== undefined) yield 'conditional';
  if ('retryPolicy' in step && step.retryPolicy !== undefined && step.retryPolicy.maxRetries > 0)
    yield `${step.retryPolicy.maxRetries} retries`;
  if ('timeout' in step && step.timeout?.attempt !== undefined) yield `at most ${span(step.timeout.attempt)}`;
  if (step.kind === 'gate' && step.otherwise !== undefined) yield `back to ${step.otherwise.backTo}, at most ${step.otherwise.max} times`;
  if (step.kind === 'map' && step.concurrency !== undefined) yield `${step.concurrency} at a time`;
  if (step.kind === 'map' && step.enough !== undefined) yield `${step.enough} are enough`;
  if (step.kind === 'ask') yield step.choices === undefined ? 'a form' : step.choices.join(' / ');
  if (step.onFailure === 'continue') yield 'may fail';
  else if (typeof step.onFailure === 'object') yield `on failure to ${step.onFailure.goTo}`;
  if ('undo' in step && step.undo !== undefined) yield `undone by ${step.undo.agentId}`;
  if ('memo' in step && step.memo) yield 'memo';
}

function* limits(plan: Plan): Generator<string> {
  if (plan.timeout !== undefined) yield `at most ${span(plan.timeout)} in all`;
  if (plan.budget !== undefined) yield `budget $${plan.budget.limit}, then ${plan.budget.onLimit}`;
  if (plan.fallbackPlan !== undefined)
    yield `falls back to ${plan.fallbackPlan.id} (${plan.fallbackPlan.steps.map(({ id }) => id).join(', ')})`;
}
