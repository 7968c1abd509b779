import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ShownCaption } from '../film/scene.ts';
import type { Word } from '../film/speech.ts';
import { captionedSeconds, captionTimings, readingLength } from './caption-fit.ts';

/** A word each half second. */
const words = (...texts: readonly string[]): readonly Word[] =>
  texts.map((text, index) => ({ text, start: index / 2, end: index / 2 + 0.5 }));
const caption = (text: string, start: number, end: number): ShownCaption => ({
  text,
  start,
  end,
  lines: 1,
  box: { x: 0, y: 0, width: 1, height: 1 },
});
const offsets = (said: readonly Word[], ...shown: readonly ShownCaption[]): readonly (number | null)[] =>
  captionTimings(said, shown).map(({ offset }) => (offset === null ? null : Math.round(offset * 100) / 100));

suite('captions', () => {
  test('are found whatever their case and their signs', () => {
    const said = words('Fold', 'it,', 'then', '“press”', 'hard!');
    assert.deepEqual(
      offsets(said, caption('FOLD IT', -0.04, 1), caption('THEN PRESS', 0.96, 2), caption('HARD!', 2.3, 3)),
      [-0.04, -0.04, 0.3],
    );
  });

  test('that show what nobody says do not throw off those after them', () => {
    const said = words('Fold', 'it', 'in', 'half');
    assert.deepEqual(offsets(said, caption('BUY NOW', 0, 1), caption('IN HALF', 1, 2)), [null, 0]);
  });

  test('that break a long word fit the time of their letters', () => {
    const said: readonly Word[] = [{ text: 'Donaudampfschiff', start: 0, end: 1.6 }];
    assert.deepEqual(offsets(said, caption('DONAUDAMPF-', 0, 1), caption('SCHIFF', 1, 2)), [0, 0]);
  });

  test('are found in other scripts, and where capitals are longer', () => {
    assert.deepEqual(offsets(words('折纸', '飞机'), caption('折纸飞机', 0, 1)), [0]);
    assert.deepEqual(offsets(words('اطوِ', 'الورقة'), caption('اطوِ الورقة', 0, 1)), [0]);
    assert.deepEqual(offsets(words('Die', 'Straße'), caption('DIE', 0, 0.5), caption('STRASSE', 0.5, 1)), [0, 0]);
  });

  test('without letters are left alone', () => {
    assert.deepEqual(offsets(words('Wow', '🎉'), caption('🎉', 3, 4)), []);
    assert.deepEqual(offsets([], caption('WOW', 0, 1)), [null]);
    assert.deepEqual(offsets([]), []);
  });
});

suite('the captioned time', () => {
  test('is that of words that have a caption, counted once', () => {
    const shown = [caption('FOLD IT', 0, 0.75), caption('IT', 0.5, 0.75)];
    assert.deepEqual(captionedSeconds(words('Fold', 'it'), shown), { spoken: 1, captioned: 0.75 });
  });

  test('does not count words that are not spoken', () => {
    assert.deepEqual(captionedSeconds(words('🎉', '—'), []), { spoken: 0, captioned: 0 });
  });
});

test('a Chinese character takes as long to read as two letters, an accent no time at all', () => {
  assert.equal(readingLength('fold it'), 7);
  assert.equal(readingLength('折纸'), 4);
  assert.equal(readingLength('e\u0301'), 1);
  assert.equal(readingLength(''), 0);
});
