/** From an idea in a sentence to a concept, and four other ways to tell it, for a person to choose from. */
import { rules } from 'continuo';
import { listed, tidy } from '../../../english/text.ts';
import type { Concept } from './concept.ts';
import { genresFor } from './story/bible.ts';
import { conceptFor } from './story/concepts.ts';
import { genreCalled } from './story/data.ts';

export interface IdeaForSeries {
  readonly idea: string;
  readonly genre?: string | null;
  readonly format?: 'film' | 'series' | 'short' | null;
  readonly notes?: string | null;
}

interface Direction {
  readonly id: string;
  readonly angle: string;
  readonly concept: Concept;
}

export interface CreatedSeries {
  readonly concept: Concept;
  readonly format: { readonly kind: 'film' | 'series' | 'short'; readonly episodes: number; readonly minutes: number };
  readonly directions: readonly Direction[];
  readonly question: string;
}

const formats: Readonly<Record<CreatedSeries['format']['kind'], CreatedSeries['format']>> = {
  film: { kind: 'film', episodes: 1, minutes: 95 },
  series: { kind: 'series', episodes: 6, minutes: 25 },
  short: { kind: 'short', episodes: 1, minutes: 3 },
};

function formatFor(wanted: string | null | undefined, text: string): CreatedSeries['format'] {
  if (wanted === 'film' || wanted === 'series' || wanted === 'short') return formats[wanted];
  if (/\bseries|episodes?|season\b/i.test(text)) return formats.series;
  return /\b(?:feature|film|movie)\b/i.test(text) ? formats.film : formats.short;
}

const letters = ['a', 'b', 'c', 'd'];

export default rules<IdeaForSeries, CreatedSeries>(({ idea, genre, format, notes }) => {
  const text = tidy(idea);
  const ranked = genresFor(`${text} ${notes ?? ''}`);
  const wished = tidy(genre ?? '');
  const first = wished === '' ? ranked[0] : genreCalled(wished);
  const concept = conceptFor(text, first ?? genreCalled('drama'));
  const directions = ranked
    .filter((other) => other.id !== concept.genre)
    .slice(0, letters.length)
    .map((other, at) => ({ id: letters[at] ?? String(at), angle: other.angle, concept: conceptFor(text, other) }));
  return {
    concept,
    format: formatFor(format, `${idea} ${notes ?? ''}`),
    directions,
    question: `"${concept.title}" as ${concept.genre.replace('_', ' ')}, or rather ${listed(
      directions.map((direction) => direction.concept.genre.replace('_', ' ')),
      'or',
    )}?`,
  };
});
