/** Text as it is lettered: without emoji, without what cannot be seen, in the letters that fonts usually have. */

const keycap = /([\d#*])\uFE0F?\u20E3/gu;
/** `©`, `®` and `™` count as pictures too; fonts have them as letters. */
const emoji = /\p{RGI_Emoji}|[\p{Extended_Pictographic}--[©®™]]|\p{Regional_Indicator}|\p{Emoji_Modifier}|\p{Variation_Selector}/gv;
/** A joiner between letters changes their shape (Persian, Hindi); elsewhere it held an emoji together. */
const strayJoiner = /(?<![\p{L}\p{M}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}])/gu;
const unseen = /[[\p{Cf}\p{Co}\p{Cs}\uFFFD]--[\u200C\u200D]]/gv;

const plainer: ReadonlyMap<string, string> = new Map([
  ['‐', '-'],
  ['‑', '-'],
  ['′', "'"],
  ['″', '"'],
  ['ﬁ', 'fi'],
  ['ﬂ', 'fl'],
  ['№', 'No.'],
]);
const hasPlainer = new RegExp(`[${[...plainer.keys()].join('')}]`, 'gu');

export function written(text: string): string {
  return text
    .normalize('NFC')
    .replace(keycap, '$1')
    .replace(emoji, '')
    .replace(strayJoiner, '')
    .replace(unseen, '')
    .replace(hasPlainer, (letter) => plainer.get(letter) ?? letter)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
