/** The next hint: never the answer before the last one. */
import { rules } from 'continuo';
import { sentence, tidy } from '../../../english/text.ts';
import { says } from './activities/hints.ts';
import { topicOf } from './tutoring/topics.ts';

export interface HintRequest {
  readonly question: string;
  readonly answer: string;
  readonly concept: string;
  readonly hints?: readonly string[];
  readonly given?: readonly string[];
  readonly gradeLevel?: number;
  readonly attempt?: string | null;
}

export interface Hint {
  readonly hint: string;
  readonly level: number;
  readonly last: boolean;
  readonly revealsAnswer: boolean;
}

function ladder(request: HintRequest): readonly string[] {
  const own = (request.hints ?? []).map(sentence).filter((hint) => hint !== '');
  const { ask, says: explained, picture } = topicOf(request.concept);
  const early = (own.length > 0 ? own.slice(0, -1) : [ask, explained, picture]).filter(
    (hint) => !says(hint, request.answer) || says(request.question, request.answer),
  );
  const answer = tidy(request.answer);
  const last = own.at(-1) ?? '';
  const whole = answer === '' || says(last, answer) ? last || picture : sentence(`${last} The answer is ${answer}`);
  return [...early, whole];
}

export default rules<HintRequest, Hint>((request) => {
  const rungs = ladder(request);
  const given = new Set((request.given ?? []).map(sentence));
  const next = rungs.findIndex((hint) => !given.has(hint));
  const at = next < 0 ? rungs.length - 1 : Math.max(next, Math.min((request.given ?? []).length, rungs.length - 1));
  const hint = rungs[at] ?? topicOf(request.concept).picture;
  return {
    hint,
    level: at + 1,
    last: at === rungs.length - 1,
    revealsAnswer: tidy(request.answer) !== '' && says(hint, tidy(request.answer)) && !says(request.question, tidy(request.answer)),
  };
});
