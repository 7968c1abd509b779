/** A piece of speech on its way through the studio. */

/** From one second of a sound to another. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A sentence as a voice said it. */
export interface Spoken {
  readonly rate: number;
  readonly samples: Float32Array;
  /** Where something is said, in order: between two of them lies a pause. */
  readonly stretches: readonly Stretch[];
  /** When each word of the sentence was said; undefined where nothing was said for it. */
  readonly words: readonly (Stretch | undefined)[];
}
