/** Whether an answer is right, nearly right, or shows a misconception. */
import { rules } from 'continuo';
import { distance } from '../../../english/closeness.ts';
import { tidy } from '../../../english/text.ts';
import { keyWords, plainAnswer, sameAnswer, valueOf } from './tutoring/comparing.ts';

export interface AnswerToCheck {
  readonly question: string;
  readonly kind: 'number' | 'choice' | 'text';
  readonly expected: string;
  readonly accepted?: readonly string[];
  readonly given: string;
  readonly mistakes?: readonly { readonly answer: string; readonly misconception: string }[];
  readonly concept?: string;
  readonly gradeLevel?: number;
}

export interface CheckedAnswer {
  readonly correct: boolean;
  readonly score: number;
  readonly close: boolean;
  readonly misconception: string | null;
  readonly reason: string;
  readonly understood: string;
}

const wrong = (understood: string, reason: string, misconception: string | null = null): CheckedAnswer => ({
  correct: false,
  score: 0,
  close: false,
  misconception,
  reason,
  understood,
});

/** The choice that a letter or a place names: "b", "B)", "2.". */
function byLetter(given: string, question: AnswerToCheck): string {
  const choices = [question.expected, ...(question.mistakes ?? []).map(({ answer }) => answer)];
  const plain = plainAnswer(given);
  return (
    choices.find(
      (choice) =>
        plainAnswer(choice) === plain.replace(/^(?:the |a |an )/, '') || plainAnswer(choice).replace(/^(?:the |a |an )/, '') === plain,
    ) ?? given
  );
}

function inWords(question: AnswerToCheck, understood: string): CheckedAnswer {
  const { expected, accepted = [] } = question;
  const plain = plainAnswer(understood);
  const near = [expected, ...accepted].find((form) => form.length > 3 && distance(plainAnswer(form), plain) <= (form.length > 7 ? 2 : 1));
  if (near !== undefined)
    return { ...wrong(understood, `It is nearly "${near}", but the spelling is not right yet.`), score: 0.7, close: true };
  const wanted = new Set(keyWords(expected));
  if (wanted.size < 3) return wrong(understood, 'It is another answer than the one that was asked for.');
  const said = new Set(keyWords(understood));
  const found = [...wanted].filter((word) => [...said].some((other) => other === word || (word.length > 4 && distance(word, other) <= 1)));
  const score = Math.round((found.length / wanted.size) * 100) / 100;
  const negated = /\b(?:not|never|no)\b/.test(plain) !== /\b(?:not|never|no)\b/.test(plainAnswer(expected));
  if (score >= 0.6 && !negated)
    return { correct: true, score, close: false, misconception: null, reason: 'It says what matters.', understood };
  if (score >= 0.3)
    return {
      ...wrong(
        understood,
        negated ? 'It has the right words, but says the opposite.' : 'A part of it is there, and something that matters is missing.',
      ),
      score: negated ? 0.2 : score,
      close: !negated,
    };
  return wrong(understood, 'What matters for the answer is not in it.');
}

export default rules<AnswerToCheck, CheckedAnswer>((question) => {
  const { expected, accepted = [], mistakes = [], kind } = question;
  const understood = tidy(kind === 'choice' ? byLetter(question.given, question) : question.given);
  if (understood === '') return wrong('', 'No answer was given.');
  if ([expected, ...accepted].some((form) => sameAnswer(understood, form))) {
    return { correct: true, score: 1, close: false, misconception: null, reason: `"${understood}" is the right answer.`, understood };
  }
  const mistake = mistakes.find(({ answer }) => sameAnswer(understood, answer));
  if (mistake !== undefined) return wrong(understood, `The answer shows a misconception: ${mistake.misconception}.`, mistake.misconception);
  if (kind === 'text') return inWords(question, understood);
  if (kind === 'choice') return wrong(understood, 'It is not the right choice.');
  const [value, right] = [valueOf(understood), valueOf(expected)];
  if (value === undefined) return wrong(understood, 'A number was asked for, and none was found in the answer.');
  if (right !== undefined && value === -right && right !== 0)
    return { ...wrong(understood, 'The size is right, and the sign is not.', 'sign error'), close: true };
  if (right !== undefined && right !== 0 && [10, 100, 0.1, 0.01].some((factor) => Math.abs(value - right * factor) < 1e-9)) {
    return wrong(understood, 'The digits are right, and their places are not.', 'place value: a factor of ten');
  }
  const close = right !== undefined && Math.abs(value - right) === 1 && Math.abs(right) > 5;
  return { ...wrong(understood, close ? 'It is only one away.' : 'It is another number than the right one.'), close };
});
