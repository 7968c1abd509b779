import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { palette } from './fixtures/rig.ts';
import { imagePrompt, type PictureWish } from './image-prompt.ts';

const wish: PictureWish = { kind: 'step', shows: 'hands fold a paper airplane', aspect: '9:16', palette };

suite('what an image model is told', () => {
  test('what to show, how, and where words will stand', () => {
    const { prompt, negative } = imagePrompt(wish, undefined);
    assert.match(prompt, /^hands fold a paper airplane\. A bright, warm, realistic photograph.*lower third stays calm.*#ffc83d/);
    assert.match(negative, /text, letters/);
  });

  test('the style of the configuration, and the words that somebody wrote for a model', () => {
    const { prompt, negative } = imagePrompt({ ...wish, prompt: 'A child’s hands, macro!', negative: 'scissors' }, 'watercolour');
    assert.match(prompt, /^A child’s hands, macro! watercolour\. /);
    assert.doesNotMatch(prompt, /photograph|paper airplane/);
    assert.match(negative, /^scissors, text/);
  });

  test('each shape and kind asks for something else', () => {
    const prompts = (['9:16', '16:9', '1:1'] as const).flatMap((aspect) =>
      (['title', 'materials', 'step', 'result', 'ending'] as const).map((kind) => imagePrompt({ ...wish, aspect, kind }, undefined).prompt),
    );
    assert.equal(new Set(prompts).size, 15);
  });

  test('nothing, blanks and far too much have an answer', () => {
    assert.match(imagePrompt({ ...wish, shows: ' \n ', prompt: '', negative: ' ' }, undefined).prompt, /^A tidy, well lit workplace\. /);
    for (const shows of ['word '.repeat(2000), '折'.repeat(4000), `a${'🎉'.repeat(2000)}`]) {
      const { prompt } = imagePrompt({ ...wish, shows }, undefined);
      assert.ok(prompt.length < 2200 && prompt.isWellFormed());
    }
  });
});
