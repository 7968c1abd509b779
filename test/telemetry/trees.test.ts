/** Runs of random plans, whatever happens to them, come out as one tree of spans each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptsInHand } from '../../src/core/run/outstanding.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { compile, type Program } from '../../src/core/plan/program.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import type { Run } from '../../src/core/run/state.ts';
import { begin, evolve } from '../../src/core/run/evolve.ts';
import { attemptSpan, runSpan } from '../../src/engine/traces/span-ids.ts';
import { tellSpans, type Standing } from '../../src/engine/traces/run-spans.ts';
import type { PureRun } from '../../src/testing/pure-run.ts';
import { runOfSeed } from '../sim/random-run.ts';
import { KeptSpans, mustBeOneTree } from './kept-spans.ts';

const seeds = 1000;

/** Tells what an engine would have told of the journal, append by append; answers also with the attempts that there were. */
function told(played: PureRun): { readonly spans: KeptSpans; readonly attempts: ReadonlySet<string> } {
  const spans = new KeptSpans();
  const attempts = new Set<string>();
  const programOf = (hash: string): Program => compile({ ...planWorkflow(played.plans[hash] as Plan), hash });
  let program = played.program;
  let before: Standing | undefined;
  for (const { events, at } of played.journal) {
    const from = before;
    let run: Run | undefined = before?.run;
    for (const event of events) {
      if (run !== undefined) run = evolve(program, run, event, at);
      else if (event.type === 'run.started') run = begin('run', event, at);
      // The plans of a run have all that its journal names.
      if (event.type === 'run.started' || event.type === 'run.migrated') program = programOf(event.plan);
      if (run !== undefined) for (const ref of attemptsInHand(run)) attempts.add(attemptSpan('run', ref));
    }
    assert.ok(run !== undefined);
    before = { program, run };
    tellSpans(spans, from, events, before);
  }
  return { spans, attempts };
}

test(`${seeds} runs of random plans are one tree each, with every attempt in it once`, () => {
  let many = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { spans, attempts } = told(runOfSeed(seed));
    try {
      mustBeOneTree(spans.spans, 'invoke_workflow random');
      const ids = new Set(spans.spans.map(({ id }) => id));
      for (const attempt of attempts) assert.ok(ids.has(attempt), `attempt ${attempt} was not told`);
      assert.ok(ids.has(runSpan('run', 0)));
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    many += attempts.size;
  }
  assert.ok(many > seeds, 'nothing passes because nothing happened');
});
