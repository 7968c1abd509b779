/** Patterns of schemas, as Ajv wants them: none that can do without goes back over a text. */
import { patternOf, PatternRefused } from '../../core/schema/pattern.ts';
import { Work } from '../../core/schema/work.ts';

/** Steps in one text; whoever takes more throws TooMuchWork. */
const mostWork = 2_000_000;

export interface Matcher {
  readonly test: (text: string) => boolean;
  readonly toString: () => string;
}

/** What refers back to what it found, which only the configuration may do, is left to JavaScript. */
export function matcher(source: string, flags: string): Matcher {
  try {
    const pattern = patternOf(source);
    // Ajv keeps patterns by what they say of themselves.
    return { test: (text) => pattern.test(text, new Work(mostWork)), toString: () => `linear ${source}` };
  } catch (error) {
    if (error instanceof PatternRefused) return new RegExp(source, flags);
    throw error;
  }
}
