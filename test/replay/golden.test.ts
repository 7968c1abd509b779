/** Journals of earlier versions load, mean what they meant, and go on. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compile, type Program } from '../../src/core/plan/program.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { decide } from '../../src/core/run/decide.ts';
import type { StepKind } from '../../src/core/plan/model.ts';
import type { Source } from '../../src/core/run/events.ts';
import { begin, evolve } from '../../src/core/run/evolve.ts';
import { attemptsInHand } from '../../src/core/run/outstanding.ts';
import { hasEnded } from '../../src/core/run/phases.ts';
import { restore, save } from '../../src/core/run/snapshot.ts';
import type { Run } from '../../src/core/run/state.ts';
import { everyType } from '../event-types.ts';
import { folder, readGolden, summary, type Golden } from './golden.ts';
import { goOn } from './go-on.ts';
import { rehearseHere } from './rehearse-here.ts';
import { largeValues, scenarios } from './scenarios.ts';

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

function fold(golden: Golden): { readonly program: Program; readonly run: Run } {
  const programOf = (hash: string): Program => {
    const plan = golden.plans[hash];
    assert.ok(plan !== undefined, `plan ${hash} is not in the file`);
    return compile({ ...planWorkflow(plan), hash });
  };
  let at: { program: Program; run: Run } | undefined;
  for (const entry of golden.entries) {
    for (const event of entry.events) {
      if (event.type === 'run.started') at = { program: programOf(event.plan), run: begin('run', event, entry.at) };
      else if (at !== undefined) {
        const run = evolve(at.program, at.run, event, entry.at);
        at = { program: event.type === 'run.migrated' ? programOf(event.plan) : at.program, run };
      }
    }
  }
  assert.ok(at !== undefined);
  return at;
}

describe('golden journals', () => {
  for (const name of files) {
    it(name, () => {
      const golden = readGolden(name);
      const { program, run } = fold(golden);
      assert.deepEqual(summary(program, run), golden.expected);
      assert.deepEqual(restore(save(run)), run);
      const now = golden.entries.at(-1)?.at ?? 0;
      // It goes on: what is in hand can be completed, and the run decides what follows.
      for (const ref of attemptsInHand(run))
        assert.notEqual(decide(program, run, { type: 'completed', ref, output: { value: null } }, now).events.length, 0);
      if (!hasEnded(run)) assert.equal(decide(program, run, { type: 'cancel' }, now).run.phase.is === 'forward', false);
      // And it goes on to its end, with everything that it waits for.
      const end = goOn(program, run, now);
      assert.ok(hasEnded(end));
      assert.deepEqual(restore(save(end)), end);
    });

    it(`${name}: today's code decides the same`, () => {
      const { plans, entries } = readGolden(name);
      const told = rehearseHere({ run: 'run', plans, entries }, undefined, largeValues);
      assert.deepEqual([told.differences, told.waitsFor], [[], []]);
      assert.equal(told.events.same, told.events.rehearsed);
    });
  }

  it('are there for every scenario, and for every type of event', () => {
    assert.deepEqual(
      files.toSorted(),
      Object.keys(scenarios)
        .map((name) => `${name}.json`)
        .toSorted(),
      'run `node scripts/golden.ts` for new scenarios',
    );
    const seen: ReadonlySet<string> = new Set(
      files.flatMap((name) => readGolden(name).entries.flatMap(({ events }) => events.map(({ type }) => type))),
    );
    assert.deepEqual(
      everyType.filter((type) => !seen.has(type)),
      [],
    );
  });

  it('are there for every kind of step, and every source of an output', () => {
    const goldens = files.map(readGolden);
    const there: ReadonlySet<string> = new Set(
      goldens.flatMap(({ plans, entries }) => [
        ...Object.values(plans).flatMap(({ steps }) => steps.map(({ kind }) => kind)),
        ...entries.flatMap(({ events }) =>
          events.flatMap((event) => ('source' in event && event.source !== undefined ? [event.source] : [])),
        ),
      ]),
    );
    assert.deepEqual(
      [...Object.keys(kinds), ...Object.keys(sources)].filter((name) => !there.has(name)),
      [],
    );
  });
});

/** A kind that is added to the plan's steps does not compile until it stands here. */
const kinds: Readonly<Record<StepKind, true>> = {
  step: true,
  call: true,
  map: true,
  gate: true,
  branch: true,
  ask: true,
  wait: true,
  emit: true,
};

/** Where an output may come from, besides from an agent. */
const sources: Readonly<Record<Source, true>> = { memo: true, skip: true, fork: true, deadline: true };
