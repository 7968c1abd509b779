/** What a goal needs to have done, in the order in which it is done. */
import { wordsOf } from '../../../../english/text.ts';
import data from '../data/needs.json' with { type: 'json' };

export interface Need {
  readonly id: string;
  readonly stage: number;
  readonly does: string;
  readonly words: readonly string[];
}

export interface Needed {
  readonly need: Need;
  /** Something is missing where nobody can do it. */
  readonly required: boolean;
}

export const needs: readonly Need[] = data.needs;

/** Close enough to tell "writes", "writing" and "writer" from "written about", and no closer. */
export function stem(word: string): string {
  const plain = word.toLowerCase();
  return plain.length < 5 ? plain : plain.replace(/(?:ations?|ings?|ers?|ors?|ed|es|s|e)$/, '');
}

export function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text.replace(/[_./-]/g, ' ')).map(stem));
}

const has = (stems: ReadonlySet<string>, words: readonly string[]): boolean => words.some((word) => stems.has(stem(word)));

// "Find" and "look" are said of everything: in a goal they do not ask for research.
const tooCommon = new Set([
  'look',
  'find',
  'product',
  'manager',
  'text',
  'video',
  'film',
  'build',
  'post',
  'score',
  'message',
  'copy',
  'host',
  'program',
  'article',
  'style',
  'quality',
  'language',
  'plan',
]);

export function needsOf(goal: string): readonly Needed[] {
  const stems = stemsOf(goal);
  const kind = data.goals.find(({ words }) => has(stems, words));
  const said = needs
    .filter(({ words }) =>
      has(
        stems,
        words.filter((word) => !tooCommon.has(word)),
      ),
    )
    .map(({ id }) => id);
  const required = new Set([...(kind?.required ?? []), ...said]);
  const optional = new Set(kind?.optional ?? (said.length > 0 ? ['review'] : []));
  return needs.filter(({ id }) => required.has(id) || optional.has(id)).map((need) => ({ need, required: required.has(need.id) }));
}
