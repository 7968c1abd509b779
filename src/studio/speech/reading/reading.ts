/** How a text is read aloud. */

/** What is heard behind a word. */
export type Pause = 'none' | 'comma' | 'stop' | 'question' | 'exclamation';

export interface ReadWord {
  /** As the text has it, with its punctuation. */
  readonly written: string;
  /**
   * What is said for it: words of small letters and apostrophes, and single capital letters that are said by their
   * names (`C`, `D's`). Empty for what is not spoken, such as an emoji.
   */
  readonly spoken: readonly string[];
  readonly pause: Pause;
}

export type Sentence = readonly ReadWord[];

export interface Read {
  /** In each of them something is said; all their words together are the words of the text. */
  readonly sentences: readonly Sentence[];
  /** Words with letters that cannot be read, such as those of another script. */
  readonly unread: readonly string[];
}
