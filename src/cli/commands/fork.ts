import type { Command } from 'commander';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { randomId } from '../../engine/starting.ts';
import { readJson } from '../load/input.ts';
import { mustExist } from '../looking.ts';
import { by, send, sendOptions, type SendOptions } from '../sending.ts';
import type { Shell } from '../shell.ts';
import { storeOf } from '../store.ts';
import { visiting } from '../visiting.ts';

interface Options extends SendOptions {
  readonly id?: string;
  readonly from?: string;
  readonly input?: string;
  readonly output: readonly string[];
}

export function addFork(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  sendOptions(
    program
      .command('fork')
      .summary('start a run from the middle of another')
      .description('Starts a new run that keeps what another had done before a step, with edits. Prints the id of the new run.')
      .argument('<run>', 'id of the run to fork')
      .option('--from <step>', 'the first step to do again (default: whatever is not done)')
      .option('-i, --input <json | @file>', 'another input')
      .option(
        '--output <step=json>',
        'another result for a step that is kept (may be repeated)',
        (one: string, all: readonly string[]) => [...all, one],
        [],
      )
      .option('--id <id>', 'id of the new run'),
  ).action(async (run: string, options: Options) => done(await fork(shell, run, options)));
}

async function fork(shell: Shell, run: string, options: Options): Promise<number> {
  const input = await readJson(options.input, '--input', shell.stdin);
  const outputs = await readOutputs(options.output, shell);
  const { id = randomId(), from } = options;
  return visiting(storeOf(options, shell.env), async (visitor) => {
    const { program } = await mustExist(visitor, run);
    for (const step of [...(from === undefined ? [] : [from]), ...Object.keys(outputs)]) program.place(step);
    if ((await visitor.backend.runs.get(id)) !== undefined) throw new ContinuoError('RUN_EXISTS', `run ${id} exists already`);
    return send(
      visitor,
      shell,
      run,
      {
        type: 'fork',
        id,
        by: by(options, shell),
        ...(from === undefined ? {} : { from }),
        ...(input === undefined ? {} : { input }),
        ...(options.output.length === 0 ? {} : { outputs }),
      },
      options,
      `forked ${run} as ${id}`,
      { fork: id },
    );
  });
}

async function readOutputs(given: readonly string[], shell: Shell): Promise<Readonly<Record<string, Json>>> {
  const outputs: Record<string, Json> = {};
  for (const one of given) {
    const at = one.indexOf('=');
    if (at < 1) throw new ContinuoError('USAGE', `--output ${JSON.stringify(one)} is not step=json`);
    const step = one.slice(0, at);
    outputs[step] = (await readJson(one.slice(at + 1), `--output of ${step}`, shell.stdin)) ?? null;
  }
  return outputs;
}
