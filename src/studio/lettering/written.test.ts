import assert from 'node:assert/strict';
import { test } from 'node:test';
import { written } from './written.ts';

const cases: readonly (readonly [string, string, string])[] = [
  ['emoji', 'Fly 😀 far ✈️', 'Fly far'],
  ['emoji that are joined', 'a 👨‍👩‍👧‍👦 family, a 👍🏽', 'a family, a'],
  ['flags, also of regions', '🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ok', 'ok'],
  ['keys with numbers', '1️⃣ fold', '1 fold'],
  ['signs that are letters too', 'Brand™ © ®', 'Brand™ © ®'],
  ['spaces of all kinds', ' a\u00a0b\u2009c\n\td ', 'a b c d'],
  ['what is not seen', 'so\u00adft\u200b \u2066iso\u2069 \ufeff', 'soft iso'],
  ['halves of characters', 'a\ud83d b\udc00', 'a b'],
  ['letters in two parts', 'e\u0301', 'é'],
  ['joiners that shape letters', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['letters for which there are plainer ones', 'ﬁve‑step 6″', 'five-step 6"'],
  ['nothing', '', ''],
];

for (const [what, text, expected] of cases) test(`writes ${what}`, () => assert.equal(written(text), expected));
