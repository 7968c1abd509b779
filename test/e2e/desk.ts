/** What the tests of the command line share: a folder with agents on it, and words for plans. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Desk, type Ended } from './continuo.ts';

/** A desk with the agents of these tests on it. */
export function desk(t: TestContext, env: NodeJS.ProcessEnv = {}): Desk {
  const one = new Desk(t, env);
  copyFileSync(join(import.meta.dirname, 'agents.mjs'), one.path('agents.mjs'));
  return one;
}

export interface StepOptions {
  readonly [option: string]: unknown;
}

export const step: (id: string, action: string, options?: StepOptions) => object = (
  id: string,
  action: string,
  options: StepOptions = {},
): object => ({ id, agentId: 'worker', action, input: {}, ...options });
export const plan: (id: string, ...steps: readonly object[]) => object = (id: string, ...steps: readonly object[]): object => ({
  id,
  steps,
});
export const after: (...dependencies: readonly string[]) => StepOptions = (...dependencies: readonly string[]): StepOptions => ({
  dependencies,
});
export const withAgents: readonly string[] = ['--agents', 'agents.mjs', '--json'];

export const publishing: object = plan(
  'publishing',
  step('draft', 'note'),
  { id: 'publish', kind: 'ask', question: 'Publish it?', choices: ['publish', 'burn it'], dependencies: ['draft'] },
  step('done', 'note', { ...after('publish'), input: { $from: 'steps.publish.output.choice' } }),
);

export const ledgerOf: (one: Desk) => readonly string[] = (one: Desk): readonly string[] =>
  existsSync(one.path('ledger')) ? readFileSync(one.path('ledger'), 'utf8').trim().split('\n') : [];
export const explain: (ended: Ended) => string = ({ stdout, stderr }: Ended): string => `${stdout}\n${stderr}`;

// Two at a time: each starts processes of its own, and a machine with two cores should do.
export const options: { readonly concurrency: number } = { concurrency: 2 };
