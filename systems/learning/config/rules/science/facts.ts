/** Questions about nature, from a collection of facts. */
import type { Maker } from '../activities/exercise.ts';
import facts from '../data/science.json' with { type: 'json' };
import { entryFor } from '../english/choices.ts';

interface Fact {
  readonly concept: string;
  readonly level: number;
  readonly question: string;
  readonly answer: string;
  readonly wrong: readonly string[];
  readonly hint: string;
  readonly explanation: string;
  /** What it means when somebody chooses one of the wrong ones. */
  readonly mistakes?: Readonly<Record<string, string | undefined>>;
}

const all: readonly Fact[] = facts;

export function factsAbout(concept: string): Maker {
  const entries = all.filter((fact) => fact.concept === concept);
  return (level, chance) => {
    const { question, answer, wrong, hint, explanation, mistakes } = entryFor(level, chance, entries);
    return {
      question,
      kind: 'choice',
      choices: chance.shuffle([answer, ...wrong]),
      answer,
      hints: ['What do you know about it already? Rule out what cannot be.', hint],
      explanation,
      mistakes: Object.entries(mistakes ?? {}).flatMap(([choice, misconception]) =>
        misconception === undefined ? [] : [{ answer: choice, misconception }],
      ),
    };
  };
}
