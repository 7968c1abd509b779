/**
 * How many tokens a text has at most, without the model's tokenizer.
 *
 * T1. Never less than what a tokenizer of today makes of usual text, in any script. Tokenizers work on the bytes of
 *     UTF-8 or fall back to them, so that no token is less than one byte: that bounds CJK, emoji, and scripts that a
 *     tokenizer hardly knows. ASCII is written in words: two lower-case letters or blanks make at least one token only
 *     where the text is noise; digits, signs and capitals often stand alone, and count one each.
 */
export function tokensAtMost(text: string): number {
  let halves = 0;
  for (let i = 0; i < text.length; i++) halves += halfTokens(text.charCodeAt(i));
  return Math.ceil(halves / 2);
}

/** Of one UTF-16 unit; a pair of surrogates is four bytes. */
function halfTokens(unit: number): number {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || unit === 0x20 ? 1 : 2;
  if (unit < 0x800) return 4;
  return unit >= 0xd800 && unit <= 0xdfff ? 4 : 6;
}
