/** Decimals, percentages and ratios. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { isEasy, isHard, scaled } from '../activities/level.ts';
import { decimal, gcd } from './numbers.ts';

export function decimalAddition(level: Level, chance: RulesContext): Exercise {
  const places = isEasy(level) ? 1 : 2;
  const other = isHard(level) ? 1 : places;
  const top = scaled(level, 30, 400) * (places === 1 ? 1 : 10);
  const a = between(chance, Math.ceil(top / 3), top) | 1;
  const b = (between(chance, Math.ceil(top / 4), top) | 1) * (other < places ? 10 : 1);
  const sum = a + b;
  const slip = other < places ? a + b / 10 : undefined;
  return {
    question: `What is ${decimal(a, places)} + ${decimal(b, places)}?`,
    kind: 'number',
    answer: decimal(sum, places),
    working: `${decimal(a, places)} + ${decimal(b, places)}`,
    hints: [
      'Write the numbers under each other so that the points stand in one line.',
      'Fill empty places with zeros, then add from the right as with whole numbers.',
    ],
    explanation: `With the points in line: ${decimal(a, places)} + ${decimal(b, places)} = ${decimal(sum, places)}.`,
    mistakes:
      slip === undefined
        ? []
        : [{ answer: decimal(slip, places), misconception: 'lined the numbers up at their last digit instead of at the point' }],
  };
}

export function decimalMultiplication(level: Level, chance: RulesContext): Exercise {
  const [pa, pb] = isEasy(level) ? [1, 0] : isHard(level) ? [2, 1] : [1, 1];
  const a = between(chance, 11, scaled(level, 30, 250)) | 1;
  const b = between(chance, 2, scaled(level, 6, 24));
  const tidyB = b % 10 === 0 && pb > 0 ? b + 1 : b;
  const places = pa + pb;
  const answer = decimal(a * tidyB, places);
  return {
    question: `What is ${decimal(a, pa)} × ${decimal(tidyB, pb)}?`,
    kind: 'number',
    answer,
    working: `${decimal(a, pa)} * ${decimal(tidyB, pb)}`,
    hints: ['Multiply first as if there were no points.', `Then count the digits after the points in both numbers together: ${places}.`],
    explanation: `${a} × ${tidyB} = ${a * tidyB}. Together there ${places === 1 ? 'is 1 digit' : `are ${places} digits`} after the points, so the answer is ${answer}.`,
    mistakes: [
      { answer: decimal(a * tidyB, places - 1), misconception: 'put the point one place too far to the right' },
      { answer: decimal(a * tidyB, places + 1), misconception: 'put the point one place too far to the left' },
    ],
  };
}

export function comparingDecimals(level: Level, chance: RulesContext): Exercise {
  const whole = between(chance, 0, scaled(level, 2, 20));
  const tenth = between(chance, 3, 9);
  const longer = isHard(level) ? between(chance, 111, tenth * 100 - 1) : between(chance, 11, tenth * 10 - 1);
  const places = isHard(level) ? 3 : 2;
  const uneven = longer % 10 === 0 ? longer - 1 : longer;
  const large = decimal(whole * 10 + tenth, 1);
  const small = decimal(whole * 10 ** places + uneven, places);
  const choices = chance.shuffle([large, small]);
  return {
    question: `Which number is larger, ${choices[0]} or ${choices[1]}?`,
    kind: 'choice',
    choices,
    answer: large,
    hints: [
      'Look at the first digit after the point. It counts tenths.',
      'A longer number is not always a larger one: write zeros behind the shorter one until both are equally long.',
    ],
    explanation: `${large} has ${tenth} tenths and ${small} has ${Math.floor(uneven / 10 ** (places - 1))}, so ${large} is larger.`,
    mistakes: [{ answer: small, misconception: 'took the longer decimal for the larger one' }],
  };
}

export function percentOf(level: Level, chance: RulesContext): Exercise {
  const percent = oneOf(
    chance,
    isEasy(level) ? [10, 25, 50] : isHard(level) ? [3, 7, 12, 18, 35, 45, 65, 85] : [5, 15, 20, 30, 40, 60, 75, 80],
  );
  const step = 100 / gcd(100, percent);
  const whole = step * between(chance, 2, Math.max(3, Math.round(scaled(level, 120, 1200) / step)));
  const answer = (whole * percent) / 100;
  return {
    question: `What is ${percent} % of ${whole}?`,
    kind: 'number',
    answer: String(answer),
    working: `${percent} / 100 * ${whole}`,
    hints: [
      'Per cent means: of every hundred.',
      percent % 10 === 0
        ? `Find 10 % of ${whole} first, by dividing by 10.`
        : `Find 1 % or 10 % of ${whole} first and build ${percent} % from it.`,
    ],
    explanation: `1 % of ${whole} is ${decimal(whole, 2)}. ${percent} % is ${percent} times as much: ${answer}.`,
    mistakes: [
      { answer: String(whole - percent), misconception: 'subtracted the percentage as if it were a number' },
      { answer: decimal(whole, 2), misconception: 'found 1 % only' },
    ].filter((mistake) => mistake.answer !== String(answer)),
  };
}

export function percentChange(level: Level, chance: RulesContext): Exercise {
  const down = chance.random() < 0.5;
  const percent = oneOf(chance, isEasy(level) ? [10, 20, 50] : isHard(level) ? [8, 12, 15, 35, 45, 65] : [5, 15, 25, 30, 40]);
  const step = 100 / gcd(100, percent);
  const whole = step * between(chance, 2, Math.max(3, Math.round(scaled(level, 100, 900) / step)));
  const part = (whole * percent) / 100;
  const answer = down ? whole - part : whole + part;
  const [thing, what] = oneOf(chance, [
    ['A bicycle', 'costs'],
    ['A tent', 'costs'],
    ['A guitar', 'costs'],
    ['A pair of skates', 'costs'],
  ] as const);
  return {
    question: `${thing} ${what} $${whole}. The price ${down ? 'falls' : 'rises'} by ${percent} %. What is the new price in dollars?`,
    kind: 'number',
    answer: String(answer),
    working: `${whole} ${down ? '-' : '+'} ${percent} / 100 * ${whole}`,
    hints: [`First find out how much ${percent} % of ${whole} is.`, `Then ${down ? 'take it away from' : 'add it to'} the old price.`],
    explanation: `${percent} % of ${whole} is ${part}. ${whole} ${down ? '−' : '+'} ${part} = ${answer}.`,
    mistakes: [
      { answer: String(part), misconception: 'gave the change, not the new price' },
      { answer: String(down ? whole - percent : whole + percent), misconception: 'took the percentage for an amount of money' },
      { answer: String(down ? whole + part : whole - part), misconception: 'changed the price in the wrong direction' },
    ].filter((mistake) => mistake.answer !== String(answer)),
  };
}

export function sharing(level: Level, chance: RulesContext): Exercise {
  const a = between(chance, 1, scaled(level, 2, 7));
  const b = between(chance, a + 1, a + scaled(level, 2, 7));
  const part = between(chance, 2, scaled(level, 5, 40));
  const whole = part * (a + b);
  const [one, other] = oneOf(chance, [
    ['Mira', 'Tom'],
    ['Aisha', 'Ben'],
    ['Lena', 'Omar'],
    ['Yuki', 'Paul'],
  ] as const);
  const answer = String(part * b);
  return {
    question: `${one} and ${other} share ${whole} marbles in the ratio ${a}:${b}. How many does ${other} get?`,
    kind: 'number',
    answer,
    working: `${whole} / (${a} + ${b}) * ${b}`,
    hints: ['How many equal parts are there altogether?', `There are ${a + b} parts. How many marbles are in one part?`],
    explanation: `${a} + ${b} = ${a + b} parts, and ${whole} ÷ ${a + b} = ${part} in each. ${other} gets ${b} parts: ${b} × ${part} = ${answer}.`,
    mistakes: [
      { answer: String(part * a), misconception: 'gave the other share' },
      { answer: String(Math.floor(whole / b)), misconception: 'divided by one side of the ratio instead of by all parts' },
      { answer: String(part), misconception: 'gave one part only' },
    ].filter((mistake, at, all) => mistake.answer !== answer && all.findIndex((other_) => other_.answer === mistake.answer) === at),
  };
}

export function scaling(level: Level, chance: RulesContext): Exercise {
  const people = between(chance, 2, scaled(level, 3, 8));
  const each = between(chance, 2, scaled(level, 4, 30)) * (isHard(level) ? 5 : 1);
  const more = people + between(chance, 1, scaled(level, 3, 9));
  const answer = String(each * more);
  const unit = isHard(level) ? 'grams of' : 'spoons of';
  const food = oneOf(chance, ['flour', 'rice', 'sugar', 'oats']);
  return {
    question: `A recipe for ${people} people needs ${each * people} ${unit} ${food}. How many ${unit} ${food} are needed for ${more} people?`,
    kind: 'number',
    answer,
    working: `${each * people} / ${people} * ${more}`,
    hints: ['How much does one person need?', `Divide ${each * people} by ${people}, then think of ${more} people.`],
    explanation: `One person needs ${each * people} ÷ ${people} = ${each}. For ${more} people that is ${more} × ${each} = ${answer}.`,
    mistakes: [
      { answer: String(each * people + more - people), misconception: 'added the number of extra people instead of scaling' },
      { answer: String(each * people * more), misconception: 'multiplied without finding out first what one person needs' },
    ].filter((mistake) => mistake.answer !== answer),
  };
}
