import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { notStrict, render, seededContext } from '../../../rules-testing.ts';
import scriptGenerator from './script-generator.ts';

const folder = new URL('../', import.meta.url);
const template = (name: string): URL => new URL(`templates/${name}.minijinja`, folder);

const asked = { topic: 'how to make a kite', content_mode: 'kid', target_duration: 60 } as const;
const script = scriptGenerator({ ...asked, quality_mode: 'draft' }, seededContext('a'));
const scene = { number: 1, narration: 'Cross the sticks.', picture: 'two sticks', shown: null, seconds: 5, speech_seconds: 2 };
const report = {
  duration: 60,
  width: 1080,
  height: 1920,
  frames_per_second: 30,
  loudness: null,
  true_peak: -1,
  silent_seconds: 0,
  black_seconds: 0,
  frozen_seconds: 0,
  caption_coverage: 0.97,
  captions_in_safe_area: true,
  caption_offset: null,
  scenes: [scene, { ...scene, number: 2, shown: 'sticks' }],
};

/** Each template of a question, with the least that its schema allows and with everything. */
const inputs: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  script_user: [
    { ...asked, quality_mode: 'draft' },
    { ...asked, content_mode: 'adult', quality_mode: 'high', feedback: 'Too long.' },
  ],
  enhance_user: [
    { prompt: 'a kite', topic: 'kites', scene: 0 },
    { prompt: 'a kite', style: 'clay', topic: 'kites', scene: 3 },
  ],
  quality_user: [
    { ...asked, script },
    { ...asked, script, checks: [{ name: 'pace', where: 'film', passed: true, detail: 'as it should be' }] },
  ],
  video_user: [{ ...asked, report }],
};

describe('the prompts', () => {
  for (const [name, variables] of Object.entries(inputs))
    test(`${name} uses nothing that its schema does not have`, () => {
      for (const fields of variables) {
        const text = render(template(name), fields);
        assert.match(text, /kite/);
        assert.doesNotMatch(text, /\{[{%]|undefined/);
      }
    });

  test('what a system is told has no variables', () => {
    for (const file of readdirSync(new URL('templates/', folder)).filter((name) => !name.endsWith('_user.minijinja')))
      assert.doesNotMatch(readFileSync(new URL(`templates/${file}`, folder), 'utf8'), /\{[{%]/, file);
  });

  test('feedback and style reach the model', () => {
    assert.match(render(template('script_user'), { ...inputs.script_user?.[1] }), /Too long\./);
    assert.match(render(template('enhance_user'), { ...inputs.enhance_user?.[1] }), /clay/);
  });

  test('what models answer fits strict mode', () => {
    for (const name of ['script', 'enhance', 'verdict'])
      assert.deepEqual(notStrict(JSON.parse(readFileSync(new URL(`schemas/${name}.json`, folder), 'utf8'))), [], name);
  });
});
