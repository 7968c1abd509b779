/**
 * What went wrong in a run, newest last: for whoever looks at it without reading its journal, which has it all.
 *
 * H1. It follows from the journal alone. It has the last so many errors, and of each the beginning of what it said.
 * H2. An error is in it once: that a step failed of its last attempt's error, and the run of its step's, is no other one.
 */
import type { Program } from '../plan/program.ts';
import type { Fault, RunEvent } from './events.ts';
import type { PastError, Run } from './state.ts';

const kept = 50;
const longest = 500;

export function withError(program: Program, run: Run, event: RunEvent, at: number): Run {
  const found = errorOf(program, event, at);
  if (found === undefined) return run;
  const { errors = [] } = run;
  return isRepeated(errors, found, event) ? run : { ...run, errors: [...errors.slice(1 - kept), found] };
}

function errorOf(program: Program, event: RunEvent, at: number): PastError | undefined {
  switch (event.type) {
    case 'task.failed': {
      const { item, attempt, undo } = event;
      return {
        step: program.node(event.step).id,
        ...(item === undefined ? {} : { item }),
        attempt,
        ...(undo === undefined ? {} : { undo }),
        ...said(event.error),
        at,
      };
    }
    case 'step.failed':
      return { step: program.node(event.step).id, ...said(event.error), at };
    case 'run.failing':
      return { ...said(event.error), at };
    default:
      return undefined;
  }
}

function said({ code, message }: Fault): Pick<PastError, 'code' | 'message'> {
  return { code, message: message.length <= longest ? message : `${message.slice(0, longest)}…` };
}

function isRepeated(errors: readonly PastError[], { code, message, step }: PastError, { type }: RunEvent): boolean {
  if (type === 'task.failed') return false;
  // A run fails with the code of its step, and says in words of its own which that was.
  if (type === 'run.failing') return errors.at(-1)?.code === code;
  const last = errors.findLast((one) => one.step === step);
  return last?.code === code && last.message === message;
}
