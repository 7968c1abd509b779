/** The small words by which a sentence says what it denies, likens, joins and places. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const shares: readonly (readonly [share: number, words: string])[] = [
  [0.86, 'of as called'],
  [0.66, 'with wearing using holding by that which made'],
  [0.62, 'into onto to through inside beside next from out'],
  [0.52, 'in on at under over above below beneath near against behind between along around across off towards toward'],
  [0.4, 'until for after before during than because so if when while'],
];

/** How much what follows them matters, beside what stands before. */
export const links: ReadonlyMap<string, number> = new Map(
  shares.flatMap(([share, words]) => words.split(' ').map((word): [string, number] => [word, share])),
);

export const joining: ReadonlySet<string> = set('and or plus then');
export const relative: ReadonlySet<string> = set('that which who');

export const refusing: ReadonlySet<string> = set("no not without never don't dont doesn't isn't aren't cannot can't nothing avoid");
/** Where "without an oven in a pan" stops to refuse. */
export const refusalEnds: ReadonlySet<string> = set('but with using by then only just instead in on');
/** Where "do not put it in the oven" does. */
export const prohibitionEnds: ReadonlySet<string> = set('but then instead only');
export const prohibiting: RegExp = /^(?:do|is|are|can|never|not)/;

/** "The size of an apple", "a hand's length". */
export const measures: ReadonlySet<string> = set('length width height size depth thickness breadth shape pinch inch');
/** "Things like scissors" are scissors. */
export const examples: RegExp = /^(?:things?|tools?|would|you|they)$/;

/** Words between the begin of an order and its verb. */
export const opening: ReadonlySet<string> = set(
  'then now next first finally gently carefully slowly again just always please also lightly firmly',
);
/** What follows a verb rather than a noun. */
export const objects: ReadonlySet<string> = set('it them everything what all up down off out over until so');
