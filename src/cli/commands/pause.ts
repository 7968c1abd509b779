import type { Command } from 'commander';
import { mustRun } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

export function addPause(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('pause')
      .summary('let a run stand still')
      .description('Lets a run stand still: what is in hand may finish, nothing new starts, its clocks stop.')
      .argument('<run>', 'id of the run'),
  ).action(async (run: string, options: SendOptions) =>
    done(
      await visiting(storeOf(options, shell.env), async (visitor) => {
        await mustRun(visitor, run);
        return send(visitor, shell, run, { type: 'pause', by: by(options, shell) }, options, `paused ${run}`);
      }),
    ),
  );
}
