import type { Command } from 'commander';
import { mustRun } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

export function addResume(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program.command('resume').summary('let a paused run go on').description('Lets a paused run go on.').argument('<run>', 'id of the run'),
  ).action(async (run: string, options: SendOptions) =>
    done(
      await visiting(storeOf(options, shell.env), async (visitor) => {
        await mustRun(visitor, run);
        return send(visitor, shell, run, { type: 'resume', by: by(options, shell) }, options, `resumed ${run}`);
      }),
    ),
  );
}
