/** Adding, subtracting, multiplying and dividing whole numbers. */
import type { RulesContext } from 'continuo';
import { between } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { byGrade, isEasy, isHard, scaled } from '../activities/level.ts';

/** Each column for itself, as if nothing were ever carried. */
function withoutCarrying(a: number, b: number): number {
  let result = 0;
  for (let unit = 1; unit <= Math.max(a, b); unit *= 10) {
    result += (((Math.floor(a / unit) % 10) + (Math.floor(b / unit) % 10)) % 10) * unit;
  }
  return result;
}

/** In each column the smaller digit from the larger one, whichever stands above. */
function withoutBorrowing(a: number, b: number): number {
  let result = 0;
  for (let unit = 1; unit <= a; unit *= 10) {
    result += Math.abs((Math.floor(a / unit) % 10) - (Math.floor(b / unit) % 10)) * unit;
  }
  return result;
}

function twoNumbers(level: Level, chance: RulesContext): readonly [number, number] {
  const [easy, hard] = byGrade(level, [
    [5, 12],
    [20, 80],
    [90, 600],
    [400, 6000],
    [2000, 60000],
    [8000, 200000],
  ] as const);
  const top = scaled(level, easy, hard);
  return [between(chance, Math.ceil(top / 2), top), between(chance, Math.ceil(top / 3), top)];
}

export function addition(level: Level, chance: RulesContext): Exercise {
  const [a, first] = twoNumbers(level, chance);
  const fits = (a % 10) + (first % 10) < 10;
  const b = isEasy(level) && !fits ? Math.max(1, first - (first % 10) + (9 - (a % 10))) : first;
  const sum = a + b;
  const slip = withoutCarrying(a, b);
  const short = sum <= 20;
  return {
    question: `What is ${a} + ${b}?`,
    kind: 'number',
    answer: String(sum),
    working: `${a} + ${b}`,
    hints: short
      ? ['Start with the larger number and count on.', `Begin at ${Math.max(a, b)} and take ${Math.min(a, b)} steps forward.`]
      : [
          'Write the numbers under each other: ones under ones, tens under tens.',
          `Add the ones first: ${a % 10} and ${b % 10}. ${(a % 10) + (b % 10) > 9 ? 'That is more than 9, so one ten moves to the next column.' : 'Then add the tens.'}`,
        ],
    explanation: short
      ? `${Math.max(a, b)} and ${Math.min(a, b)} more is ${sum}.`
      : `Add column by column from the right and carry what is above 9: ${a} + ${b} = ${sum}.`,
    mistakes: [
      ...(slip === sum ? [] : [{ answer: String(slip), misconception: 'forgot to carry the ten' }]),
      { answer: String(Math.abs(a - b)), misconception: 'subtracted instead of adding' },
      ...(short ? [{ answer: String(sum - 1), misconception: 'counted the first number too' }] : []),
    ],
  };
}

export function subtraction(level: Level, chance: RulesContext): Exercise {
  const [one, other] = twoNumbers(level, chance);
  let a = Math.max(one, other) + 1;
  let b = Math.min(one, other);
  if (isEasy(level) && a % 10 < b % 10) b -= (b % 10) - (a % 10);
  if (isHard(level) && a > 20 && a % 10 >= b % 10) a += 10 - (a % 10);
  if (isHard(level) && b % 10 === 0) b += 3;
  b = Math.max(b, 1);
  const rest = a - b;
  const slip = withoutBorrowing(a, b);
  return {
    question: `What is ${a} − ${b}?`,
    kind: 'number',
    answer: String(rest),
    working: `${a} - ${b}`,
    hints:
      a <= 20
        ? ['Count back from the first number.', `Or ask: how many steps is it from ${b} up to ${a}?`]
        : [
            'Begin with the ones. Is the digit above large enough?',
            a % 10 < b % 10
              ? `You cannot take ${b % 10} ones from ${a % 10} ones, so exchange one ten for ten ones.`
              : `Take ${b % 10} ones from ${a % 10} ones, then go on with the tens.`,
          ],
    explanation: `${a} − ${b} = ${rest}. Check it by adding: ${rest} + ${b} = ${a}.`,
    mistakes: [
      ...(slip === rest
        ? []
        : [{ answer: String(slip), misconception: 'took the smaller digit from the larger one in a column, instead of exchanging a ten' }]),
      { answer: String(a + b), misconception: 'added instead of subtracting' },
    ],
  };
}

export function multiplication(level: Level, chance: RulesContext): Exercise {
  const [easy, hard] = byGrade(level, [
    [3, 5],
    [3, 6],
    [5, 12],
    [12, 80],
    [20, 240],
    [40, 600],
  ] as const);
  const top = scaled(level, easy, hard);
  const a = between(chance, Math.max(2, Math.ceil(top / 2)), top);
  const b = between(chance, 2, level.grade >= 5 && isHard(level) ? 29 : 9);
  const tens = Math.floor(a / 10) * 10;
  return {
    question: `What is ${a} × ${b}?`,
    kind: 'number',
    answer: String(a * b),
    working: `${a} * ${b}`,
    hints:
      a > 12 || b > 12
        ? ['Split one of the numbers into tens and ones.', `Multiply ${tens} by ${b}, then ${a - tens} by ${b}, and add both.`]
        : [
            `Think of ${b} groups with ${a} in each.`,
            b === 2 ? `Double ${a}.` : `You may know ${a} × ${b - 1}. One more ${a} makes it ${b} groups.`,
          ],
    explanation:
      a > 12 && a !== tens
        ? `${tens} × ${b} = ${tens * b} and ${a - tens} × ${b} = ${(a - tens) * b}. Together that is ${a * b}.`
        : `${a} × ${b} means ${a} taken ${b} times, which is ${a * b}.`,
    mistakes: [
      { answer: String(a + b), misconception: 'added instead of multiplying' },
      { answer: String(a * (b - 1)), misconception: 'one group too few' },
      { answer: String(a * (b + 1)), misconception: 'one group too many' },
      ...(a > 12 && a !== tens ? [{ answer: String(tens * b + (a - tens)), misconception: 'multiplied the tens but not the ones' }] : []),
    ].filter(({ answer }) => answer !== String(a * b)),
  };
}

export function division(level: Level, chance: RulesContext): Exercise {
  const [easy, hard] = byGrade(level, [
    [3, 5],
    [3, 6],
    [4, 10],
    [8, 60],
    [15, 200],
    [30, 500],
  ] as const);
  const top = scaled(level, easy, hard);
  const quotient = between(chance, Math.max(2, Math.ceil(top / 2)), top);
  const by = between(chance, 2, level.grade >= 5 && isHard(level) ? 25 : 9);
  const whole = quotient * by;
  return {
    question: `What is ${whole} ÷ ${by}?`,
    kind: 'number',
    answer: String(quotient),
    working: `${whole} / ${by}`,
    hints: [
      `How many times does ${by} fit into ${whole}?`,
      `Turn it round: which number times ${by} makes ${whole}?${quotient > 12 ? ' Take away ten groups at a time.' : ''}`,
    ],
    explanation: `${quotient} × ${by} = ${whole}, so ${whole} ÷ ${by} = ${quotient}.`,
    mistakes: [
      { answer: String(whole - by), misconception: 'subtracted instead of dividing' },
      { answer: String(quotient + 1), misconception: 'one group too many' },
      { answer: String(quotient - 1), misconception: 'one group too few' },
    ],
  };
}

export function remainder(level: Level, chance: RulesContext): Exercise {
  const by = between(chance, 3, scaled(level, 5, 12));
  const quotient = between(chance, 2, scaled(level, 4, level.grade >= 5 ? 90 : 20));
  const rest = between(chance, 1, by - 1);
  const whole = quotient * by + rest;
  return {
    question: `What is the remainder of ${whole} ÷ ${by}?`,
    kind: 'number',
    answer: String(rest),
    working: `${whole} - ${by} * floor(${whole} / ${by})`,
    hints: [
      `What is the largest multiple of ${by} that is not above ${whole}?`,
      `Take that multiple of ${by} away from ${whole}. What is left?`,
    ],
    explanation: `${by} fits ${quotient} times into ${whole}: ${quotient} × ${by} = ${quotient * by}. What is left is ${whole} − ${quotient * by} = ${rest}.`,
    mistakes: [
      ...(quotient === rest ? [] : [{ answer: String(quotient), misconception: 'gave the quotient, not the remainder' }]),
      { answer: String(by - rest), misconception: 'counted up to the next multiple instead of back to the last one' },
    ].filter(({ answer }) => answer !== String(rest)),
  };
}

export function orderOfOperations(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 6, 20);
  const [a, b, c, d] = [between(chance, 2, top), between(chance, 2, top), between(chance, 2, Math.min(top, 12)), between(chance, 2, top)];
  if (isHard(level)) {
    const result = (a + b) * c - d;
    return {
      question: `What is (${a} + ${b}) × ${c} − ${d}?`,
      kind: 'number',
      answer: String(result),
      working: `(${a} + ${b}) * ${c} - ${d}`,
      hints: ['What stands in brackets comes first.', `Work out ${a} + ${b}, then multiply, and subtract at the very end.`],
      explanation: `Brackets first: ${a} + ${b} = ${a + b}. Then ${a + b} × ${c} = ${(a + b) * c}, and ${(a + b) * c} − ${d} = ${result}.`,
      mistakes: [{ answer: String(a + b * c - d), misconception: 'left the brackets out' }],
    };
  }
  const result = a + b * c;
  return {
    question: `What is ${a} + ${b} × ${c}?`,
    kind: 'number',
    answer: String(result),
    working: `${a} + ${b} * ${c}`,
    hints: ['Which comes first, adding or multiplying?', `Work out ${b} × ${c} before you add ${a}.`],
    explanation: `Multiplying comes before adding: ${b} × ${c} = ${b * c}, and ${a} + ${b * c} = ${result}.`,
    mistakes: [{ answer: String((a + b) * c), misconception: 'worked from left to right instead of multiplying first' }],
  };
}
