/** Guesses the language of a text, as far as a voice has to know it. */

export interface Language {
  /** As voices are named by it: `en`, `de`, `cmn`. */
  readonly code: string;
  readonly name: string;
}

const english: Language = { code: 'en', name: 'English' };

const scripts: readonly (readonly [RegExp, Language])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, { code: 'ja', name: 'Japanese' }],
  [/\p{Script=Hangul}/gu, { code: 'ko', name: 'Korean' }],
  [/\p{Script=Han}/gu, { code: 'cmn', name: 'Chinese' }],
  [/\p{Script=Cyrillic}/gu, { code: 'ru', name: 'Russian' }],
  [/\p{Script=Arabic}/gu, { code: 'ar', name: 'Arabic' }],
  [/\p{Script=Hebrew}/gu, { code: 'he', name: 'Hebrew' }],
  [/\p{Script=Greek}/gu, { code: 'el', name: 'Greek' }],
  [/\p{Script=Devanagari}/gu, { code: 'hi', name: 'Hindi' }],
  [/\p{Script=Bengali}/gu, { code: 'bn', name: 'Bengali' }],
  [/\p{Script=Tamil}/gu, { code: 'ta', name: 'Tamil' }],
  [/\p{Script=Thai}/gu, { code: 'th', name: 'Thai' }],
];
const otherScript: Language = { code: 'und', name: 'another language' };

/** Small words that are in nearly every text of their language, and not in English. */
const smallWords: readonly (readonly [Language, string])[] = [
  [
    { code: 'de', name: 'German' },
    'der die das den dem des und ist nicht ein eine einen einem einer mit für auf von zu wie man im sich auch dann oder aus bei nach über dein deine ihr wir du sie es wird werden jetzt so',
  ],
  [
    { code: 'fr', name: 'French' },
    'le la les des du de et est un une pour dans sur avec pas que qui ce cette vous nous votre comment faire il elle au aux en puis ou plus ne se sont',
  ],
  [
    { code: 'es', name: 'Spanish' },
    'el la los las de del y es un una para con por que en no se su como cómo más al lo esta este hacer luego pero tu ahora',
  ],
  [
    { code: 'it', name: 'Italian' },
    'il lo la gli le di del della e è un una per con che non si come fare nel sono poi più questo questa tuo ora da al',
  ],
  [
    { code: 'pt', name: 'Portuguese' },
    'o os as de do da dos das e é um uma para com por que em não se como fazer mais ao no na seu sua depois você agora',
  ],
  [{ code: 'nl', name: 'Dutch' }, 'de het een en van is niet met voor op te je dat die zijn hoe maak dan naar ook uit bij om nu'],
  [{ code: 'sv', name: 'Swedish' }, 'och att det en ett är som på med för av inte du den till hur gör sedan'],
  [{ code: 'da', name: 'Danish' }, 'og at det en et er som på med for af ikke du den til hvordan til så'],
  [{ code: 'pl', name: 'Polish' }, 'i w na z do się jest nie to jak że o po dla od za przez teraz'],
  [{ code: 'tr', name: 'Turkish' }, 've bir bu için ile da de nasıl çok daha gibi olarak yapılır'],
  [{ code: 'id', name: 'Indonesian' }, 'dan yang di untuk dengan ini itu cara dari ke adalah membuat tidak anda'],
  [{ code: 'vi', name: 'Vietnamese' }, 'và của là cách làm một cho với không các bạn được trong'],
];
const englishWords = new Set(
  (
    'the a an and or but of to in on at by for from with without is are was be been it its this that these those you your we our they their he she ' +
    'i my not do does make how what when where why which who can will should then now if so as up down out off over under into onto until it’s ' +
    'than more some all each one two three first next last have has use get take keep fold cut put add let go try paper'
  ).split(' '),
);
const wordsOf = smallWords.map(([language, words]) => [language, new Set(words.split(' '))] as const);

/** English, unless something else is plainly there: a name or a loan word is no other language. */
export function languageOf(text: string): Language {
  const letters = count(text, /\p{L}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
  if (latin * 2 >= letters) return latinLanguage(text);
  const counted = scripts.map(([pattern, language]) => ({ language, found: count(text, pattern) }));
  // Japanese mixes its own letters with those of Chinese: any of them decide.
  const [kana] = counted;
  if (kana !== undefined && kana.found * 10 >= letters) return kana.language;
  const most = counted.reduce((best, other) => (other.found > best.found ? other : best));
  return most.found * 3 >= letters ? most.language : otherScript;
}

function latinLanguage(text: string): Language {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}’']*/gu) ?? [];
  const inEnglish = words.filter((word) => englishWords.has(word)).length;
  const scores = wordsOf.map(([language, known]) => ({ language, score: words.filter((word) => known.has(word)).length }));
  const best = scores.reduce((most, other) => (other.score > most.score ? other : most));
  const enough = words.length <= 4 ? 1 : Math.max(2, words.length * 0.15);
  if (best.score >= enough && best.score > inEnglish) return best.language;
  const foreign = words.filter((word) => /[^a-z’']/.test(word)).length;
  if (inEnglish === 0 && foreign >= 2 && foreign * 5 >= words.length * 2) return best.score > 0 ? best.language : otherScript;
  return english;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
