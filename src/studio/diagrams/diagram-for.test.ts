import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import type { Diagram } from '../film/diagram.ts';
import { diagramFor } from './diagram-for.ts';

interface Procedure {
  readonly id: string;
  readonly phrase: string;
  readonly steps: readonly { readonly do: string; readonly how: string; readonly picture: string }[];
  readonly result: { readonly short: string; readonly picture: string };
}

const folder = new URL('../../../systems/diy-video/config/rules/knowledge/', import.meta.url);
// The knowledge base has tests of its own for its form.
const procedures = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Procedure[]);

const ofStep = ({ phrase, steps }: Procedure, index: number): Diagram | undefined => {
  const { do: action = '', how = '', picture: shows = '' } = steps[index] ?? {};
  return diagramFor({ topic: `how to ${phrase}`, shows, action, narration: `${action} ${how}`, number: index + 1 });
};

const procedure = (id: string): Procedure => procedures.find((one) => one.id === id) ?? assert.fail(`no procedure ${id}`);

const step = (topic: string, action: string, shows = ''): Diagram | undefined =>
  diagramFor({ topic, shows, action, narration: action, number: 1 });

test('more than half of the steps of the knowledge base have a diagram', () => {
  const steps = procedures.flatMap((one) => one.steps.map((_, index) => ofStep(one, index)));
  assert.ok(steps.filter((diagram) => diagram !== undefined).length > steps.length / 2);
});

test('whatever is folded out of paper is drawn as it folds', () => {
  const folds: Readonly<Record<string, readonly number[]>> = {
    'paper-airplane': [1, 2, 3, 4, 5, 6, 7],
    'origami-crane': [1, 2, 3, 4, 5, 6, 7],
    'paper-lantern': [1, 4],
    'book-binding': [1],
    'gift-wrapping': [4, 5, 6],
    'paper-snowflake': [1, 2, 3, 6],
  };
  for (const [id, numbers] of Object.entries(folds)) {
    const shown = numbers.map((number) => ofStep(procedure(id), number - 1)?.shows);
    assert.equal(shown.includes(undefined), false, id);
    assert.equal(new Set(shown).size, numbers.length, `${id}: each step has its own`);
  }
});

test('every diagram is well-formed, has its own ids and differs from the others', () => {
  const diagrams = procedures.flatMap((one) => one.steps.flatMap((_, index) => ofStep(one, index) ?? []));
  for (const { svg, width, height } of diagrams) {
    assert.deepEqual([width, height], [800, 720]);
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) assert.ok(ids.has(used), `${used} is defined`);
  }
  const byId = new Map<string, string>();
  for (const { svg } of diagrams)
    for (const [definition, id = ''] of svg.matchAll(/<linearGradient id="([^"]+)".*?<\/linearGradient>/g))
      assert.equal(byId.set(id, byId.get(id) ?? definition).get(id), definition);
});

test('it is drawn within its bounds, and on nothing', () => {
  for (const [id, index] of [
    ['paper-airplane', 1],
    ['shoelaces', 3],
    ['terrarium', 3],
    ['leaky-tap', 0],
    ['pizza', 3],
  ] as const) {
    const diagram = ofStep(procedure(id), index) ?? assert.fail(id);
    const { pixels, width, height } = new Resvg(diagram.svg, {
      fitTo: { mode: 'width', value: 200 },
      font: { loadSystemFonts: false },
    }).render();
    const alpha = (x: number, y: number): number => pixels[(y * width + x) * 4 + 3] ?? 0;
    const rim = Array.from({ length: width }, (_, x) => [alpha(x, 0), alpha(x, height - 1)]).flat();
    const sides = Array.from({ length: height }, (_, y) => [alpha(0, y), alpha(width - 1, y)]).flat();
    assert.equal(Math.max(...rim, ...sides), 0, `${id} is cut off`);
    assert.ok(pixels.filter((value, at) => at % 4 === 3 && value === 255).length > (width * height) / 10, `${id} is tiny`);
  }
});

test('the same scene gives the same drawing', () => {
  assert.deepEqual(ofStep(procedure('origami-crane'), 4), ofStep(procedure('origami-crane'), 4));
});

test('a title and a result show the thing itself, and a list of materials does not', () => {
  const { phrase, result } = procedure('paper-airplane');
  const scene = { topic: `how to ${phrase}`, action: null, narration: result.short, number: null };
  assert.equal(diagramFor({ ...scene, shows: result.picture })?.shows, 'a paper airplane');
  assert.equal(diagramFor({ ...scene, shows: 'a sheet of paper on a hard table' }), undefined);
});

test('other words for the same step find the same fold', () => {
  const topic = 'how to make paper airplanes that fly far';
  assert.match(step(topic, 'Fold the two upper corners in to the center line')?.shows ?? '', /top corners/);
  assert.match(step(topic, 'Fold the sheet in half the long way and open it again')?.shows ?? '', /lengthwise/);
});

test('how long and how hot is read from the words', () => {
  assert.match(step('how to bake bread', 'Let the dough rest for 45 minutes.')?.shows ?? '', /45 min/);
  assert.match(step('how to glue a chair', 'Let the glue dry overnight.')?.shows ?? '', /overnight/);
});

test('what only sounds alike gets no diagram', () => {
  for (const [topic, action] of [
    ['how to book a plane ticket', 'Fold the ticket in half, then unfold.'],
    ['how to use a spreadsheet', 'Drill down into the data.'],
    ['how to write a resume', 'Cut it to one page.'],
    ['how to talk to strangers', 'Let it rest.'],
    ['how to save money', 'Pour your savings into one account.'],
    ['how to knit a snowflake', 'Cut off the two tips at the top.'],
    ['how to meditate', 'Set a timer and wait.'],
    ['how to stop smoking', 'Turn off the phone.'],
  ] as const) {
    assert.equal(step(topic, action), undefined, action);
  }
});

test('odd texts get no diagram and do no harm', () => {
  for (const text of ['', ' ', '🪁', '折纸飞机', 'طائرة ورقية', 'a'.repeat(100_000), '<svg>"&\u0000'])
    assert.equal(step(text, text, text), undefined);
});
