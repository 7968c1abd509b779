/** The words of a text that carry its subject. */

const common = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing down during each even ever every few for from further get gets give go good got had has have having he her here hers him his how i if in into is it its just like made make makes making many me might more most much must my need new no nor not now of off on once one only or other our out over own people please same she should show so some such than that the their them then there these they thing this those through to too top under until up use used using very video want was way we well were what when where which while who why will with without would you your short film create viral tiktok clip reel says say said study studies new best year years day days week test tested tried guide review thing every`.split(
    ' ',
  ),
);

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}+#.-]*[\p{L}\p{N}+#]|[\p{L}\p{N}]/gu) ?? [];

const singular = (word: string): string => (word.length > 4 && /[^su]s$/.test(word) ? word.slice(0, -1) : word);

/** In their order, each once. */
export const termsOf = (text: string): readonly string[] => [
  ...new Set(
    wordsOf(text)
      .filter((word) => !common.has(word) && (word.length > 2 || /\d/.test(word) || word === 'ai'))
      .map(singular),
  ),
];

export const share = (a: string, b: string): number => {
  const others = new Set(termsOf(b));
  return termsOf(a).filter((term) => others.has(term)).length;
};

/** The topic without what was said around it: "Create a viral TikTok about AI assistants" is about AI assistants. */
export function subjectOf(topic: string): string {
  const plain = topic
    .replace(/[\p{C}{}%<>\\$`]/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!?\s]+$/, '');
  const about = /^(?:please\s+)?(?:create|make|write|produce|do|give me|film|shoot)\b.*?\b(?:about|on|explaining)\s+(.+)$/i.exec(
    plain,
  )?.[1];
  const subject = (about ?? plain).split(' ').reduce((text, word) => (`${text} ${word}`.length > 80 ? text : `${text} ${word}`.trim()), '');
  return subject === '' ? 'this topic' : subject;
}

export const sentencesOf = (text: string): readonly string[] =>
  text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}"“])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
