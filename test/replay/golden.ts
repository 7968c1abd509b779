/** What a golden journal file holds, and what is expected of it. */
import { readFileSync } from 'node:fs';
import type { Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import type { Program } from '../../src/core/plan/program.ts';
import type { Entry } from '../../src/core/run/events.ts';
import { outstanding } from '../../src/core/run/outstanding.ts';
import { statusOf } from '../../src/core/run/phases.ts';
import { Shelf } from '../../src/core/run/scope.ts';
import type { Run } from '../../src/core/run/state.ts';

export interface Golden {
  readonly plans: Readonly<Record<string, Plan>>;
  readonly entries: readonly Entry[];
  readonly expected: Json;
}

export const folder: URL = new URL('golden/', import.meta.url);

export function readGolden(name: string): Golden {
  // Written by scripts/golden.ts; what is wrong with it, the test will say.
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;
}

/** Without what was added to the state since: when a task came to be what it is. */
function phaseOf({ phase }: Run): object {
  if (phase.is !== 'undoing' || phase.task === undefined) return phase;
  const { at: _, ...task } = phase.task;
  return { ...phase, task };
}

/** What must stay the same in every later version: how the run stands, and what ought to be in the world for it. */
export function summary(program: Program, run: Run): Json {
  const shelf = new Shelf();
  const steps = program.nodes.map((node) => {
    const state = run.steps.get(node.place);
    return { id: node.id, is: state.is, visit: state.visit, ...('attempts' in state ? { attempts: state.attempts } : {}) };
  });
  const world = [...outstanding(program, run, shelf)].map((one): Json => {
    switch (one.kind) {
      case 'task':
        return {
          kind: one.kind,
          key: one.key,
          visit: one.ref.visit,
          attempt: one.ref.attempt,
          input: one.input(),
          records: Object.keys(one.records),
        };
      case 'child':
        return { kind: one.kind, key: one.key, visit: one.ref.visit, attempt: one.ref.attempt, input: one.input() };
      case 'question':
        return { kind: one.kind, step: one.question.step, question: one.question.question };
      default:
        return { ...one };
    }
  });
  return JSON.parse(
    JSON.stringify({
      status: statusOf(run),
      phase: phaseOf(run),
      seq: run.seq,
      steps,
      world,
      money: run.money,
      decisions: run.decisions,
      signals: run.signals,
    }),
  ) as Json;
}
