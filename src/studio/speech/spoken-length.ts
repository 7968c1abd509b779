/** How long a written word takes to say, beside other words: in sounds, roughly. */

/** What is written and not said, an emoji say, still has its moment. */
const silent = 0.15;
/** Between two words the tongue has to get from one to the next. */
const perWord = 0.3;

/** Of these a speaker makes little. */
const small = new Set('a an the to of and in on it is or for as at by from that with your you i if so be are was'.split(' '));
const ofSmall = 0.7;

export function spokenLength(word: string): number {
  let sounds = 0;
  for (const part of word.match(/\p{Lu}+(?![\p{Ll}\p{Lu}])|\p{L}[\p{L}\p{M}'’]*|\p{N}/gu) ?? []) sounds += soundsOf(part);
  if (sounds === 0) return silent;
  return (sounds + perWord) * (small.has(word.toLowerCase()) ? ofSmall : 1);
}

function soundsOf(part: string): number {
  if (/^\p{N}$/u.test(part)) return 3.2;
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(part))
    return 2.3 * (part.match(/\p{L}/gu)?.length ?? 1);
  const spelled = /^\p{Lu}+$/u.test(part) && part.length > 1 && (part.length <= 3 || !/[AEIOUY]/.test(part));
  if (spelled) return 2.2 * part.length;
  const letters = part.toLowerCase().replace(/['’]/g, '');
  // Two letters are often one sound, and a final e none.
  const folded = letters
    .replace(/tch|sch|igh|eau/g, 'x')
    .replace(/([a-z])\1|[cst]h|ph|ck|wh|qu|ng|ee|ea|oo|ou|ai|ay|oa|ow|ie|ei|au|aw|er|or|ur/g, 'x')
    .replace(/(?<=[a-z]{2})e(?=s?$)/, '');
  const vowels = folded.match(/[aeiouyäöüáéíóúàèìòùâêîôûx]/gu)?.length ?? 0;
  return Math.max(1, folded.length) + 0.35 * vowels;
}
