import type { Command } from 'commander';
import { readJson } from '../load/input.ts';
import { mustRun } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

export function addSignal(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('signal')
      .summary('send a signal to a run')
      .description('Sends a signal. One that comes before the step that waits for it is kept.')
      .argument('<run>', 'id of the run')
      .argument('<name>', 'name of the signal')
      .argument('[json | @file]', 'what comes with it'),
  ).action(async (run: string, name: string, given: string | undefined, options: SendOptions) =>
    done(await signal(shell, run, name, given, options)),
  );
}

async function signal(shell: Shell, run: string, name: string, given: string | undefined, options: SendOptions): Promise<number> {
  const value = (await readJson(given, 'the data of the signal', shell.stdin)) ?? null;
  return visiting(storeOf(options, shell.env), async (visitor) => {
    const { program } = await mustRun(visitor, run);
    const known = program.plan.steps.flatMap((step) => (step.kind === 'wait' && 'signal' in step.for ? [step.for.signal] : []));
    if (!known.includes(name)) {
      const those = known.length === 0 ? 'it waits for no signal' : `it waits for ${known.join(', ')}`;
      shell.err.line(`${shell.err.paint('yellow', 'note')}: no step of ${program.plan.id} waits for ${JSON.stringify(name)}; ${those}`);
    }
    return send(visitor, shell, run, { type: 'signal', name, data: { value }, by: by(options, shell) }, options, `signalled ${name}`);
  });
}
