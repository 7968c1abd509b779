/** Whether two answers are the same, as people write them. */
import { tidy } from '../../../../english/text.ts';

/** Small letters, one kind of minus and apostrophe, no mark at the end. */
export function plainAnswer(text: string): string {
  return tidy(text)
    .toLowerCase()
    .replace(/[−–—]/g, '-')
    .replace(/[’‘]/g, "'")
    .replace(/[.!?]+$/g, '')
    .replace(/^["'“](.*)["'”]$/u, '$1')
    .trim();
}

const unit = /\s*(?:cm|m|mm|km|kg|g|l|ml|dollars?|euros?|cents?|degrees?|°c?|cm²|cm³|m\/s²|h|hours?|min|minutes?|seconds?|[a-z]{3,})$/u;

/** The value of a number as people write it: "x = 4", "1 1/2", "$3,50", "12 cm", "1,200", "25%". */
export function valueOf(text: string): number | undefined {
  let plain = plainAnswer(text)
    .replace(/^(?:the answer is|it is|it's|its|i think(?: it is| it's)?|answer:?|[a-z]\s*=)\s*/u, '')
    .replace(/^[$€£]\s*/, '')
    .replace(/\s*[%€$£²³]$/u, '')
    .replace(unit, '')
    .trim();
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '');
  if (/^-?\d{1,3}(?: \d{3})+$/.test(plain)) plain = plain.replaceAll(' ', '');
  plain = plain.replace(/^(-?\d*),(\d+)$/, '$1.$2').replace(/^-\s+/, '-');
  const mixed = /^(-?)(\d+) (\d+)\/(\d+)$/.exec(plain);
  if (mixed !== null) return (mixed[1] === '-' ? -1 : 1) * (Number(mixed[2]) + Number(mixed[3]) / Number(mixed[4]));
  const fraction = /^(-?\d+(?:\.\d+)?)\s*\/\s*(\d+)$/.exec(plain);
  if (fraction !== null) return Number(fraction[2]) === 0 ? undefined : Number(fraction[1]) / Number(fraction[2]);
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

export function sameAnswer(given: string, expected: string): boolean {
  if (plainAnswer(given) === plainAnswer(expected)) return true;
  const [one, other] = [valueOf(given), valueOf(expected)];
  return one !== undefined && other !== undefined && Math.abs(one - other) < 1e-9 * Math.max(1, Math.abs(other));
}

const empty = new Set(
  'a an and are as at be because by can do for from has have if in is it its of on or so that the their them then there they this to was were when which with you your'.split(
    ' ',
  ),
);

/** The words that carry meaning, without their endings. */
export function keyWords(text: string): readonly string[] {
  return (
    tidy(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => !empty.has(word))
    .map((word) => word.replace(/(?:ing|ed|es|s)$/, ''));
}
