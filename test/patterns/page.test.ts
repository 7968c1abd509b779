/** The page names all patterns, and what it says is supported is what is tested. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plansOf, sections, table } from './page.ts';

const names: readonly string[] = [
  'Sequence',
  'Parallel Split',
  'Synchronization',
  'Exclusive Choice',
  'Simple Merge',
  'Multi-Choice',
  'Structured Synchronizing Merge',
  'Multi-Merge',
  'Structured Discriminator',
  'Arbitrary Cycles',
  'Implicit Termination',
  'Multiple Instances without Synchronization',
  'Multiple Instances with a Priori Design-Time Knowledge',
  'Multiple Instances with a Priori Run-Time Knowledge',
  'Multiple Instances without a Priori Run-Time Knowledge',
  'Deferred Choice',
  'Interleaved Parallel Routing',
  'Milestone',
  'Cancel Activity',
  'Cancel Case',
  'Structured Loop',
  'Recursion',
  'Transient Trigger',
  'Persistent Trigger',
  'Cancel Region',
  'Cancel Multiple Instance Activity',
  'Complete Multiple Instance Activity',
  'Blocking Discriminator',
  'Cancelling Discriminator',
  'Structured Partial Join',
  'Blocking Partial Join',
  'Cancelling Partial Join',
  'Generalized AND-Join',
  'Static Partial Join for Multiple Instances',
  'Cancelling Partial Join for Multiple Instances',
  'Dynamic Partial Join for Multiple Instances',
  'Acyclic Synchronizing Merge',
  'General Synchronizing Merge',
  'Critical Section',
  'Interleaved Routing',
  'Thread Merge',
  'Thread Split',
  'Explicit Termination',
];

/** The patterns that a test stands for, as `number name`. */
const tested = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/^pattern\((\d+), '(.+?)',/gm)])
  .map(([, number = '', name = '']) => `${number} ${name}`);

const inOrder = (list: readonly string[]): readonly string[] => list.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));

test('the table names all 43 patterns, and each has a section under its name', () => {
  assert.deepEqual(
    table.map(({ number, name }) => `${number} ${name}`),
    names.map((name, at) => `${at + 1} ${name}`),
  );
  assert.deepEqual(
    [...sections.values()].map((section) => section.slice(0, section.indexOf('\n'))),
    names.map((name, at) => `${at + 1} ${name}`),
  );
});

test('what the table says is supported has a test, and nothing else has', () => {
  const supported = table.filter(({ status }) => status === 'supported').map(({ number, name }) => `${number} ${name.toLowerCase()}`);
  assert.deepEqual(inOrder(tested), supported);
  assert.ok(supported.length >= 30);
});

test('sections say what the table says, and every plan of them can be read', () => {
  for (const { number, status } of table) {
    assert.ok(['supported', 'in part', 'left out'].includes(status), status);
    assert.equal(plansOf(number).length > 0, status === 'supported');
    const said = /\*(In part|Left out)\.\*/.exec(sections.get(number) ?? '')?.[1]?.toLowerCase() ?? 'supported';
    assert.equal(said, status, `WCP-${number}`);
  }
});

test('the opening counts as the table does', () => {
  const count = (status: string): number => table.filter((row) => row.status === status).length;
  const text = readFileSync(new URL('../../docs/patterns.md', import.meta.url), 'utf8');
  assert.ok(text.includes(`${count('supported')} are supported, ${count('in part')} in part, ${count('left out')} are left out.`));
});
