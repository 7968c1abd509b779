import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asked } from '../../../testing/answers.ts';
import { topics } from './knowledge.ts';
import promptEnhancer from './prompt-enhancer.ts';

const schema = new URL('../schemas/enhance.json', import.meta.url);

type Input = Parameters<typeof promptEnhancer>[0];
const enhance = (input: Input): ReturnType<typeof promptEnhancer> => asked(promptEnhancer, input, schema);

describe('a picture without a model', () => {
  test('keeps its subject and is well formed, for every step of every topic', () => {
    for (const topic of topics)
      for (const [index, { picture }] of topic.steps.entries()) {
        const enhanced = enhance({ prompt: picture, topic: topic.phrase, scene: index + 1 });
        assert.ok(enhanced.enhanced_prompt.startsWith(picture), picture);
      }
  });

  test('has one style in all scenes of a film, and another in another film', () => {
    const tags = (topic: string, scene: number): string => enhance({ prompt: 'a bowl', topic, scene }).style_tags.join();
    assert.equal(new Set([0, 1, 2, 3, 4, 5].map((scene) => tags('how to make a kite', scene))).size, 1);
    assert.ok(new Set(topics.map(({ phrase }) => tags(phrase, 1))).size >= 4);
  });

  test('frames two scenes in a row differently', () => {
    const [first, second] = [1, 2].map((scene) => enhance({ prompt: 'a bowl', topic: 'soup', scene }).enhanced_prompt);
    assert.notEqual(first, second);
  });

  test('takes over the style that was asked for', () => {
    const enhanced = enhance({ prompt: 'a bowl', style: 'moody claymation, warm lamps.', topic: 'soup', scene: 1 });
    assert.match(enhanced.enhanced_prompt, /moody claymation, warm lamps$/);
    assert.deepEqual(enhanced.style_tags.slice(0, 2), ['moody', 'claymation']);
  });

  test('stays whole with odd input', () => {
    for (const prompt of ['🎈', 'x', '  a  bowl .', 'Ein Vogelhaus im Garten']) {
      const enhanced = enhance({ prompt, topic: '?', scene: 0 });
      assert.doesNotMatch(enhanced.enhanced_prompt, /\s\s|undefined|^,/);
    }
  });
});
