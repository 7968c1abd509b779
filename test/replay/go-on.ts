/** Brings a run to its end, however it stands: everybody answers, everything comes, time passes. */
import type { Program } from '../../src/core/plan/program.ts';
import type { Command } from '../../src/core/run/commands.ts';
import { decide } from '../../src/core/run/decide.ts';
import { outstanding } from '../../src/core/run/outstanding.ts';
import { hasEnded } from '../../src/core/run/phases.ts';
import { Shelf } from '../../src/core/run/scope.ts';
import type { Run } from '../../src/core/run/state.ts';

const enough = 500;

/** The run as it ends; an error where it does not. */
export function goOn(program: Program, from: Run, since: number): Run {
  const shelf = new Shelf();
  let run = from;
  let now = since;
  for (let moves = 0; !hasEnded(run); moves++) {
    if (moves > enough) throw new Error(`the run does not end: it is ${run.phase.is}`);
    const next = nextMove(program, run, shelf, moves);
    if (typeof next === 'number') now = Math.max(now, next);
    const command: Command = typeof next === 'number' ? { type: 'tick' } : next;
    const after = decide(program, run, command, now, shelf).run;
    if (after === run) throw new Error(`${command.type} brought nothing about`);
    run = after;
  }
  return run;
}

/** A command, or the instant that is to come next. */
function nextMove(program: Program, run: Run, shelf: Shelf, moves: number): Command | number {
  if (run.pausedAt !== undefined) return { type: 'resume' };
  if (run.phase.is === 'queued') return { type: 'admit' };
  const world = [...outstanding(program, run, shelf)];
  // Time alone comes last: it ends what somebody could still do.
  const one = world.find(({ kind }) => kind !== 'timer') ?? world[0];
  switch (one?.kind) {
    case 'task':
    case 'child':
      one.input();
      return { type: 'completed', ref: one.ref, output: { value: { ok: true, score: 9, n: moves } } };
    case 'fallback':
      return { type: 'fallback-ended', result: { output: { value: 'spare' } } };
    case 'question': {
      const { step, choices, held } = one.question;
      const [choice] = choices ?? [];
      const value = held === undefined ? { filled: 'in' } : held.about === 'budget' ? held.needed + 100 : 'job';
      const answer = choice === undefined ? { value: { value } } : { choice };
      return {
        type: 'answer',
        step,
        ...(one.question.item === undefined ? {} : { item: one.question.item }),
        by: `person ${moves}`,
        ...answer,
      };
    }
    case 'signal':
      return one.name.startsWith('event:')
        ? { type: 'hear', emission: run.heard + 1, name: one.name.slice('event:'.length), data: { value: 1 } }
        : { type: 'signal', name: one.name, data: { value: 1 } };
    case 'timer':
      return one.at;
    case undefined:
      throw new Error('the run waits for nothing');
  }
}
