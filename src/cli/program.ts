/** All commands together, and how a command line becomes an exit code. */
import { Command, CommanderError } from 'commander';
import { addAnswer } from './commands/answer.ts';
import { addAudit } from './commands/audit.ts';
import { addCancel } from './commands/cancel.ts';
import { addDead } from './commands/dead.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExperiments } from './commands/experiments.ts';
import { addFeedback } from './commands/feedback.ts';
import { addFork } from './commands/fork.ts';
import { addGateway } from './commands/gateway.ts';
import { addHistory } from './commands/history.ts';
import { addInfer } from './commands/infer.ts';
import { addKeys } from './commands/keys.ts';
import { addMake } from './commands/make.ts';
import { addMigrate } from './commands/migrate.ts';
import { addNodes } from './commands/nodes.ts';
import { addPause } from './commands/pause.ts';
import { addPlans } from './commands/plans.ts';
import { addReplay } from './commands/replay.ts';
import { addResume } from './commands/resume.ts';
import { addRetry } from './commands/retry.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addSignal } from './commands/signal.ts';
import { addSkip } from './commands/skip.ts';
import { addValidate } from './commands/validate.ts';
import { addWorker } from './commands/worker.ts';
import { exitCodes } from './exit-codes.ts';
import { failureJson, failureOf, tell, type Failure } from './failure.ts';
import { invocation } from './hints.ts';
import type { Shell } from './shell.ts';
import { offerSharedStores } from './store.ts';
import { version } from './version.ts';

const groups = [
  ['Films:', [addMake]],
  ['Plans and runs:', [addRun, addValidate, addPlans]],
  ['Staying up:', [addServe, addWorker, addNodes]],
  ['Looking:', [addRuns, addShow, addHistory, addReplay, addDead, addDoctor]],
  ['Who may do what, and who did it:', [addKeys, addAudit]],
  ['The model gateway:', [addInfer, addFeedback, addExperiments, addGateway]],
  ['Commanding a run, from any terminal:', [addAnswer, addSignal, addPause, addResume, addCancel, addRetry, addSkip, addFork, addMigrate]],
] as const;

const exitCodesHelp = `
Exit codes:
  0  succeeded          1  failed
  2  bad usage or plan  3  cancelled
  4  waiting for a person  5  replay: something differs
  6  told to end, and work in hand was handed back`;

/** Carries out one command line. */
export async function main(words: readonly string[], shell: Shell): Promise<number> {
  let exitCode: number = exitCodes.usage;
  const program = assemble(shell, (code) => (exitCode = code));
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.succeeded;
    // Bare `continuo`: the help has been printed.
    if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage;
    const failure = error instanceof CommanderError ? usage(error, program, words) : withHelp(failureOf(error), program, words);
    return refuse(failure, error, words, shell);
  }
}

function assemble(shell: Shell, done: (exitCode: number) => void): Command {
  const program = new Command('continuo')
    .description('A durable orchestrator for AI agents: the plan is written down and survives anything.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', exitCodesHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.out.write(text),
      writeErr: (text) => shell.err.write(text),
      // Said by `refuse`, in the form of every other error.
      outputError: () => undefined,
    });
  for (const [heading, adders] of groups) {
    program.commandsGroup(heading);
    for (const add of adders) add(program, shell, done);
  }
  offerSharedStores(program);
  return program;
}

/** What commander complains of, in the form of every other error. */
function usage(error: CommanderError, program: Command, words: readonly string[]): Failure {
  const command = commandOf(program, words);
  // What is wrong with it follows as words of ours, which begin small.
  const said = error.message.replace(/^error: /, '').replace(/ is invalid\. (?=[a-z])/, ' is invalid: ');
  const message = `${said.replaceAll('\n', ' ')}${swallowed(error, command)}`;
  return { code: 'USAGE', message, mend: helpFor(command), exitCode: exitCodes.usage };
}

/** What a command itself finds wrong with its words, its own help explains. */
function withHelp(failure: Failure, program: Command, words: readonly string[]): Failure {
  if (failure.code !== 'USAGE') return failure;
  return { ...failure, mend: helpFor(commandOf(program, words)) };
}

/** The command that the words begin with, or one of the group that they name. */
function commandOf(program: Command, words: readonly string[]): Command | undefined {
  const [name, below] = words;
  const command = program.commands.find((one) => one.name() === name);
  return command?.commands.find((one) => one.name() === below) ?? command;
}

function helpFor(command: Command | undefined): string {
  const names: string[] = [];
  // The program itself is above all, and is called as it was called.
  for (let one = command; one !== undefined && one.parent !== null; one = one.parent) names.unshift(one.name());
  return `See \`${[invocation(), ...names, '--help'].join(' ')}\`.`;
}

/** An option that takes several words takes the argument too, where that comes behind it. */
function swallowed(error: CommanderError, command: Command | undefined): string {
  if (error.code !== 'commander.missingArgument') return '';
  const greedy = command?.options.find((one) => one.variadic && command.getOptionValue(one.attributeName()) !== undefined);
  return greedy === undefined ? '' : ` (${greedy.long} takes every word up to the next option: write it last)`;
}

function refuse(failure: Failure, error: unknown, words: readonly string[], shell: Shell): number {
  tell(shell.err, failure);
  if ((shell.env['CONTINUO_DEBUG'] ?? '') !== '' && error instanceof Error) shell.err.line(`\n${traceOf(error)}`);
  // The options were perhaps not understood, so the words are asked.
  if (words.includes('--json')) shell.out.line(JSON.stringify(failureJson(failure, runIdIn(words))));
  return failure.exitCode;
}

function traceOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${traceOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function runIdIn(words: readonly string[]): string | undefined {
  const at = words.indexOf('--run-id');
  return at < 0 ? words.find((word) => word.startsWith('--run-id='))?.slice('--run-id='.length) : words[at + 1];
}
