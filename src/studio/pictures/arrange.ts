/**
 * How the things of a scene stand to each other, and which of them leads. Pure.
 *
 * A1. No two scenes of a film have the same hero in the same arrangement, as long as there is another way.
 * A2. The hero of the title in a ring is what the result shows: steps leave it that place.
 * A3. What only accompanies leads nowhere, unless everything else was seen.
 */
import type { Arrangement, PictureBrief } from './brief.ts';
import type { Candidate, StoryScene } from './storyboard.ts';

export type Arranged = Pick<PictureBrief, 'arrangement' | 'things'>;

/** What a scene stands beside in its film. */
export interface Beside {
  /** The scenes before it. */
  readonly before: readonly PictureBrief[];
  /** How often its picture was found wrong. */
  readonly again: number;
  /** It is the end of the film. */
  readonly last: boolean;
}

export function arranged(scene: StoryScene, candidates: readonly Candidate[], beside: Beside): Arranged {
  return distinct(candidates, arrangementFor(scene, candidates, beside), { ...beside, kind: scene.kind });
}

/** So many things suit an arrangement. */
const room: Readonly<Record<Arrangement, number>> = {
  ring: 4,
  podium: 3,
  plus: 3,
  arrow: 2,
  row: 6,
  board: 0,
  frame: 0,
  title: 4,
  ending: 4,
};
/** What is less sure than that share of the hero is left out, where it is not asked for by name. */
const sureEnough = 0.35;
const festive = ['party-popper', 'sparkles', 'red-heart', 'bookmark', 'confetti-ball'];

function arrangementFor(
  { kind, shows, action, number }: StoryScene,
  candidates: readonly Candidate[],
  { before, again }: Beside,
): Arrangement {
  if (kind === 'title' || kind === 'ending') return kind;
  if (kind === 'materials') return candidates.length >= 3 ? 'row' : 'podium';
  if (kind === 'result') return 'ring';
  const text = `${action ?? ''} ${shows}`;
  const [first, second, third] = candidates.map(({ sure }) => sure);
  const last = before.at(-1)?.arrangement;
  if (third !== undefined && third >= even * (first ?? 1) && last !== 'row' && lists.test(shows)) return 'row';
  const two = second !== undefined && second >= even * (first ?? 1);
  if (two && last !== 'arrow' && becomes.test(text)) return 'arrow';
  if (two && last !== 'plus' && joins.test(text)) return 'plus';
  return ((number ?? before.length) + again) % 2 === 0 ? 'podium' : 'ring';
}

/** Where two things are as important as each other: that share of the hero. */
const even = 0.6;

const joins =
  /\b(?:mix|combine|blend|stir|pour|add|dip|soak|mount|attach|glue|stick|tie|thread|fill|plant|press|place|put|set|lay)\w*\b.*\b(?:with|and|into|in|onto|on|to|through|over)\b/i;
const becomes =
  /\b(?:becom(?:es?|ing)|(?:turn|chang|transform)(?:s|es|ed|ing)? into|(?:roll|fold|twist|cut|torn|shap|form)(?:ed|ped|ted)? into|roll it into)\b/i;
const lists = /,[^,]+(?:,| and | or )|\b(?:laid out|sorted|arranged|lined up)\b/i;

function distinct(
  candidates: readonly Candidate[],
  arrangement: Arrangement,
  { kind, before, again, last }: Beside & Pick<StoryScene, 'kind'>,
): Arranged {
  const names = candidates.filter(({ sure }) => sure >= sureEnough * (candidates[0]?.sure ?? 1)).map(({ name }) => name);
  const shifted = again === 0 ? names : [...names.slice(again % names.length), ...names.slice(0, again % names.length)];
  const kept = kind === 'step' ? before.find((one) => one.kind === 'title')?.things[0] : undefined;
  const taken = (hero: string, as: Arrangement): boolean =>
    (as === 'ring' && hero === kept) || before.some((one) => one.things[0] === hero && one.arrangement === as);
  const atLeast = (share: number): readonly string[] =>
    shifted.filter((name) => candidates.some((one) => one.name === name && one.sure >= share * (candidates[0]?.sure ?? 1)));
  const { usual, spare } = waysFrom(arrangement, names.length);
  // What a scene is about rather stands otherwise than gives way to what only belongs to it.
  const weighty = atLeast(even);
  const free = [
    ...inWays(weighty, usual),
    ...inWays(atLeast(leading), usual),
    ...inWays(weighty, spare),
    ...inWays(shifted, usual),
    ...inWays(shifted, [...spare, 'arrow']),
  ];
  const { hero, as } = free.find((one) => !taken(one.hero, one.as)) ?? {
    // Every one of its things was seen in every way: the ground differs all the same.
    hero: shifted[before.length % shifted.length] ?? 'sparkles',
    as: arrangement,
  };
  // In a row all look equally important.
  const equals = as === 'row' && kind !== 'materials' ? (weighty.length > 2 ? weighty : shifted.slice(0, 3)) : shifted;
  return { arrangement: as, things: withSupports(hero, equals, as, last) };
}

/** What is less sure than that share of the hero stands beside others, and never in their place. */
const leading = 0.38;

const inWays = (heroes: readonly string[], ways: readonly Arrangement[]): readonly { readonly hero: string; readonly as: Arrangement }[] =>
  heroes.flatMap((hero) => ways.map((as) => ({ hero, as })));

interface Ways {
  readonly usual: readonly Arrangement[];
  /** They say more than was asked for: only where all else was seen. */
  readonly spare: readonly Arrangement[];
}

/** How the things of a scene may stand, where they stood as they should before. */
function waysFrom(arrangement: Arrangement, things: number): Ways {
  if (arrangement === 'title' || arrangement === 'ending') return { usual: [arrangement], spare: [] };
  const alone = new Set<Arrangement>([arrangement, 'ring', 'podium']);
  return things < 2 ? { usual: [...alone], spare: [] } : { usual: [...alone.add('row')], spare: ['plus'] };
}

function withSupports(hero: string, names: readonly string[], arrangement: Arrangement, last: boolean): readonly string[] {
  const others = names.filter((name) => name !== hero);
  const filled = arrangement === 'ending' || last ? [...festive, ...others] : arrangement === 'title' ? [...others, 'sparkles'] : others;
  return [...new Set([hero, ...filled])].slice(0, room[arrangement]);
}
