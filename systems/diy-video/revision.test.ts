import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Complaint } from './assessment.ts';
import { firstSettings, revised } from './revision.ts';

const after = (complaints: readonly Complaint[], seconds = 60): ReturnType<typeof revised> =>
  revised({ settings: firstSettings(4), complaints, seconds, target: 60 });

describe('the next round', () => {
  it('draws the bad picture anew, and nothing else', () => {
    const settings = after([{ scene: 2, fix: 'picture', what: 'It shows a cat.' }]);
    assert.deepEqual(settings, { ...firstSettings(4), redrawn: [0, 0, 1, 0] });
  });
  it('slows down the voice that is too fast, and no other', () => {
    const { pace } = after([{ scene: 1, fix: 'timing', what: 'Too fast.' }]);
    assert.deepEqual([pace[0], pace[2], pace[3]], [1, 1, 1]);
    assert.ok((pace[1] ?? 1) < 1);
  });
  it('speaks faster where the film as a whole is too long, but not as nobody speaks', () => {
    assert.deepEqual(after([{ scene: null, fix: 'timing', what: 'Too long.' }], 66).pace, [1.1, 1.1, 1.1, 1.1]);
    assert.ok((after([{ scene: null, fix: 'timing', what: 'Too long.' }], 600).pace[0] ?? 9) < 1.2);
  });
  it('takes plainer captions where captions are wrong, and tells the writer what is wrong with the text', () => {
    assert.equal(after([{ scene: 1, fix: 'captions', what: 'Outside.' }]).plainCaptions, true);
    assert.equal(after([{ scene: 1, fix: 'narration', what: 'Two actions in one step.' }]).rewrite, 'Two actions in one step.');
  });
  it('counts on from round to round', () => {
    const settings = revised({
      settings: after([{ scene: 2, fix: 'picture', what: 'x' }]),
      complaints: [{ scene: 2, fix: 'picture', what: 'x' }],
      seconds: 60,
      target: 60,
    });
    assert.equal(settings.redrawn[2], 2);
  });
});
