import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { branchOf } from '../../../english/chance.ts';
import { fits, seeded } from '../../../testing/answers.ts';
import type { FilmReport } from './film-checks.ts';
import { topics } from './knowledge.ts';
import qualityEvaluator from './quality-evaluator.ts';
import scriptGenerator from './script-generator.ts';
import type { Script, ScriptInput } from './script.ts';
import type { Verdict } from './verdict.ts';
import videoEvaluator from './video-evaluator.ts';

const fitsVerdict = fits(new URL('../schemas/verdict.json', import.meta.url));
const fitsScriptInput = fits(new URL('../schemas/quality_input.json', import.meta.url));
const fitsFilmInput = fits(new URL('../schemas/video_input.json', import.meta.url));
const context = seeded(1);

const asked = { topic: 'how to make a kite', content_mode: 'adult', target_duration: 60 } as const;

const scriptFor = (input: Partial<ScriptInput> = {}): Script =>
  scriptGenerator({ ...asked, quality_mode: 'standard', ...input }, branchOf(0, JSON.stringify(input)));

function judgeScript(script: Script, more: Partial<Parameters<typeof qualityEvaluator>[0]> = {}): Verdict {
  const input = { ...asked, script, ...more };
  const verdict = qualityEvaluator(input, context);
  fitsVerdict(verdict, verdict.summary);
  return verdict;
}

const fine: FilmReport = {
  duration: 61,
  width: 1080,
  height: 1920,
  frames_per_second: 30,
  loudness: -14.2,
  true_peak: -1.4,
  silent_seconds: 0,
  black_seconds: 0,
  frozen_seconds: 2,
  caption_coverage: 1,
  captions_in_safe_area: true,
  caption_offset: 0.05,
  scenes: [0, 1, 2, 3, 4, 5, 6, 7].map((number) => ({
    number,
    narration: 'Cross the sticks and tie them well.',
    picture: 'two sticks tied in a cross',
    shown: 'two wooden sticks tied in a cross',
    seconds: 7,
    speech_seconds: 3,
  })),
};

function judgeFilm(change: Partial<FilmReport>): Verdict {
  const input = { ...asked, report: { ...fine, ...change } };
  fitsFilmInput(input, 'a film');
  const verdict = videoEvaluator(input, context);
  fitsVerdict(verdict, verdict.summary);
  return verdict;
}

describe('the judgement of a script', () => {
  test('accepts what it is given and is the same every time', () => {
    const script = scriptFor();
    fitsScriptInput({ ...asked, script }, 'a script');
    assert.deepEqual(judgeScript(script), judgeScript(script));
  });

  test('finds the scripts of known topics good, in every mode and length', () => {
    for (const { phrase } of topics)
      for (const content_mode of ['kid', 'adult'] as const)
        for (const target_duration of [30, 60, 90]) {
          const input = { topic: phrase, content_mode, target_duration };
          const verdict = judgeScript(scriptFor(input), input);
          assert.ok(verdict.score >= 7, `${phrase}: ${verdict.score}, ${verdict.summary}`);
        }
  });

  test('calls an excellent script excellent', () => {
    const verdict = judgeScript(scriptFor());
    assert.equal(verdict.rating, 'EXCELLENT', verdict.summary);
    assert.ok(verdict.strengths.length >= 3);
  });

  test('holds a general plan to be less than good', () => {
    const topic = 'how to build a treehouse';
    const verdict = judgeScript(scriptFor({ topic }), { topic });
    assert.ok(verdict.score < 7 && verdict.score >= 5, String(verdict.score));
    assert.equal(verdict.rating, 'FAIR');
  });

  test('finds a script about something else poor', () => {
    const verdict = judgeScript(scriptFor(), { topic: 'repairing violins' });
    assert.ok(verdict.score <= 5, String(verdict.score));
    assert.equal(verdict.problems[0]?.where, 'film');
  });

  const script = scriptFor();
  const faults: Readonly<Record<string, { readonly broken: Script; readonly where: number | 'film'; readonly fix: string }>> = {
    'a hook that goes on and on': {
      broken: { ...script, hook: 'In this video I am going to show you in detail how you can make a kite at home.' },
      where: 0,
      fix: 'narration',
    },
    'a step in which nothing is said': {
      broken: { ...script, steps: script.steps.with(2, { ...script.steps[2]!, narration: '' }) },
      where: 3,
      fix: 'narration',
    },
    'a step that is too fast': {
      broken: { ...script, steps: script.steps.with(1, { ...script.steps[1]!, seconds: 1 }) },
      where: 2,
      fix: 'timing',
    },
    'a picture of something else': {
      broken: { ...script, steps: script.steps.with(0, { ...script.steps[0]!, picture: 'a purple elephant dancing' }) },
      where: 1,
      fix: 'picture',
    },
    'the same picture twice': {
      broken: { ...script, steps: script.steps.with(3, { ...script.steps[3]!, picture: script.steps[0]!.picture }) },
      where: 4,
      fix: 'picture',
    },
    'a film twice as long': { broken: { ...script, total_seconds: 120 }, where: 'film', fix: 'timing' },
    'no warning at all': {
      broken: { ...script, safety: [], steps: script.steps.with(0, { ...script.steps[0]!, narration: 'Cut the sticks with a knife.' }) },
      where: 'film',
      fix: 'narration',
    },
    'a remnant of a template': { broken: { ...script, title: 'How to {{ topic }}' }, where: 'film', fix: 'narration' },
    'too few steps': { broken: { ...script, steps: script.steps.slice(0, 3) }, where: 'film', fix: 'narration' },
  };
  for (const [name, { broken, where, fix }] of Object.entries(faults))
    test(`finds ${name}, says where, and takes off for it`, () => {
      const verdict = judgeScript(broken);
      assert.ok(
        verdict.problems.some((problem) => problem.where === where && problem.fix === fix),
        verdict.summary,
      );
      assert.ok(verdict.score < judgeScript(script).score);
    });

  test('counts what was measured elsewhere', () => {
    const checks = [{ name: 'caption length', where: 2, passed: false, detail: '64 characters in a line, where 42 fit' }] as const;
    assert.deepEqual(judgeScript(script, { checks }).problems.at(-1), {
      where: 2,
      fix: 'captions',
      what: 'caption length: 64 characters in a line, where 42 fit',
    });
  });

  test('can say how bad it is: a script without anything gets hardly a point', () => {
    const step = { number: 1, action: '', narration: '', picture: '', why: null, seconds: 1 };
    const nothing: Script = {
      ...script,
      title: '',
      hook: '',
      safety: [],
      materials: [],
      gather: { narration: '', picture: '' },
      steps: [step],
      result: { narration: '', picture: '' },
      cta: { narration: '' },
      total_seconds: 1,
      keywords: [],
    };
    const verdict = judgeScript(nothing);
    assert.ok(verdict.score <= 2, String(verdict.score));
    assert.equal(verdict.rating, 'POOR');
  });
});

describe('the judgement of a film', () => {
  test('calls a film without a fault excellent', () => {
    assert.deepEqual(judgeFilm({}).problems, []);
    assert.equal(judgeFilm({}).rating, 'EXCELLENT');
  });

  const faults: Readonly<Record<string, readonly [Partial<FilmReport>, string]>> = {
    'a small picture': [{ width: 360, height: 640 }, 'picture'],
    'black frames': [{ black_seconds: 3 }, 'picture'],
    'a frozen picture': [{ frozen_seconds: 55 }, 'picture'],
    'a quiet voice': [{ loudness: -24 }, 'audio'],
    'peaks that distort': [{ true_peak: 0.4 }, 'audio'],
    silence: [{ silent_seconds: 20 }, 'audio'],
    'missing captions': [{ caption_coverage: 0.4 }, 'captions'],
    'captions under the buttons': [{ captions_in_safe_area: false }, 'captions'],
    'captions that come late': [{ caption_offset: 0.9 }, 'captions'],
    'a film that is too long': [{ duration: 100 }, 'timing'],
    'no scenes': [{ scenes: [] }, 'picture'],
  };
  for (const [name, [change, fix]] of Object.entries(faults))
    test(`finds ${name}`, () => {
      const verdict = judgeFilm(change);
      assert.ok(
        verdict.problems.some((problem) => problem.where === 'film' && problem.fix === fix),
        verdict.summary,
      );
      assert.ok(verdict.score < judgeFilm({}).score);
    });

  test('finds the scene that shows something else, so that only its picture is made again', () => {
    const scene = { ...fine.scenes[4]!, shown: 'a bowl of soup' };
    const verdict = judgeFilm({ scenes: fine.scenes.with(4, scene) });
    assert.deepEqual(
      verdict.problems.map(({ where, fix }) => ({ where, fix })),
      [{ where: 4, fix: 'picture' }],
    );
  });

  test('takes what was not measured for neither good nor bad', () => {
    const scenes = fine.scenes.map((scene) => ({ ...scene, shown: null }));
    assert.deepEqual(judgeFilm({ loudness: null, true_peak: null, caption_offset: null, scenes }).problems, []);
  });

  test('uses the scale: a film in ruins is poor, one with two faults is in the middle', () => {
    const ruins = judgeFilm({ width: 320, height: 240, black_seconds: 20, silent_seconds: 50, caption_coverage: 0, duration: 10 });
    assert.ok(ruins.score <= 2, String(ruins.score));
    const middle = judgeFilm({ black_seconds: 3, caption_coverage: 0.5 });
    assert.ok(middle.score >= 4 && middle.score < 7, String(middle.score));
  });

  test('works with a film of no length', () => assert.ok(judgeFilm({ duration: 0 }).score >= 1));
});
