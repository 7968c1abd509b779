import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import { readJson } from '../load/input.ts';
import { mustExist } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

export function addSkip(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('skip')
      .summary('give a step its result by hand')
      .description('Gives a step its result by hand: it is not done (again), and the run goes on with the value.')
      .argument('<run>', 'id of the run')
      .argument('<step>', 'the step')
      .argument('[json | @file]', 'the result (default: null)'),
  ).action(async (run: string, step: string, given: string | undefined, options: SendOptions) =>
    done(await skip(shell, run, step, given, options)),
  );
}

async function skip(shell: Shell, run: string, step: string, given: string | undefined, options: SendOptions): Promise<number> {
  const value = (await readJson(given, `the result of ${step}`, shell.stdin)) ?? null;
  return visiting(storeOf(options, shell.env), async (visitor) => {
    const loaded = await mustExist(visitor, run);
    if (loaded.run.steps.get(loaded.program.place(step)).is === 'done')
      throw new ContinuoError('STEP_DONE', `step ${step} of run ${run} is done`);
    return send(visitor, shell, run, { type: 'skip', step, value: { value }, by: by(options, shell) }, options, `skipped ${step}`);
  });
}
