import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isClean } from '../../../testing/answers.ts';
import families from './general/families.json' with { type: 'json' };
import { topics } from './knowledge.ts';
import { spokenSeconds, wordCount } from './pace.ts';
import type { Procedure, Topic } from './procedure.ts';

// What the type says is what the first tests assert.
const general = families as unknown as readonly Procedure[];

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() === value && value !== '';
const areTexts = (value: unknown, fewest: number): boolean => Array.isArray(value) && value.length >= fewest && value.every(isText);

function assertProcedure(of: Procedure): void {
  assert.ok(['yes', 'help', 'watch'].includes(of.kids), `${of.id}: kids`);
  for (const text of [of.id, of.category, of.phrase, of.gather.short, of.gather.more, of.result.short, of.result.more, of.result.picture])
    assert.ok(isText(text), `${of.id}: an empty text`);
  assert.ok(areTexts(of.hooks, 2) && areTexts(of.safety, 1) && areTexts(of.tips, 0), of.id);
  assert.ok(
    of.materials.length > 0 && of.materials.every(({ name, amount }) => isText(name) && (amount === null || isText(amount))),
    of.id,
  );
  assert.ok(of.steps.length >= 5 && of.steps.length <= 8, `${of.id}: ${of.steps.length} steps`);
  for (const step of of.steps)
    for (const text of [step.do, step.how, step.why, step.slip, step.picture]) assert.ok(isText(text), `${of.id}: ${step.do}`);
}

describe('the knowledge of procedures', () => {
  test('has more than fifty topics, each with a name of its own', () => {
    assert.ok(topics.length > 50, String(topics.length));
    assert.equal(new Set(topics.map(({ id }) => id)).size, topics.length);
  });

  test('is complete: every procedure has materials, safety, five to eight full steps and a result', () => {
    for (const topic of topics) {
      assertProcedure(topic);
      assert.ok(areTexts(topic.names, 1) && areTexts(topic.verbs, 1) && areTexts(topic.not, 0) && areTexts(topic.also, 0), topic.id);
    }
    for (const family of families as unknown as readonly Procedure[]) assertProcedure(family);
  });

  test('says each step first as a short imperative sentence', () => {
    for (const { id, steps } of [...topics, ...general])
      for (const step of steps) {
        assert.ok(wordCount(step.do) <= 9, `${id}: "${step.do}" is long`);
        assert.match(step.do, /^[A-Z][a-z]+\b[^.!?]*[.]$/, `${id}: "${step.do}" is one sentence`);
        assert.doesNotMatch(step.do, /^(?:The|A|An|You|It|If|When|There|This|Your)\b/, `${id}: "${step.do}" begins with its verb`);
      }
  });

  test('has hooks that are over in three seconds, for children too', () => {
    for (const { id, hooks } of [...topics, ...general])
      for (const hook of hooks) assert.ok(spokenSeconds(hook, 'adult') <= 3, `${id}: ${hook}`);
    for (const { id, hooks } of [...topics, ...general])
      assert.ok(
        hooks.some((hook) => spokenSeconds(hook, 'kid') <= 3),
        id,
      );
  });

  test('is written to be spoken: no units, fractions or abbreviations in what is said', () => {
    const spoken = (of: Procedure): readonly string[] => [
      ...of.hooks,
      of.gather.short,
      of.gather.more,
      ...of.safety,
      of.result.short,
      of.result.more,
      ...of.tips,
      ...of.steps.flatMap((step) => [step.do, step.how, step.why, step.slip]),
    ];
    for (const topic of topics)
      for (const text of spoken(topic)) assert.doesNotMatch(text, /\d|[½¼¾°%&/]|\b(?:cm|mm|ml|kg|e\.g|i\.e|etc)\b/, `${topic.id}: ${text}`);
  });

  test('has nothing left over in its texts', () => {
    for (const topic of topics) isClean(topic, topic.id);
  });

  test('lets children ask a grown-up wherever something is hot or sharp', () => {
    const sharp = /\b(?:drill|craft knife|boiling|hot oven|frying|hammer)\b/i;
    for (const topic of topics.filter(({ kids }) => kids === 'yes'))
      for (const step of topic.steps) assert.doesNotMatch(`${step.do} ${step.how}`, sharp, `${topic.id}: ${step.do}`);
  });

  test('asks a grown-up only where children take part', () => {
    const asking = (topic: Topic): boolean => topic.steps.some((step) => step.grownUp === true);
    for (const topic of topics) if (asking(topic)) assert.equal(topic.kids, 'help', topic.id);
  });
});
