/** How a concept is explained, asked about and pictured. */
import { shortened } from '../../../../english/text.ts';
import { conceptNamed } from '../activities/choosing.ts';
import glossary from '../data/glossary.json' with { type: 'json' };

export interface Topic {
  /** For people. */
  readonly label: string;
  readonly says: string;
  readonly ask: string;
  readonly picture: string;
}

const known: Readonly<Record<string, Omit<Topic, 'label'> | undefined>> = glossary;

// Concepts that are explained together with a more general one.
const under: Readonly<Record<string, string>> = {
  remainders: 'division',
  subtracting_fractions: 'adding_fractions',
  comparing_fractions: 'adding_fractions',
  multiplying_fractions: 'equal_fractions',
  dividing_fractions: 'equal_fractions',
  fractions_of_amounts: 'equal_fractions',
  comparing_decimals: 'adding_decimals',
  multiplying_decimals: 'adding_decimals',
  percent_change: 'percentages',
  proportion: 'ratios',
  triangle_area: 'area',
  time: 'word_problems',
  agreement: 'parts_of_speech',
  past_tense: 'parts_of_speech',
  plurals: 'spelling',
  sound_alikes: 'spelling',
  antonyms: 'synonyms',
  words_in_context: 'synonyms',
};

const general: Topic = {
  label: 'this',
  says: 'It helps to begin with what you know already, and to go on one step at a time.',
  ask: 'What do you know about it already?',
  picture: 'Try to draw it, or to say it in your own words.',
};

export function labelOf(concept: string): string {
  return conceptNamed(concept)?.label ?? (shortened(concept.replaceAll('_', ' '), 60) || 'this');
}

export function topicOf(concept: string): Topic {
  const named = conceptNamed(concept);
  const id = named?.id ?? concept;
  const entry = known[id] ?? known[under[id] ?? ''];
  return entry === undefined ? { ...general, label: labelOf(concept) } : { ...entry, label: labelOf(concept) };
}
