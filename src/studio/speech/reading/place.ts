/** A word of the text where it stands: what a rule of reading is given. */
import type { Token } from './tokens.ts';

export interface Place {
  /** What is to be read; of a compound, one of its parts. */
  readonly core: string;
  readonly token: Token;
  readonly tokens: readonly Token[];
  readonly index: number;
  readonly previous: Token | undefined;
  readonly next: Token | undefined;
  /** Whether all is written in capitals here, so that capitals say nothing. */
  readonly shouting: boolean;
}

/** Gives what is said, in words, or nothing where the rule does not apply. */
export type Rule = (place: Place) => readonly string[] | undefined;

/** Nothing but white space lies between it and the next word. */
export const joined = (token: Token | undefined): boolean => token?.closing === '' && token.breaks === 'none';

export const isCapitalised = (token: Token | undefined): boolean => /^\p{Lu}/u.test(token?.core ?? '');

export const isNumber = (token: Token | undefined): boolean => /^[-−–+±~≈<>≤≥]?\.?[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/u.test(token?.core ?? '');

/** Whether a sentence begins with the word. */
export const beginsSentence = ({ previous }: Place): boolean =>
  previous === undefined || previous.breaks === 'paragraph' || /[.!?]/.test(previous.closing);
