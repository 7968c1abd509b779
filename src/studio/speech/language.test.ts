import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { languageOf } from './language.ts';
import { captionWords, silentWords } from './silent-words.ts';

const texts: readonly (readonly [string, string])[] = [
  ['en', 'How to fold a paper airplane'],
  ['en', 'Origami'],
  ['en', 'Tie-dye T-shirt, crème brûlée & café latte'],
  ['en', 'Piñata'],
  ['en', 'Sashimi, die-cut paper and an étude for the piano'],
  ['en', '12 × 3 = 36 👍'],
  ['en', ''],
  ['en', 'The word 折り紙 means folding paper'],
  ['de', 'Wie man einen Papierflieger faltet'],
  ['de', 'Schneide das Brett auf 20 cm zu und schleife es.'],
  ['de', 'Papierflieger für Anfänger'],
  ['fr', 'Comment plier un avion en papier'],
  ['es', 'Cómo hacer un avión de papel'],
  ['it', 'Come fare un aereo di carta con i bambini'],
  ['pt', 'Como fazer um avião de papel'],
  ['nl', 'Hoe maak je een papieren vliegtuig'],
  ['pl', 'Jak złożyć samolot z papieru i nie zwariować'],
  ['ru', 'Как сложить бумажный самолётик'],
  ['cmn', '如何折纸飞机'],
  ['ja', '紙飛行機の折り方'],
  ['ko', '종이비행기 접는 법'],
  ['ar', 'كيف تصنع طائرة ورقية'],
  ['el', 'Πώς να φτιάξετε ένα αεροπλάνο'],
  ['he', 'איך מקפלים מטוס נייר'],
  ['hi', 'कागज का हवाई जहाज कैसे बनाएं'],
  ['th', 'วิธีพับเครื่องบินกระดาษ'],
  ['und', 'ከወረቀት አውሮፕላን'],
];

test('the language of a text is told by its script and its small words', () => {
  for (const [code, text] of texts) assert.equal(languageOf(text).code, code, text);
});

test('scripts without spaces are shown by a few signs at a time, and nothing is lost', () => {
  for (const text of ['紙飛行機の折り方を、説明します。', 'วิธีพับเครื่องบินกระดาษ', '用A4纸折。']) {
    const words = captionWords(text);
    assert.equal(words.join(''), text);
    assert.ok(words.length > 1 && words.every((word) => Array.from(word).length <= 12), words.join(' | '));
  }
  assert.deepEqual(captionWords('Fold it — 折る now'), ['Fold', 'it', '—', '折る', 'now']);
});

test('reading takes the time of its words, longer words longer, and less at a greater rate', () => {
  const { words, seconds } = silentWords('Die Papierfliegerherstellung ist kein Geheimnis');
  assert.ok(Math.abs(seconds - 5 / 2.6) < 1e-9);
  const [short, long] = words.map(({ start, end }) => end - start);
  assert.ok((long ?? 0) > 2 * (short ?? 0));
  assert.ok(Math.abs(silentWords('eins zwei drei', 2).seconds - 1.5 / 2.6) < 1e-9);
  assert.ok(Math.abs(silentWords('折纸飞机').seconds - 1) < 1e-9);
  assert.deepEqual(silentWords(' '), { words: [], seconds: 0 });
});
