import type { Command } from 'commander';
import { mustRun } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends SendOptions {
  readonly reason?: string;
}

export function addCancel(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('cancel')
      .summary('end a run before its end')
      .description('Cancels a run: agents at work are told to stop, and what was done is undone where the plan says how.')
      .argument('<run>', 'id of the run')
      .option('--reason <text>', 'why, kept in the journal'),
  ).action(async (run: string, options: Options) =>
    done(
      await visiting(storeOf(options, shell.env), async (visitor) => {
        await mustRun(visitor, run);
        const { reason } = options;
        return send(
          visitor,
          shell,
          run,
          { type: 'cancel', by: by(options, shell), ...(reason === undefined ? {} : { reason }) },
          options,
          `cancelled ${run}`,
        );
      }),
    ),
  );
}
