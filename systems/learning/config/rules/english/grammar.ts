/** Parts of speech, agreement and punctuation. */
import type { Maker } from '../activities/exercise.ts';
import grammar from '../data/grammar.json' with { type: 'json' };
import { entryFor } from './choices.ts';

export function grammarOf(concept: string, misconception: string): Maker {
  const entries = grammar.filter((entry) => entry.concept === concept);
  return (level, chance) => {
    const { question, answer, wrong, hint, explanation } = entryFor(level, chance, entries);
    return {
      question,
      kind: 'choice',
      choices: chance.shuffle([answer, ...wrong]),
      answer,
      hints: [hint, 'Rule out the ones that cannot be it, and look at what is left.'],
      explanation,
      mistakes: wrong.map((choice) => ({ answer: choice, misconception })),
    };
  };
}
