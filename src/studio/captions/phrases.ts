/** Where a phrase may be torn apart, and where better not. Pure. */
import type { Piece } from './pieces.ts';

/** A silence that is heard as one. */
export const heardPause = 0.25;

/** Words that lean on the next one. What other languages have of them that cannot be mistaken for English stands here too. */
const leaning = new Set(
  `a an the of to in on at for with from by into onto your my our their its this that these those and or but nor so as
  under over between through across along around above below behind beside against near towards until than about
  if when while is are was be can will must should may have has not no very too more most one two three four five six seven eight nine ten each every any some it's
  der die das den dem des ein eine einen einem einer und oder mit von zu für im am ins
  el la los las un una unos unas de del y o con para por su
  le les des du une et ou avec pour dans sur votre`.split(/\s+/),
);

/** Words that a new part of the sentence begins with. */
const opening = new Set(
  `but that which who so then with without in on at to from for into onto under over between through across along
  around above below behind beside against near toward towards until before after when while because if than about by`.split(/\s+/),
);

/** How bad it is to end a caption or a line between the two: 0 where a phrase ends, 1 between words that belong together. */
export function tearing(before: Piece, after: Piece): number {
  if (before.closes !== 'word') return 0;
  if (after.start - before.end > heardPause) return 0;
  // A number and its unit, an article and its noun.
  if (leaning.has(bare(before)) || /^\p{N}+$/u.test(bare(before))) return 1;
  if (after.glued) return 0.6;
  return opening.has(bare(after)) ? 0.08 : 0.25;
}

const bare = ({ text }: Piece): string => text.toLowerCase().replace(/[^\p{L}\p{N}'%]/gu, '');

/** How much of an end there is between the two: 1 between sentences, 0 within a phrase. */
export function parting(before: Piece, after: Piece): number {
  if (before.closes === 'sentence') return 1;
  if (after.start - before.end > heardPause) return 0.6;
  return before.closes === 'clause' ? 0.35 : 0;
}
