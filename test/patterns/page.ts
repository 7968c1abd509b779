/** docs/patterns.md as data: the table, and the plans of each section, which the tests run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import type { Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../../src/core/plan/workflow.ts';
import { Rig, type RigOptions } from '../../src/testing/conformance/rig.ts';
import { PureRun } from '../../src/testing/pure-run.ts';

const text = readFileSync(new URL('../../docs/patterns.md', import.meta.url), 'utf8');

export interface Row {
  readonly number: number;
  readonly name: string;
  readonly status: string;
}

export const table: readonly Row[] = [...text.matchAll(/^\| WCP-(\d+) \| \[(.+)\]\(#(.+)\) \| (.+) \|$/gm)].map(
  ([, number, name = '', , status = '']) => ({ number: Number(number), name, status }),
);

export const sections: ReadonlyMap<number, string> = new Map(
  text
    .split(/^### WCP-/m)
    .slice(1)
    .map((section) => [Number.parseInt(section, 10), section]),
);

/** The plans that the section shows. */
export function plansOf(number: number): readonly Plan[] {
  return [...(sections.get(number) ?? '').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = '']) => parsePlan(JSON.parse(json)));
}

/** What a test of a pattern has to do with. */
export interface Shown {
  /** The section's first plan. */
  readonly plan: Plan;
  readonly workflows: readonly AnyWorkflow[];
  /** A run of the first plan, on the skeleton alone. */
  readonly run: (input?: Json) => PureRun;
  /** An engine that knows the workflows of the section, in memory, on a simulated clock. */
  readonly engine: (options: RigOptions, body: (rig: Rig) => Promise<void>) => Promise<void>;
}

export function pattern(number: number, name: string, body: (shown: Shown) => void | Promise<void>): void {
  test(`WCP-${number} ${name}`, () => {
    const plans = plansOf(number);
    const [plan] = plans;
    assert.ok(plan !== undefined, `the page shows no plan of WCP-${number}`);
    const workflows = plans.map((one) => planWorkflow(one));
    return body({
      plan,
      workflows,
      run: (input = null) => new PureRun(planWorkflow(plan), input),
      engine: (options, work) => Rig.with(() => Promise.resolve(openMemory()), { workflows, ...options }, work),
    });
  });
}

/** How the steps stand: `done`, `skipped`, `overtaken`, and so on. */
export function states(run: PureRun): Readonly<Record<string, string>> {
  return Object.fromEntries(
    run.program.nodes.map(({ id }) => {
      const state = run.state(id);
      return [id, state.is === 'skipped' && state.why === 'overtaken' ? 'overtaken' : state.is];
    }),
  );
}
