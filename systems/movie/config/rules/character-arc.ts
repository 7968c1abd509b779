/** How somebody changes, beat by beat. */
import { rules } from 'continuo';
import { sentence } from '../../../english/text.ts';
import type { Beat, Character, Concept } from './concept.ts';
import { beatsOf } from './story/beats.ts';
import { bibleOf } from './story/bible.ts';

export interface CharacterArc {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly stages: readonly { readonly beat: string; readonly state: string; readonly belief: string; readonly openness: number }[];
  readonly summary: string;
}

// How far the hero has come with what has to be learned, from 0 to 1; it breaks down before it holds.
const way: Readonly<Record<string, number>> = {
  ordinary: 0,
  incident: 0.1,
  refusal: 0.05,
  decision: 0.25,
  test: 0.4,
  midpoint: 0.55,
  strike: 0.45,
  cost: 0.1,
  insight: 0.75,
  climax: 1,
  resolution: 0.95,
};

function believes(openness: number, { flaw, need }: Character): string {
  if (openness < 0.2) return `${flaw} and sees no other way`;
  if (openness < 0.5) return 'has doubts, and hides them';
  return openness < 0.9 ? `begins ${need}` : `knows how ${need}`;
}

export default rules<{ readonly concept: Concept; readonly character: Character; readonly beats?: readonly Beat[] }, CharacterArc>(
  ({ concept, character, beats }) => {
    const all = beats === undefined || beats.length === 0 ? beatsOf(bibleOf(concept)) : beats;
    const still = character.part !== 'protagonist';
    const present = all.filter(({ characters }) => characters.includes(character.name));
    return {
      name: character.name,
      from: sentence(`${character.name} ${character.flaw}`),
      to: sentence(
        character.part === 'antagonist'
          ? `${character.name} stays the same, and is alone with it`
          : `${character.name} has learned ${character.need}`,
      ),
      stages: present.map((beat, at) => {
        const share = present.length < 2 ? 1 : at / (present.length - 1);
        const openness =
          character.part === 'antagonist'
            ? 0
            : still
              ? Math.round((0.5 + share / 2) * 100) / 100
              : (way[beat.id] ?? Math.round(share * 100) / 100);
        return { beat: beat.id, state: beat.mood, belief: believes(openness, character), openness };
      }),
      summary: sentence(
        character.part === 'protagonist'
          ? `${character.name} wants ${character.want} and needs ${character.need}; it is only when the first is given up that the second becomes possible`
          : `${character.name} shows what becomes of somebody who ${character.part === 'ally' ? 'dares' : 'never asks'}`,
      ),
    };
  },
);
