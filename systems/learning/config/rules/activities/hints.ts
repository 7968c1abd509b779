/** The ladder of hints of an exercise, with the whole way as its last rung. */
import type { Exercise } from './exercise.ts';

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// Words that no sentence can do without: to read one of them gives nothing away.
const everyday = new Set(['is', 'are', 'am', 'has', 'have', 'too']);

/** Whether a text says an answer, as a word or number of its own. */
export function says(text: string, answer: string): boolean {
  if (everyday.has(answer)) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}.,/])${escaped(answer)}(?![\\p{L}\\p{N}/]|[.,]\\p{N})`, 'iu').test(text);
}

/** A hint that happens to hold the answer is left out, unless the question holds it, too. */
export function withHints(exercise: Exercise): readonly string[] {
  const open = says(exercise.question, exercise.answer);
  const early = exercise.hints.filter((hint) => open || !says(hint, exercise.answer));
  const first = early.length > 0 ? early : ['What is asked, and what do you know already? Say both in your own words.'];
  return [...first, exercise.explanation];
}
