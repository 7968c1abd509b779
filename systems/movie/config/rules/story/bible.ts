/**
 * What is true of a story, from the idea to the last scene.
 *
 * B1. It follows from the concept alone: every agent that asks finds the same arc, the same places, the same people.
 * B2. What the concept says goes before what the engine would have chosen.
 */
import { branchOf, oneOf } from '../../../../english/chance.ts';
import { wordsOf } from '../../../../english/text.ts';
import { memberOf, type Concept, type Member } from '../concept.ts';
import { readIdea, type Idea } from '../idea/reading.ts';
import { arcs, genreCalled, genres, settingCalled, settings, type Arc, type Genre, type Setting } from './data.ts';

function ranked<T extends { readonly words: readonly string[] }>(list: readonly T[], text: string): readonly T[] {
  const words = new Set(wordsOf(text));
  return list
    .map((entry) => ({ entry, rank: entry.words.filter((word) => words.has(word) || words.has(word.replace(/s$/, ''))).length }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ entry }) => entry);
}

/** Genres that suit an idea, the best first; all of them are there in the end. */
export function genresFor(idea: string): readonly Genre[] {
  const fitting = ranked(genres, idea);
  const others = ['drama', 'mystery', 'adventure', 'comedy', 'family', 'fantasy', 'science_fiction', 'romance', 'thriller', 'horror'].map(
    genreCalled,
  );
  return [...fitting, ...others.filter((genre) => !fitting.includes(genre))];
}

export function settingFor(idea: string, genre: Genre): Setting {
  return ranked(settings, idea)[0] ?? settingCalled(genre.setting);
}

/** The same for the same idea and genre, whatever is asked about it. */
export function seedOf(idea: string, genre: string): number {
  return branchOf(0x5107, `${idea}|${genre}`).seed;
}

export interface Bible {
  readonly idea: Idea;
  readonly genre: Genre;
  readonly setting: Setting;
  readonly arc: Arc;
  readonly hero: Member;
  readonly ally: Member;
  readonly rival: Member;
  /** First in full, then in short. */
  readonly place: { readonly full: string; readonly short: string };
  readonly subject: string;
  readonly seed: number;
}

export function bibleOf(concept: Concept): Bible {
  const genre = genreCalled(concept.genre);
  const setting = settingFor(concept.idea, genre);
  const idea = readIdea(concept.idea);
  const seed = seedOf(concept.idea, genre.id);
  const given = concept.setting.place;
  return {
    idea,
    genre,
    setting,
    arc: oneOf(branchOf(seed, 'arc'), arcs),
    hero: memberOf(concept, 'protagonist'),
    ally: memberOf(concept, 'ally'),
    rival: memberOf(concept, 'antagonist'),
    place:
      given === '' || given === setting.place
        ? { full: setting.place, short: setting.name }
        : { full: given, short: given.replace(/^an?\s/i, 'the ') },
    subject: concept.subject,
    seed,
  };
}
