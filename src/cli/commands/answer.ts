import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import type { AskStep } from '../../core/plan/model.ts';
import { schemaOf } from '../../engine/admission.ts';
import type { Loaded } from '../../engine/reader.ts';
import { check } from '../../engine/schema.ts';
import { readJson } from '../load/input.ts';
import { mustRun } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends SendOptions {
  readonly value?: string;
  readonly note?: string;
  readonly item?: string;
}

interface Given {
  readonly choice: string | undefined;
  readonly value: Json | undefined;
  readonly item: number | undefined;
  readonly by: string;
}

export function addAnswer(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('answer')
      .summary('answer a question of a run')
      .description('Answers a question. Also one that is not asked yet: the answer is kept until it is.')
      .argument('<run>', 'id of the run')
      .argument('<step>', 'the step that asks')
      .argument('[choice]', 'one of its choices')
      .option('--value <json | @file>', 'what its form asks for')
      .option('--note <text>', 'a word about the decision, kept with it')
      .option('--item <n>', 'for the question of one item of a map'),
  ).action(async (run: string, step: string, choice: string | undefined, options: Options) =>
    done(await answer(shell, run, step, choice, options)),
  );
}

async function answer(shell: Shell, run: string, step: string, choice: string | undefined, options: Options): Promise<number> {
  const value = await readJson(options.value, '--value', shell.stdin);
  const item = options.item === undefined ? undefined : Number(options.item);
  if (item !== undefined && !(Number.isInteger(item) && item >= 0))
    throw new ContinuoError('USAGE', `--item ${JSON.stringify(options.item)} is not the number of an item; the first is 0`);
  const given: Given = { choice, value, item, by: by(options, shell) };
  return visiting(storeOf(options, shell.env), async (visitor) => {
    await mustFit(await mustRun(visitor, run), step, given);
    const { note } = options;
    return send(
      visitor,
      shell,
      run,
      {
        type: 'answer',
        step,
        by: given.by,
        ...(choice === undefined ? {} : { choice }),
        ...(value === undefined ? {} : { value: { value } }),
        ...(note === undefined ? {} : { note }),
        ...(item === undefined ? {} : { item }),
      },
      options,
      `answered ${step}${choice === undefined ? '' : `: ${choice}`}`,
    );
  });
}

/** What can be seen from here is refused here, with what would fit. */
async function mustFit({ run, program }: Loaded, step: string, given: Given): Promise<void> {
  const node = program.node(program.place(step));
  const state = run.steps.get(node.place);
  if (node.step.kind !== 'ask') {
    // Work in hand may ask too: about a budget, or about a job that got lost.
    const isHeld = state.is === 'active' && (state.work.do === 'map' || (state.work.do === 'task' && state.work.task.is === 'held'));
    if (!isHeld) throw new ContinuoError('STEP_NOT_ASKING', `step ${step} of run ${run.id} is a ${node.step.kind} and asks nothing`);
    if (given.choice === undefined && given.value === undefined)
      throw new ContinuoError('ANSWER_INVALID', `${step} wants an answer: continuo answer ${run.id} ${step} ANSWER`);
    return;
  }
  if (state.is !== 'idle' && state.is !== 'active')
    throw new ContinuoError('STEP_DONE', `step ${step} of run ${run.id} is ${state.is}: its question is closed`);
  await mustFitAsk(node.step, given);
}

async function mustFitAsk(step: AskStep, given: Given): Promise<void> {
  const { choices, form, who } = step;
  if (who !== undefined && !who.includes(given.by))
    throw new ContinuoError('ANSWER_INVALID', `${given.by} may not answer ${step.id}; ${who.join(', ')} may (--by)`);
  if (choices !== undefined && (given.choice === undefined || !choices.includes(given.choice))) {
    throw new ContinuoError(
      'ANSWER_INVALID',
      `${step.id} cannot be answered with ${given.choice === undefined ? 'no choice' : JSON.stringify(given.choice)}; its choices are ${choices.join(', ')}`,
    );
  }
  if (choices !== undefined) return;
  if (given.value === undefined)
    throw new ContinuoError(
      'ANSWER_INVALID',
      `${step.id} wants its form filled in: --value '{…}', by the schema ${JSON.stringify(form ?? {})}`,
    );
  const schema = schemaOf(form);
  if (schema !== undefined) await check(schema, given.value, 'ANSWER_INVALID', `the answer to ${step.id}`);
}
