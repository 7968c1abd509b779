import type { Json } from '../../core/data/json.ts';

/** Answers by number, so that a model can tell them apart. */
export function list(answers: readonly Json[]): string {
  return answers.map((answer, place) => `[${place}]\n${typeof answer === 'string' ? answer : JSON.stringify(answer)}`).join('\n\n');
}
