/** What a digit is worth, and rounding. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { byGrade, scaled } from '../activities/level.ts';

const names = ['ones', 'tens', 'hundreds', 'thousands', 'ten thousands', 'hundred thousands'];

/** A number with that many digits, none of them alike, and no zero. */
function withDigits(count: number, chance: RulesContext): number {
  return Number(chance.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]).slice(0, count).join(''));
}

export function placeValue(level: Level, chance: RulesContext): Exercise {
  const most = byGrade(level, [2, 3, 4, 5, 6] as const);
  const digits = Math.max(2, Math.round(most - 1 + level.difficulty));
  const number = withDigits(digits, chance);
  const place = between(chance, 1, digits - 1);
  const unit = 10 ** place;
  const digit = Math.floor(number / unit) % 10;
  return {
    question: `What is the digit ${digit} worth in ${number}?`,
    kind: 'number',
    answer: String(digit * unit),
    working: `${digit} * ${unit}`,
    hints: ['Count the places from the right: ones, tens, hundreds …', `The ${digit} stands in the place of the ${names[place] ?? ''}.`],
    explanation: `In ${number} the ${digit} stands in the place of the ${names[place] ?? ''}, so it is worth ${digit} × ${unit} = ${digit * unit}.`,
    mistakes: [
      { answer: String(digit), misconception: 'gave the digit itself, not what its place makes of it' },
      { answer: String(digit * unit * 10), misconception: 'counted one place too many' },
      { answer: String((digit * unit) / 10), misconception: 'counted one place too few' },
    ].filter((mistake, at, all) => all.findIndex(({ answer }) => answer === mistake.answer) === at),
  };
}

export function rounding(level: Level, chance: RulesContext): Exercise {
  const units = byGrade(level, [[10], [10], [10, 100], [10, 100, 1000], [100, 1000], [1000, 10000]] as const);
  const unit = level.difficulty < 0.5 ? units[0] : oneOf(chance, units);
  const number = between(chance, unit + 1, unit * scaled(level, 8, 95));
  const below = Math.floor(number / unit) * unit;
  const answer = Math.round(number / unit) * unit;
  const other = answer === below ? below + unit : below;
  return {
    question: `Round ${number} to the nearest ${unit}.`,
    kind: 'number',
    answer: String(answer),
    working: `floor(${number} / ${unit} + 0.5) * ${unit}`,
    hints: [
      `Between which two multiples of ${unit} does ${number} lie?`,
      `The half-way mark is ${below + unit / 2}. On which side of it is ${number}? Half-way itself is rounded up.`,
    ],
    explanation:
      number % unit === 0
        ? `${number} is a multiple of ${unit} already, so it stays ${answer}.`
        : `${number} lies between ${below} and ${below + unit}. It is ${number < below + unit / 2 ? 'below' : 'not below'} the half-way mark ${below + unit / 2}, so it becomes ${answer}.`,
    mistakes:
      number % unit === 0
        ? []
        : [
            {
              answer: String(other),
              misconception:
                number < below + unit / 2
                  ? 'rounded up although the number is below half-way'
                  : 'rounded down although the number is not below half-way',
            },
          ],
  };
}
