import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assess, type Check } from './assessment.ts';
import type { Verdict } from './config/rules/verdict.ts';

const verdict = (score: number, problems: Verdict['problems'] = []): Verdict => ({
  score,
  rating: 'GOOD',
  strengths: ['Clear.'],
  problems,
  summary: '',
});
const check = (passed: boolean, scenes: readonly number[], fix: Check['fix']): Check => ({
  id: 'captions',
  passed,
  severity: passed ? 'ok' : 'fail',
  measured: '80 %',
  sentence: 'Caption all of it.',
  scenes,
  fix,
});

describe('the score of a film', () => {
  it('is as much about what is said as about how it was made', () => {
    assert.equal(assess(verdict(9), verdict(9), { score: 7, checks: [] }).score, 8);
    assert.equal(assess(verdict(5), verdict(7), { score: 10, checks: [] }).score, 8);
  });
  it('no script saves a film that is broken', () => {
    const { score, rating } = assess(verdict(10), verdict(10), { score: 2, checks: [] });
    assert.ok(score <= 4);
    assert.equal(rating, 'POOR');
  });
  it('says what is to be mended in which scene: steps come after title and materials', () => {
    const { complaints } = assess(
      verdict(8, [{ where: 2, what: 'Too long.', fix: 'narration' }]),
      verdict(8, [{ where: 4, what: 'It shows a cat.', fix: 'picture' }]),
      { score: 9, checks: [check(true, [], 'audio'), check(false, [1, 3], 'captions'), check(false, [], 'timing')] },
    );
    assert.deepEqual(
      complaints.map(({ scene, fix }) => [scene, fix]),
      [
        [1, 'captions'],
        [3, 'captions'],
        [null, 'timing'],
        [4, 'picture'],
        [3, 'narration'],
      ],
    );
  });
});
