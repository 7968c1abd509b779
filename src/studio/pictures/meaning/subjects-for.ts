/** What a scene is about: the things that its words name, surest first. Pure. */
import type { SceneKind } from '../../film/scene.ts';
import type { Candidate } from '../storyboard.ts';
import { companionsOf } from './companions.ts';
import { familiarThings } from './familiar.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { listedThings } from './listed-things.ts';
import { mentionsIn, type Manner } from './mentions.ts';

export interface SceneWords {
  readonly topic: string;
  readonly kind: SceneKind;
  readonly shows: string;
  readonly action: string | null;
  readonly narration: string;
  readonly number: number | null;
}

const most = 10;
/** Below it a thing is guessed from the kind of the film rather than from what the scene says. */
export const confident = 0.25;

export function subjectsFor(scene: SceneWords): readonly Candidate[] {
  const fields = fieldsOf([
    [scene.topic, 3],
    [scene.shows, 1],
    [scene.action ?? '', 0.8],
    [scene.narration, 0.4],
  ]);
  const listed = scene.kind === 'materials' ? listedThings(scene.shows, fields) : [];
  const candidates = listed.length > 1 ? withGoal(listed, scene, fields) : weighed(scene, fields);
  const sure = candidates[0]?.sure ?? 0;
  if (sure >= confident) return (scene.kind === 'materials' ? candidates : accompanied(candidates)).slice(0, most);
  const familiar = familiarThings(scene, fields).map((name, at): Candidate => ({ name, sure: confident - (at + 1) * 0.01 }));
  return unique([...candidates, ...familiar].toSorted((a, b) => b.sure - a.sure)).slice(0, most);
}

/** How sure it is that a companion belongs there, beside what it accompanies. */
const besideHero = 0.36;

interface Text {
  readonly text: string;
  /** How much it says about what is to be seen. */
  readonly share: number;
  /** How much of that a place or a hand has in it. */
  readonly minor: number;
  /** How much of it counts where another text says more about the same thing. */
  readonly adds: number;
  /** It is the topic. */
  readonly about: boolean;
  readonly manner: Manner;
}

const aside = 0.3;
const again = 0.12;
/** What the topic asks for and the picture shows is what the film is about. */
const confirmed = 0.95;

/** It shows what came of it all: what the topic names, and the picture too. */
const isClosing = ({ kind }: SceneWords): boolean => kind === 'title' || kind === 'result' || kind === 'ending';

function textsOf(scene: SceneWords): readonly Text[] {
  const { topic, shows, action, narration } = scene;
  // Where nobody says what is to be seen, the rest has to.
  const blind = shows.trim() === '' ? 1.3 : 1;
  const closing = isClosing(scene);
  return [
    { text: shows, share: 1, adds: closing ? confirmed : again, minor: aside, about: false, manner: 'description' },
    { text: action ?? '', share: 0.66 * blind, adds: again, minor: aside, about: false, manner: 'order' },
    { text: narration, share: (closing ? 0.25 : 0.4) * blind, adds: again, minor: aside, about: false, manner: 'order' },
    // Who wants to know how to clean windows does not mean them as a place.
    {
      text: topicOf(topic),
      share: (closing ? 0.6 : 0.42) * blind,
      adds: closing ? confirmed : again,
      minor: 0.75,
      about: true,
      manner: 'order',
    },
  ];
}

/** "How do I tie a tie?": "tie a tie". */
const topicOf = (topic: string): string =>
  topic.replace(
    /^\W*(?:(?:please )?(?:show|teach|tell) me )?(?:how (?:to|do i|do you|can i|should i)|(?:the )?(?:best|easiest) way to)\b/i,
    '',
  );

function weighed(scene: SceneWords, fields: Fields): readonly Candidate[] {
  const told = new Map<string, { readonly weight: number; readonly adds: number }[]>();
  for (const { text, share, adds, minor, about, manner } of textsOf(scene)) {
    const found = mentionsIn(text, manner, fields);
    // "How to juggle": where a topic names nothing, it is about what is done.
    const doing = about && found.every(({ implied }) => implied) ? 2 : 1;
    const mentions = found.map((one) => ({ thing: one.thing, weight: one.weight * (one.minor ? minor : doing) }));
    for (const { thing, weight } of strongest(mentions)) told.set(thing, [...(told.get(thing) ?? []), { weight: weight * share, adds }]);
  }
  return [...told]
    .map(([name, all]): Candidate => {
      const [first, ...others] = all.toSorted((a, b) => b.weight - a.weight);
      const sure = (first?.weight ?? 0) + others.reduce((sum, { weight, adds }) => sum + weight * adds, 0);
      return { name, sure: isClosing(scene) ? sure : Math.min(1, sure) };
    })
    .toSorted((a, b) => b.sure - a.sure)
    .map(({ name, sure }) => ({ name, sure: Math.min(1, sure) }));
}

/** Of each thing the mention that weighs most: a word that is said twice is not two things. */
function strongest(mentions: readonly { readonly thing: string; readonly weight: number }[]): typeof mentions {
  const best = new Map<string, { readonly thing: string; readonly weight: number }>();
  for (const mention of mentions) if ((best.get(mention.thing)?.weight ?? 0) < mention.weight) best.set(mention.thing, mention);
  return [...best.values()];
}

/** Where a scene names little, what goes with it stands beside it. */
function accompanied(candidates: readonly Candidate[]): readonly Candidate[] {
  const [hero, , third] = candidates;
  const beside = besideHero * (hero?.sure ?? 0);
  if (hero === undefined || (third !== undefined && third.sure >= beside)) return candidates;
  const companions = companionsOf(hero.name).map((name): Candidate => ({ name, sure: beside }));
  return unique([...candidates, ...companions].toSorted((a, b) => b.sure - a.sure));
}

/** What is needed, in its order; where that is little, what comes of it stands beside it. */
function withGoal(listed: readonly string[], scene: SceneWords, fields: Fields): readonly Candidate[] {
  const goal = listed.length < 3 ? weighed({ ...scene, shows: '', action: null, narration: '' }, fields).map(({ name }) => name) : [];
  return [...new Set([...listed, ...goal.slice(0, 1)])].map((name, at): Candidate => ({ name, sure: 0.9 - at * 0.02 }));
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ name }) => !seen.has(name) && seen.add(name));
}
