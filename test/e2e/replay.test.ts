import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { outcome, type Desk, type Ended } from './continuo.ts';
import { desk, step, plan, after, withAgents, publishing, ledgerOf, explain, options } from './desk.ts';

const golden = join(import.meta.dirname, '../replay/golden');

/** A run of `publishing` that waits for its answer. */
async function published(at: Desk): Promise<void> {
  at.write('plan.json', publishing);
  const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
  assert.equal(ended.code, 4, explain(ended));
}

const kinds = (ended: Ended): readonly (readonly [unknown, unknown])[] =>
  // What `--json` gives; the fields are what the test is about.
  (outcome(ended)['differences'] as readonly { readonly step?: string; readonly is: string }[]).map((one) => [one.step, one.is] as const);

suite('replay', options, () => {
  test('by the same plan, and by its own: no difference, and 0', async (t) => {
    const at = desk(t);
    await published(at);
    const [same, own] = await Promise.all([at.run('replay', 'r1', 'plan.json'), at.run('replay', 'r1')]);
    assert.deepEqual([same.code, own.code], [0, 0], explain(same) + explain(own));
    assert.match(
      same.stdout,
      /publishing +run r1\nwent by +[0-9a-f]{12}\ntoday .*plan\.json\n\nNo difference: today's plan would have done the same at all 4 events\./,
    );
    assert.match(same.stdout, /nothing to migrate/);
    assert.match(own.stdout, /No difference: Continuo decides the same at all 4 events\./);
  });

  test('by a changed plan: what differs in it, what it would have done otherwise, and 5', async (t) => {
    const at = desk(t);
    await published(at);
    const [draft, publish, done] = (publishing as { readonly steps: readonly object[] }).steps;
    at.write('new.json', {
      id: 'publishing',
      steps: [{ ...draft, input: { tone: 'dry' } }, step('check', 'note', after('draft')), { ...publish, dependencies: ['check'] }, done],
    });
    const ended = await at.run('replay', 'r1', 'new.json');
    assert.equal(ended.code, 5, explain(ended));
    assert.match(ended.stdout, /~ draft +input\.tone none → dry\n +\+ check +a new step\n +~ publish +dependencies\[0\] draft → check\n/);
    assert.match(ended.stdout, /3 differences in 4 events\n\n {2}draft\n {4}event 1 +would get another input\n +\+ \.tone +dry\n/);
    assert.match(ended.stdout, /check\n {4}event 2 +today it would have started; what comes of it is not in the journal\n +input \{\}/);
    assert.match(ended.stdout, /publish\n {4}event 3 +asked; today it would not\n/);
    assert.match(ended.stdout, /it would wait for check \(result\)/);
    assert.match(ended.stdout, /cannot be migrated to today's plan as it stands: .*puts check before it/s);
    const json = await at.run('replay', 'r1', 'new.json', '--json');
    assert.equal(json.code, 5);
    assert.deepEqual(kinds(json), [
      ['draft', 'other-input'],
      ['check', 'would-start'],
      ['publish', 'would-not-start'],
    ]);
    assert.equal(outcome(json)['result'], 'differs');
    assert.deepEqual(ledgerOf(at), ['draft 1'], 'nobody worked');
  });

  test('a run that can be moved: the commands to do so', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('p', step('a', 'echo'), step('b', 'fail', after('a'))));
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1')).code, 1);
    at.write('new.json', plan('p', step('a', 'echo'), step('b', 'echo', after('a'))));
    const ended = await at.run('replay', 'r1', 'new.json');
    assert.equal(ended.code, 5, explain(ended));
    assert.match(ended.stdout, /event 3 +would be done by worker\.echo; was done by worker\.fail/);
    assert.match(ended.stdout, /can be migrated to today's plan as it stands:\n {2}.* migrate r1 new\.json\n {2}.* retry r1\n/);
  });

  test('a workflow whose functions changed: old inputs that cannot be seen are said to be so', async (t) => {
    const at = desk(t);
    const version = (word: string): string => `import { workflow, agent } from 'continuo';
      const a = agent({ id: 'a', run: (said) => said });
      export const agents = [a];
      export default workflow('edited').step('first', a, () => 'kept').step('last', a, ({ first }) => first + '${word}').build();`;
    at.write('flow.ts', version('!'));
    assert.equal((await at.run('run', 'flow.ts', '--run-id', 'e1')).code, 0);
    at.write('flow.ts', version('?'));
    const [told, without] = await Promise.all([at.run('replay', 'e1', 'flow.ts'), at.run('replay', 'e1', '--json')]);
    assert.equal(told.code, 5, explain(told));
    assert.match(told.stdout, /~ last +input \(its function changed\)/);
    assert.match(told.stdout, /last\n {4}event 3 +whether its input differs is not known: its function was changed[^]*today +"kept\?"/);
    assert.match(told.stdout, /There is nothing to migrate: the run has succeeded/);
    assert.deepEqual([without.code, outcome(without).error?.code], [2, 'PLAN_CODE_MISSING']);
  });

  test('large values are read from the store, and missed in a file', async (t) => {
    const at = desk(t);
    const gate = (field: string): object => ({ id: 'g', kind: 'gate', test: { $from: `steps.a.output${field}` }, dependencies: ['a'] });
    at.write('plan.json', plan('p', step('a', 'big'), gate('')));
    at.write('new.json', plan('p', step('a', 'big'), gate('.ok')));
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1')).code, 0);
    const [same, exported] = await Promise.all([at.run('replay', 'r1', 'plan.json'), at.run('history', 'r1', '--export', 'r1.json')]);
    assert.deepEqual([same.code, exported.code], [0, 0], explain(same) + explain(exported));
    assert.match(exported.stdout, /events of r1 are in r1\.json/);
    const [differs, unseen] = await Promise.all([at.run('replay', 'r1', 'new.json', '--json'), at.run('replay', 'r1.json', 'plan.json')]);
    assert.deepEqual(kinds(differs)[0], ['g', 'other-turn'], explain(differs));
    assert.equal(unseen.code, 5);
    assert.match(unseen.stdout, /event 2 +what would differ from here on is not known: .* reads a large value that is not here,\s+sha256-/);
  });

  test('an exported journal, elsewhere: the same answer, and nothing is written', async (t) => {
    const at = desk(t);
    await published(at);
    await at.run('history', 'r1', '--export', 'r1.json');
    const there = desk(t);
    there.write('r1.json', readFileSync(at.path('r1.json'), 'utf8'));
    const ended = await there.run('replay', './r1.json', '--json');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual([outcome(ended).runId, outcome(ended)['events']], ['r1', { rehearsed: 4, same: 4, taken: 0 }]);
    assert.ok(!existsSync(there.path('.continuo')));
    assert.ok(statSync(at.path('r1.json')).size > 0);
  });

  test('a journal that was kept from an earlier version', async (t) => {
    const [name = ''] = readdirSync(golden).filter((file) => file.startsWith('map-failed'));
    const ended = await desk(t).run('replay', join(golden, name));
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /No difference/);
  });

  const broken = (name: string, change: (text: string) => string): ((at: Desk) => void) => {
    const text = readFileSync(join(golden, 'step-in-hand.json'), 'utf8');
    return (at) => void at.write(name, change(text));
  };
  const cases: readonly (readonly [name: string, code: string, says: RegExp, prepare: (at: Desk) => void, ...words: readonly string[]])[] =
    [
      ['no such run', 'RUN_UNKNOWN', /\.continuo/, () => undefined, 'r9'],
      ['no such file', 'JOURNAL_UNREADABLE', /gone\.json cannot be read/, () => undefined, 'gone.json'],
      ['not JSON', 'JOURNAL_UNREADABLE', /line 1 column 2/, (at) => void at.write('j.json', '{x'), 'j.json'],
      ['not a journal', 'JOURNAL_UNREADABLE', /`plans` and `entries`/, (at) => void at.write('j.json', publishing), 'j.json'],
      [
        'a journal with a hole',
        'JOURNAL_UNREADABLE',
        /event 2 is missing/,
        broken('j.json', (text) => text.replace('"seq": 2', '"seq": 5')),
        'j.json',
      ],
      [
        'a plan that was changed by hand',
        'JOURNAL_UNREADABLE',
        /somebody changed it/,
        broken('j.json', (text) => text.replace('"id": "golden"', '"id": "silver"')),
        'j.json',
      ],
      [
        'an event that was damaged',
        'JOURNAL_UNREADABLE',
        /from event 2 on it is damaged/,
        broken('j.json', (text) => text.replaceAll(/"step": 0(?=[^]*"output")/g, '"step": 77').replace('"step": 77', '"step": 0')),
        'j.json',
      ],
      [
        'an event of a newer version',
        'JOURNAL_NEWER',
        /task\.dreamt/,
        broken('j.json', (text) => text.replace('task.completed', 'task.dreamt')),
        'j.json',
      ],
      [
        'a plan of a newer version',
        'JOURNAL_NEWER',
        /continuo\/9/,
        broken('j.json', (text) => text.replace('continuo/1', 'continuo/9')),
        'j.json',
      ],
      [
        'another workflow',
        'WORKFLOW_OTHER',
        /of workflow golden, and plan\.json holds publishing/,
        (at) => (broken('j.json', (text) => text)(at), at.write('plan.json', publishing)),
        'j.json',
        'plan.json',
      ],
      ['a workflow that is none', 'PLAN_UNREADABLE', /nothing\.json/, broken('j.json', (text) => text), 'j.json', 'nothing.json'],
    ];
  for (const [name, code, says, prepare, ...words] of cases) {
    test(`${name}: ${code}`, async (t) => {
      const at = desk(t);
      prepare(at);
      const ended = await at.run('replay', ...words, '--json');
      const { error } = outcome(ended);
      assert.deepEqual([error?.code, ended.code], [code, code === 'JOURNAL_NEWER' ? 1 : 2], explain(ended));
      assert.match(error?.message ?? '', says);
      assert.ok((error?.mend ?? '') !== '');
      assert.doesNotMatch(ended.stderr, /\n\s+at /, 'there is no stack trace');
    });
  }
});
