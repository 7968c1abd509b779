import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScript } from './agents/given-script.ts';
import { planner } from './agents/planner.ts';
import { scenesOf, shownIn } from './scenes.ts';
import { shortScript } from './fixtures/short-script.ts';

describe('the scenes of a script', () => {
  it('are title, materials, a scene for each step, result and ending', () => {
    const scenes = scenesOf(shortScript());
    assert.deepEqual(
      scenes.map(({ kind }) => kind),
      ['title', 'materials', 'step', 'step', 'step', 'step', 'step', 'result', 'ending'],
    );
    assert.deepEqual([scenes[0]?.card.title, scenes[3]?.card.heading, scenes[3]?.number], ['Fold a plane', 'Step 2 of 5', 2]);
  });

  it('list what is needed with its amount, and count what has no room', () => {
    const materials = Array.from({ length: 11 }, (_, at) => ({ name: `thing ${at}`, amount: at === 0 ? '2 cups' : '1' }));
    const list = scenesOf(shortScript({ materials }))[1]?.card.list ?? [];
    assert.deepEqual([list.length, list[0], list[1], list.at(-1)], [8, 'thing 0 · 2 cups', 'thing 1', 'and 4 more']);
  });

  it('show every text that has to be drawn', () => {
    const shown = shownIn(scenesOf(shortScript({ hook: 'The hook.' })));
    for (const text of ['The hook.', 'Fold a plane', 'paper', 'You need', 'Step 5 of 5', 'It flies.', 'Save it for later'])
      assert.ok(shown.includes(text), text);
  });
});

describe('a script of somebody’s own hand', () => {
  const problemsOf = (value: unknown): readonly string[] => {
    try {
      readScript(value);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').slice(1);
    }
  };

  it('is numbered by the places of its steps', () => {
    const { steps } = shortScript();
    const without = readScript({ ...shortScript(), steps: [...steps.slice(0, 2), ...steps.slice(3), { ...steps[0], action: 'End.' }] });
    assert.deepEqual(
      without.steps.map(({ number }) => number),
      [1, 2, 3, 4, 5],
    );
  });

  it('has every problem told at once, in words', () => {
    const { title: _title, ...untitled } = shortScript();
    const problems = problemsOf({ ...untitled, hook: 7, steps: shortScript().steps.slice(0, 1), colour: 'red' });
    assert.deepEqual(problems.toSorted(), [
      '  hook: is a string',
      '  steps: needs at least 5 of them',
      '  the script: has a field "colour" that no script has',
      '  the script: has no field "title"',
    ]);
    assert.match(problemsOf({ ...shortScript(), hook: ' ' })[0] ?? '', /hook: is empty; every scene says something/);
    assert.match(problemsOf({ ...shortScript(), hook: 'a'.repeat(1501) })[0] ?? '', /1501 characters/);
    for (const odd of [null, [], 7, 'script', {}]) assert.notDeepEqual(problemsOf(odd), []);
  });
});

describe('the plan of a round', () => {
  type Run = NonNullable<(typeof planner.actions)[string]>['run'];
  const plan = async (hook: string): Promise<unknown> => {
    const written = { script: shortScript({ hook }), by: 'person' };
    const asked = { topic: 'x', mode: 'adult', duration: 60, quality: 'draft', written, edited: null, before: null };
    // In the first round nothing is asked of the context.
    return planner.actions['run']?.run(asked, {} as Parameters<Run>[1]);
  };
  it('is refused where a letter cannot be drawn, before anything is made', async () => {
    await assert.rejects(plan('Fold a \u0378.'), { code: 'TEXT_UNDRAWABLE', retryable: false });
    await plan('Fold a plane 🛩 – “now”!');
  });
});
