/** A story cut into episodes, each of which ends where one wants to go on. */
import { rules } from 'continuo';
import { capitalised, sentence } from '../../../english/text.ts';
import type { Beat, Concept } from './concept.ts';
import { beatsOf } from './story/beats.ts';
import { bibleOf } from './story/bible.ts';

export interface Episode {
  readonly number: number;
  readonly title: string;
  readonly logline: string;
  readonly beats: readonly string[];
  readonly cliffhanger: string;
  readonly minutes: number;
}

export interface EpisodesWanted {
  readonly concept: Concept;
  readonly beats?: readonly Beat[];
  readonly episodes: number;
  readonly minutes?: number;
}

export default rules<EpisodesWanted, { readonly episodes: readonly Episode[] }>(({ concept, beats, episodes, minutes = 25 }) => {
  const all = beats === undefined || beats.length === 0 ? beatsOf(bibleOf(concept)) : beats;
  const count = Math.min(Math.max(1, Math.round(episodes)), all.length);
  return {
    episodes: Array.from({ length: count }, (_, at) => {
      const part = all.slice(Math.floor((at * all.length) / count), Math.floor(((at + 1) * all.length) / count));
      const [first] = part;
      const last = part.at(-1);
      return {
        number: at + 1,
        title: capitalised(first?.name ?? concept.title),
        logline: first?.what ?? concept.logline,
        beats: part.map(({ id }) => id),
        cliffhanger: at === count - 1 ? 'None: the story is told.' : sentence(`From here on ${last?.outcome ?? 'nothing is as it was'}`),
        minutes,
      };
    }),
  };
});
