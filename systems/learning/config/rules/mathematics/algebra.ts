/** Negative numbers, powers and equations. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';
import type { Exercise, Level, Mistake } from '../activities/exercise.ts';
import { isEasy, isHard, scaled } from '../activities/level.ts';
import { added, signed } from './numbers.ts';

const without = (mistakes: readonly Mistake[], answer: number): readonly Mistake[] =>
  mistakes.filter(
    (mistake, at) => mistake.answer !== signed(answer) && mistakes.findIndex((other) => other.answer === mistake.answer) === at,
  );

const bracketed = (value: number): string => (value < 0 ? `(${signed(value)})` : String(value));

export function negativeNumbers(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 8, 60);
  const a = between(chance, 2, top) * (chance.random() < 0.5 ? -1 : 1);
  const b = a < 0 && isEasy(level) ? between(chance, 1, top) : -between(chance, 2, top);
  if (isHard(level)) return negativeProduct(a, -Math.abs(b % 12) - 2);
  const minus = !isEasy(level);
  const answer = minus ? a - b : a + b;
  return {
    question: `What is ${signed(a)} ${minus ? '−' : '+'} ${bracketed(b)}?`,
    kind: 'number',
    answer: signed(answer),
    working: `${a} ${minus ? '-' : '+'} (${b})`,
    hints: [
      'Think of a number line, or of a thermometer.',
      minus
        ? 'Taking away a negative number is the same as adding the positive one.'
        : b < 0
          ? 'Adding a negative number means going down.'
          : 'Adding a positive number means going up.',
    ],
    explanation: `${signed(a)} ${minus ? '−' : '+'} ${bracketed(b)} is ${signed(a)} ${added(minus ? -b : b)} = ${signed(answer)}.`,
    mistakes: without(
      [
        { answer: signed(minus ? a + b : a - b), misconception: 'sign error: two signs that meet were read the wrong way' },
        { answer: signed(-answer), misconception: 'sign error: the size is right, and the sign is not' },
      ],
      answer,
    ),
  };
}

function negativeProduct(a: number, b: number): Exercise {
  const answer = a * b;
  return {
    question: `What is ${bracketed(a)} × ${bracketed(b)}?`,
    kind: 'number',
    answer: signed(answer),
    working: `(${a}) * (${b})`,
    hints: [
      'Work out the size first and the sign afterwards.',
      'Two different signs give a negative product, two equal signs a positive one.',
    ],
    explanation: `${Math.abs(a)} × ${Math.abs(b)} = ${Math.abs(answer)}, and the signs are ${a < 0 ? 'equal' : 'different'}, so the product is ${signed(answer)}.`,
    mistakes: without(
      [
        { answer: signed(-answer), misconception: 'sign error: equal signs give plus, different signs give minus' },
        { answer: signed(a + b), misconception: 'added instead of multiplying' },
      ],
      answer,
    ),
  };
}

export function powers(level: Level, chance: RulesContext): Exercise {
  const exponent = isEasy(level) ? 2 : isHard(level) ? between(chance, 3, 4) : oneOf(chance, [2, 3]);
  const base = between(chance, 2, exponent === 2 ? scaled(level, 8, 15) : exponent === 3 ? scaled(level, 3, 9) : 5);
  const answer = base ** exponent;
  const long = Array.from({ length: exponent }, () => base).join(' × ');
  const raised = ['', '', '²', '³', '⁴'][exponent] ?? '';
  return {
    question: `What is ${base}${raised}?`,
    kind: 'number',
    answer: String(answer),
    working: Array.from({ length: exponent }, () => base).join(' * '),
    hints: [
      'The small number says how many times the large one is a factor.',
      `Write it out with ${exponent} factors, each of them ${base}.`,
    ],
    explanation: `${base}${raised} = ${long} = ${answer}.`,
    mistakes: without(
      [
        { answer: String(base * exponent), misconception: 'multiplied the base by the exponent' },
        { answer: String(base ** (exponent - 1)), misconception: 'one factor too few' },
      ],
      answer,
    ),
  };
}

export function equation(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 8, 24);
  const x = between(chance, 2, top) * (isHard(level) && level.grade >= 7 && chance.random() < 0.4 ? -1 : 1);
  if (isEasy(level)) return oneStep(x, between(chance, 2, top));
  const a = between(chance, 2, 9);
  const b = between(chance, 1, top) * (chance.random() < 0.4 ? -1 : 1);
  return isHard(level) && level.grade >= 7 ? bothSides(x, a, b, between(chance, 1, a - 1)) : twoSteps(x, a, b);
}

function oneStep(x: number, b: number): Exercise {
  return {
    question: `Solve for x: x + ${b} = ${x + b}`,
    kind: 'number',
    answer: signed(x),
    accepted: [`x = ${signed(x)}`],
    working: `${x + b} - ${b}`,
    hints: ['What was done to x? Undo it, on both sides.', `Take ${b} away on both sides.`],
    explanation: `Take ${b} from both sides: x = ${x + b} − ${b} = ${x}.`,
    mistakes: without([{ answer: String(x + 2 * b), misconception: `added ${b} instead of taking it away` }], x),
  };
}

function twoSteps(x: number, a: number, b: number): Exercise {
  const right = a * x + b;
  return {
    question: `Solve for x: ${a}x ${added(b)} = ${signed(right)}`,
    kind: 'number',
    answer: signed(x),
    accepted: [`x = ${signed(x)}`],
    working: `(${right} - (${b})) / ${a}`,
    hints: [
      'Undo what was done to x, the last thing first.',
      `First ${b < 0 ? `add ${-b} to` : `take ${b} from`} both sides. What stands before x is undone by dividing.`,
    ],
    explanation: `${b < 0 ? `Add ${-b} to` : `Take ${b} from`} both sides: ${a}x = ${signed(right - b)}. Divide by ${a}: x = ${signed(x)}.`,
    mistakes: without(
      [
        ...((right + b) % a === 0
          ? [{ answer: signed((right + b) / a), misconception: 'sign error: moved the number to the other side without changing its sign' }]
          : []),
        { answer: signed(right - b), misconception: `forgot to divide by ${a}` },
        { answer: signed(right - b - a), misconception: `subtracted ${a} instead of dividing by it` },
      ],
      x,
    ),
  };
}

function bothSides(x: number, a: number, b: number, c: number): Exercise {
  const d = (a - c) * x + b;
  const [left, right] = [`${a}x ${added(b)}`, `${c === 1 ? '' : c}x ${added(d)}`];
  return {
    question: `Solve for x: ${left} = ${right}`,
    kind: 'number',
    answer: signed(x),
    accepted: [`x = ${signed(x)}`],
    working: `(${d} - (${b})) / (${a} - ${c})`,
    hints: ['Bring all the x to one side and all the numbers to the other.', `Take ${c === 1 ? '' : c}x from both sides first.`],
    explanation: `Take ${c === 1 ? '' : c}x from both sides: ${a - c === 1 ? '' : a - c}x ${added(b)} = ${signed(d)}. ${b < 0 ? `Add ${-b}` : `Take ${b} away`}: ${a - c === 1 ? '' : a - c}x = ${signed(d - b)}${a - c === 1 ? '' : `. Divide by ${a - c}: x = ${signed(x)}`}.`,
    mistakes: without(
      [
        ...((d - b) % (a + c) === 0
          ? [
              {
                answer: signed((d - b) / (a + c)),
                misconception: 'sign error: added the x terms instead of subtracting one from the other',
              },
            ]
          : []),
        { answer: signed(-x), misconception: 'sign error at the end' },
      ],
      x,
    ),
  };
}
