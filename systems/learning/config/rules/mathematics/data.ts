/** Means, medians and chances. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { isHard, scaled } from '../activities/level.ts';
import { otherForms, written } from './numbers.ts';

const subjects = ['goals in the last matches', 'pages read each day', 'birds counted each morning', 'points in the last games'];

export function mean(level: Level, chance: RulesContext): Exercise {
  const count = scaled(level, 3, 6);
  const top = scaled(level, 8, 60);
  const values = Array.from({ length: count - 1 }, () => between(chance, 1, top));
  const before = values.reduce((sum, value) => sum + value, 0);
  const last = between(chance, 1, top);
  const all = [...values, last + ((count - ((before + last) % count)) % count)];
  const sum = all.reduce((total, value) => total + value, 0);
  const answer = sum / count;
  const middle = [...all].sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
  return {
    question: `These are the ${oneOf(chance, subjects)}: ${all.join(', ')}. What is the mean?`,
    kind: 'number',
    answer: String(answer),
    working: `(${all.join(' + ')}) / ${count}`,
    hints: ['The mean shares everything out equally.', `Add all ${count} numbers, then divide by how many there are.`],
    explanation: `${all.join(' + ')} = ${sum}, and ${sum} ÷ ${count} = ${answer}.`,
    mistakes: [
      { answer: String(sum), misconception: 'added the numbers but did not divide' },
      ...(middle === answer || middle === sum
        ? []
        : [{ answer: String(middle), misconception: 'gave the middle number, which is the median' }]),
    ],
  };
}

export function median(level: Level, chance: RulesContext): Exercise {
  const count = scaled(level, 3, 9) | 1;
  const top = scaled(level, 12, 90);
  const values = Array.from({ length: count }, () => between(chance, 1, top));
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(count / 2);
  const answer = sorted[middle] ?? 0;
  const unsorted = values[middle] ?? 0;
  return {
    question: `What is the median of ${values.join(', ')}?`,
    kind: 'number',
    answer: String(answer),
    working: `median(${values.join(', ')})`,
    hints: [
      'Put the numbers in order, from the smallest to the largest.',
      `There are ${count} numbers, so the median has ${middle} on each side.`,
    ],
    explanation: `In order: ${sorted.join(', ')}. The one in the middle is ${answer}.`,
    mistakes:
      unsorted === answer ? [] : [{ answer: String(unsorted), misconception: 'took the middle of the list without putting it in order' }],
  };
}

export function probability(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 4, 14);
  const [red, blue, green] = [between(chance, 1, top), between(chance, 1, top), isHard(level) ? between(chance, 1, top) : 0];
  const all = red + blue + green;
  const answer = written(red, all);
  const bag = green === 0 ? `${red} red and ${blue} blue` : `${red} red, ${blue} blue and ${green} green`;
  return {
    question: `In a bag there are ${bag} balls. You take one without looking. What is the probability that it is red? Give a fraction in lowest terms.`,
    kind: 'number',
    answer,
    accepted: otherForms(red, all),
    working: `${red} / (${red} + ${blue}${green === 0 ? '' : ` + ${green}`})`,
    hints: [
      'Probability compares what you are looking for with everything that can happen.',
      `There are ${all} balls altogether, and each is equally likely.`,
    ],
    explanation: `${red} of the ${all} balls ${red === 1 ? 'is' : 'are'} red, so the probability is ${red}/${all}${answer === `${red}/${all}` ? '' : ` = ${answer}`}.`,
    mistakes: [{ answer: written(red, all - red), misconception: 'compared red with the others instead of with all the balls' }].filter(
      (mistake) => mistake.answer !== answer,
    ),
  };
}
