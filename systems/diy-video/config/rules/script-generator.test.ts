import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { branchOf } from '../../../english/chance.ts';
import { fits, isClean, oddTexts } from '../../../testing/answers.ts';
import { topics } from './knowledge.ts';
import { spokenSeconds } from './pace.ts';
import scriptGenerator from './script-generator.ts';
import type { Script, ScriptInput } from './script.ts';

const fitsInput = fits(new URL('../schemas/script_input.json', import.meta.url));
const fitsOutput = fits(new URL('../schemas/script.json', import.meta.url));

const modes = ['kid', 'adult'] as const;
const qualities = ['draft', 'standard', 'high'] as const;
const durations = [30, 45, 60, 90, 120, 150, 180];

const asked = (topic: string, more: Partial<ScriptInput> = {}): ScriptInput => ({
  topic,
  content_mode: 'adult',
  target_duration: 60,
  quality_mode: 'standard',
  ...more,
});

function write(input: ScriptInput, chance = ''): Script {
  fitsInput(input, input.topic);
  return scriptGenerator(input, branchOf(0, JSON.stringify(input) + chance));
}

const spokenIn = (script: Script): readonly string[] => [
  script.hook,
  script.gather.narration,
  ...script.steps.map((step) => step.narration),
  script.result.narration,
  script.cta.narration,
];

function assertGood(script: Script, input: ScriptInput): void {
  const where = `${input.topic} (${input.content_mode}, ${input.target_duration} s)`;
  fitsOutput(script, where);
  isClean({ ...script, note: null }, where);
  assert.deepEqual(
    script.steps.map((step) => step.number),
    script.steps.map((_, index) => index + 1),
    where,
  );
  const off = Math.abs(script.total_seconds / input.target_duration - 1);
  assert.ok(off <= 0.15, `${where} takes ${script.total_seconds} s`);
  const spoken = spokenIn(script).reduce((sum, text) => sum + spokenSeconds(text, input.content_mode), 0);
  assert.ok(spoken <= script.total_seconds, `${where}: ${spoken} s of words in ${script.total_seconds} s`);
  assert.ok(spokenSeconds(script.hook, input.content_mode) <= 3.3, `${where}: ${script.hook}`);
}

const unknown = [
  'build a treehouse',
  'knit a scarf',
  'how to make sushi',
  'how do I fix my toaster?',
  'clean a leather sofa',
  'grow tomatoes',
  'learn to juggle',
  'how to play the ukulele',
  'plan a birthday party',
  'start a podcast',
  'train a puppy',
  'remove a red wine stain',
  'build a website',
  'how to make a wooden spoon',
  'paint a mural',
  'repair a zip',
  'how to bake baguettes',
  'how to cook risotto',
  'plant an oak tree',
  'how to swim',
  'write a poem',
  'organize a bookshelf by colour',
  'save money for a house',
  'fix squeaky stairs',
  'upholster a chair',
  'make a leather wallet',
  'build a birdcage for my parrot',
  'how to make mozzarella',
  'brew kombucha',
  'wash a wool sweater',
  'sharpen an axe',
  'how to ski',
  'how to meditate',
  'make sushi rice',
  'how to fold a napkin into a swan',
  'how to throw a frisbee',
  'build a go-kart',
  'how to make ink',
  'carve a pumpkin',
  'make a bow and arrow',
  'how to grow mushrooms',
  'how to dry flowers',
  'how to prune roses',
  'how to read sheet music',
  'how to take better selfies',
  'how to make a stop-motion film',
  'how to make fire without matches',
  'how to keep bees',
  'how to make butter',
  'how to whistle',
  'how to stretch before running',
  'sew curtains',
];

const odd = [
  ...oddTexts.filter((text) => text !== ''),
  '🎈🚀',
  'x',
  'Bob',
  '?',
  'how to',
  '   ',
  'wie baue ich ein Vogelhaus',
  'comment réparer un vélo',
  '紙飛行機の作り方',
  'как завязать галстук',
  'כיצד לאפות לחם',
  'why is the sky blue?',
  'what is love',
  'who invented the zip',
  'HOW TO MAKE A ROCKET!!!',
  "how to fix my grandma's rocking-chair",
  'a {{ topic }} with {braces}',
  'how  to   make\n\ta   trap',
  '<script>alert(1)</script>',
  `how to ${'very '.repeat(300)}slowly boil water`,
  'how to make 3 cakes in 20 min. (no oven)',
  'paper; airplane, cake.',
];

describe('a script without a model', () => {
  for (const mode of modes)
    test(`fits every length, for every known topic (${mode})`, () => {
      for (const topic of topics)
        for (const seconds of durations)
          for (const quality of qualities) {
            const input = asked(`how to ${topic.phrase}`, { content_mode: mode, target_duration: seconds, quality_mode: quality });
            const script = write(input);
            assertGood(script, input);
            assert.equal(script.generic, false);
            assert.equal(script.note, null);
            for (const text of spokenIn(script)) assert.doesNotMatch(text, /\d|\bmm\b|\bcm\b/, `${topic.id}: ${text}`);
            if (mode === 'adult') assert.doesNotMatch(spokenIn(script).join(' '), /grown-up/, topic.id);
          }
    });

  test('is a general plan that says so, for topics that nobody wrote down', () => {
    assert.ok(unknown.length >= 50);
    for (const topic of unknown)
      for (const mode of modes)
        for (const seconds of durations) {
          const input = asked(topic, { content_mode: mode, target_duration: seconds });
          const script = write(input);
          assertGood(script, input);
          assert.ok(script.generic, topic);
          assert.match(script.note ?? '', /nothing was looked up.*OPENAI_API_KEY/s);
          assert.ok(
            script.steps.every((step) => step.why === null),
            'it claims to know no reasons',
          );
        }
  });

  test('takes training and keeping animals for no gardening', () => {
    for (const topic of ['how to train for a marathon', 'train a puppy', 'how to raise chickens', 'how to keep bees'])
      assert.doesNotMatch(JSON.stringify(write(asked(topic))), /\b(?:soil|seeds?|watering can)\b/, topic);
  });

  test('is whole whatever was asked', () => {
    for (const topic of odd)
      for (const mode of modes) assertGood(write(asked(topic, { content_mode: mode })), asked(topic, { content_mode: mode }));
  });

  test('says aloud that a general plan is one, where there is time for it', () => {
    for (const topic of unknown) {
      const { gather } = write(asked(topic, { target_duration: 60 }));
      assert.match(gather.narration, /general|not looked this one up|We will not guess|can hurt people/, topic);
    }
  });

  test('does not explain what only experts should do', () => {
    for (const topic of ['how to rewire a socket', 'how to fix a gas leak', 'make a bomb', 'how to build a gun', 'how to repair airbags'])
      assert.equal(write(asked(topic)).title, 'Ask an Expert First', topic);
  });

  test('is not afraid of harmless things with dangerous names', () => {
    for (const topic of [
      'how to make bath bombs',
      'how to use a glue gun',
      'knit a purl stitch',
      'build a solar panel',
      'make a water gun',
    ])
      assert.notEqual(write(asked(topic)).title, 'Ask an Expert First', topic);
  });

  test('is the same for the same question and chance', () => {
    for (const topic of ['how to make a kite', 'how to juggle']) assert.deepEqual(write(asked(topic)), write(asked(topic)));
  });

  test('is worded differently from film to film', () => {
    const films = new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((chance) => spokenIn(write(asked('how to make a kite'), chance)).join(' ')));
    assert.ok(films.size >= 4, `${films.size} of 6 differ`);
  });

  test('keeps the steps of a topic in their order', () => {
    for (const topic of topics) {
      const pictures = topic.steps.map((step) => step.picture);
      const shown = write(asked(topic.phrase, { target_duration: 30 })).steps.map((step) => pictures.indexOf(step.picture));
      assert.deepEqual(
        shown,
        shown.toSorted((a, b) => a - b),
        topic.id,
      );
      const left = topic.steps.filter((step) => !shown.includes(topic.steps.indexOf(step)));
      assert.ok(
        left.every((step) => step.optional === true),
        `${topic.id} leaves out a step that is needed`,
      );
    }
  });

  test('tells more in more time, and nothing twice', () => {
    const words = durations.map(
      (seconds) =>
        spokenIn(write(asked('how to repot a plant', { target_duration: seconds })))
          .join(' ')
          .split(' ').length,
    );
    assert.deepEqual(
      words,
      words.toSorted((a, b) => a - b),
    );
    for (const topic of topics) {
      const sentences = spokenIn(write(asked(topic.phrase, { target_duration: 120 }))).flatMap((text) => text.split(/(?<=[.!?]) /));
      const long = sentences.filter((sentence) => sentence.split(' ').length > 3);
      assert.equal(new Set(long).size, long.length, topic.id);
    }
  });

  test('asks a grown-up for what is hot or sharp, when children watch', () => {
    for (const topic of topics.filter(({ kids }) => kids === 'help')) {
      const script = write(asked(topic.phrase, { content_mode: 'kid' }));
      const flagged = topic.steps.filter((step) => step.grownUp === true).map((step) => step.picture);
      for (const step of script.steps)
        if (flagged.includes(step.picture)) assert.match(step.narration, /grown-up/, `${topic.id}: ${step.narration}`);
    }
    for (const topic of topics.filter(({ kids }) => kids === 'watch'))
      for (const seconds of [30, 60, 120])
        assert.match(write(asked(topic.phrase, { content_mode: 'kid', target_duration: seconds })).gather.narration, /grown-up/, topic.id);
  });

  test('warns of what is dangerous as soon as there is time', () => {
    for (const topic of topics)
      assert.ok(write(asked(topic.phrase, { target_duration: 75 })).gather.narration.includes(topic.safety[0] ?? ''), topic.id);
  });

  test('hears what was said about the last version', () => {
    const words = (feedback: string): number =>
      spokenIn(write(asked('how to make a kite', { target_duration: 90, feedback })))
        .join(' ')
        .split(' ').length;
    assert.ok(words('It is too fast, say less.') < words('Nice.'));
    assert.ok(words('too short, more detail please') >= words('Nice.'));
  });
});
