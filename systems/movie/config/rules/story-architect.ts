/** The course of the story: acts, beats, and why each follows from the one before. */
import { rules } from 'continuo';
import type { Beat, Concept } from './concept.ts';
import { beatsOf, stakesOf, synopsisOf } from './story/beats.ts';
import { bibleOf } from './story/bible.ts';
import { teller } from './story/telling.ts';

export interface Architecture {
  readonly premise: string;
  readonly stakes: string;
  readonly synopsis: string;
  readonly acts: readonly { readonly number: number; readonly name: string; readonly purpose: string; readonly beats: readonly string[] }[];
  readonly beats: readonly Beat[];
  readonly turningPoints: readonly { readonly beat: string; readonly why: string }[];
}

const acts: readonly (readonly [number, string, string])[] = [
  [1, 'Setting out', 'Who it is about, what happens, and why there is no way back.'],
  [2, 'The cost', 'What is learned, what it really is about, and what the old way of living costs.'],
  [3, 'The change', 'What was impossible at the beginning is done, and things are different afterwards.'],
];

export default rules<{ readonly concept: Concept; readonly notes?: string | null }, Architecture>(({ concept }) => {
  const bible = bibleOf(concept);
  const beats = beatsOf(bible);
  const { tell } = teller(bible, ['ally', 'rival', 'place']);
  return {
    premise: tell(
      `Somebody who ${bible.arc.flaw} has to learn ${bible.arc.need}: that is what {hero} needs, while {she} only wants ${bible.arc.want}.`,
    ),
    stakes: stakesOf(bible),
    synopsis: synopsisOf(beats),
    acts: acts.map(([number, name, purpose]) => ({
      number,
      name,
      purpose,
      beats: beats.filter(({ act }) => act === number).map(({ id }) => id),
    })),
    beats,
    turningPoints: ['incident', 'decision', 'midpoint', 'cost', 'climax'].flatMap((id) => {
      const beat = beats.find((other) => other.id === id);
      return beat === undefined ? [] : [{ beat: id, why: `Afterwards ${beat.outcome}.` }];
    }),
  };
});
