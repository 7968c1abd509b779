import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import { mustExist } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends SendOptions {
  readonly step?: string;
}

export function addRetry(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('retry')
      .summary('try again what failed')
      .description('Tries again what failed. What had finished is kept, also the finished items of a map.')
      .argument('<run>', 'id of the run')
      .option('--step <step>', 'only this step'),
  ).action(async (run: string, options: Options) => done(await retry(shell, run, options)));
}

async function retry(shell: Shell, run: string, options: Options): Promise<number> {
  const { step } = options;
  return visiting(storeOf(options, shell.env), async (visitor) => {
    const { program, record } = await mustExist(visitor, run);
    if (step !== undefined) program.place(step);
    if (record.status === 'succeeded' && record.dead === 0)
      throw new ContinuoError('RUN_NOT_FAILED', `run ${run} has succeeded, and none of its steps failed`);
    return send(
      visitor,
      shell,
      run,
      { type: 'retry', by: by(options, shell), ...(step === undefined ? {} : { step }) },
      options,
      `trying ${step ?? 'what failed'} again`,
    );
  });
}
