import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timelineOf, type Spoken } from './timeline.ts';

const spoken = (kind: Spoken['kind'], seconds: number, planned: number | null = null): Spoken => ({
  kind,
  seconds,
  planned,
  words: [{ text: 'word', start: 0, end: seconds }],
});
const film = [
  spoken('title', 2),
  spoken('materials', 4),
  spoken('step', 5, 6),
  spoken('step', 3),
  spoken('result', 2),
  spoken('ending', 1),
];

describe('the timeline', () => {
  it('is whole frames, one scene after the other, and no voice is cut off', () => {
    let end = 0;
    for (const [index, { at, frames, voiceAt, words }] of timelineOf(film, 60).entries()) {
      assert.ok(Math.abs(at - end / 30) < 1e-9);
      assert.ok(Number.isInteger(frames));
      assert.ok(voiceAt + (film[index]?.seconds ?? 0) < frames / 30);
      assert.equal(words[0]?.start, voiceAt);
      end += frames;
    }
  });

  it('a changed scene changes no other', () => {
    const before = timelineOf(film, 60);
    const after = timelineOf(film.with(3, spoken('step', 9)), 60);
    for (const index of [0, 1, 2, 4, 5]) {
      const { at: _before, ...was } = before[index]!;
      const { at: _after, ...is } = after[index]!;
      assert.deepEqual(is, was);
    }
    assert.notEqual(after[3]?.frames, before[3]?.frames);
  });

  it('gives hands the time that the script plans, within reason', () => {
    const length = (planned: number | null): number => timelineOf([spoken('step', 4, planned)], 60)[0]!.frames / 30;
    assert.equal(length(5.5), 5.5);
    assert.equal(length(1), length(null));
    assert.ok(length(60) < 8);
  });

  it('gives nothing less than eyes need, and begins and ends without a transition', () => {
    const placed = timelineOf([spoken('title', 0), spoken('step', 0), spoken('ending', 0)], 60);
    assert.ok(placed.every(({ frames }) => frames >= 60));
    assert.equal(placed[0]?.opening, 'cut');
    assert.equal(placed[2]?.closing, 'cut');
    assert.equal(placed[0]?.closing, placed[1]?.opening);
    assert.equal(placed[1]?.closing, placed[2]?.opening);
  });

  it('a short film breathes less, and cuts off no voice all the same', () => {
    const length = (target: number): number => timelineOf(film, target).reduce((sum, { frames }) => sum + frames, 0) / 30;
    assert.ok(length(20) < length(60) - 2);
    assert.equal(length(60), length(180));
    for (const [index, { frames, voiceAt }] of timelineOf(film, 20).entries())
      assert.ok(voiceAt + (film[index]?.seconds ?? 0) < frames / 30);
  });
});
