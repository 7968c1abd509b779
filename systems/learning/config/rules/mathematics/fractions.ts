/** Fractions: of an amount, equal ones, comparing, and the four operations. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';
import type { Exercise, Level, Mistake } from '../activities/exercise.ts';
import { isEasy, isHard, scaled } from '../activities/level.ts';
import { gcd, lcm, otherForms, written } from './numbers.ts';

interface Proper {
  readonly top: number;
  readonly bottom: number;
}

/** A fraction below one, in its lowest terms. */
function proper(bottom: number, chance: RulesContext): Proper {
  const tops = Array.from({ length: bottom - 1 }, (_, index) => index + 1).filter((top) => gcd(top, bottom) === 1);
  return { top: oneOf(chance, tops), bottom };
}

function pair(level: Level, chance: RulesContext): readonly [Proper, Proper] {
  const top = scaled(level, 5, 14);
  const bottom = between(chance, Math.max(3, Math.ceil(top / 2)), top);
  if (isEasy(level)) {
    const one = proper(bottom, chance);
    return [one, proper(bottom, chance)];
  }
  const others = Array.from({ length: top - 1 }, (_, index) => index + 2).filter((other) =>
    isHard(level) ? other % bottom !== 0 && bottom % other !== 0 : other !== bottom && (other % bottom === 0 || bottom % other === 0),
  );
  return [proper(bottom, chance), proper(others.length === 0 ? bottom * 2 : oneOf(chance, others), chance)];
}

const name = ({ top, bottom }: Proper): string => `${top}/${bottom}`;

function different(mistakes: readonly Mistake[], answer: string): readonly Mistake[] {
  return mistakes.filter(
    (mistake, at) => mistake.answer !== answer && mistakes.findIndex((other) => other.answer === mistake.answer) === at,
  );
}

/** As it comes out of the calculation, and then in lowest terms. */
function chain(top: number, bottom: number): string {
  const lowest = written(top, bottom);
  return lowest === `${top}/${bottom}` ? lowest : `${top}/${bottom} = ${lowest}`;
}

function ofAdding(a: Proper, b: Proper, sign: 1 | -1): Exercise {
  const common = lcm(a.bottom, b.bottom);
  const [first, second] = [(a.top * common) / a.bottom, (b.top * common) / b.bottom];
  const top = first + sign * second;
  const answer = written(top, common);
  const [symbol, plain, doing] = sign === 1 ? (['+', '+', 'Add'] as const) : (['−', '-', 'Subtract'] as const);
  const same = a.bottom === b.bottom;
  const whole = written(a.top + sign * b.top, sign === 1 ? a.bottom + b.bottom : Math.abs(a.bottom - b.bottom) || a.bottom);
  return {
    question: `What is ${name(a)} ${symbol} ${name(b)}? Give the answer in lowest terms.`,
    kind: 'number',
    answer,
    accepted: otherForms(top, common),
    working: `${name(a)} ${plain} ${name(b)}`,
    hints: [
      same
        ? 'The denominators are the same: the pieces have the same size.'
        : 'The pieces have different sizes. First make the denominators the same.',
      same ? `${doing} the numerators and keep the denominator.` : `A common denominator of ${a.bottom} and ${b.bottom} is ${common}.`,
      ...(same
        ? []
        : [`Write both with the denominator ${common}. Then ${doing.toLowerCase()} the numerators and leave the denominator alone.`]),
    ],
    explanation: `${same ? `The denominator stays ${common}` : `${name(a)} = ${first}/${common} and ${name(b)} = ${second}/${common}`}. ${first} ${symbol} ${second} = ${top}, so the answer is ${chain(top, common)}.`,
    mistakes: different(
      [
        {
          answer: whole,
          misconception:
            sign === 1 ? 'added the denominators as well as the numerators' : 'subtracted the denominators as well as the numerators',
        },
        ...(same
          ? []
          : [{ answer: written(a.top + sign * b.top, common), misconception: 'changed the denominators but not the numerators' }]),
      ],
      answer,
    ),
  };
}

export function addingFractions(level: Level, chance: RulesContext): Exercise {
  const [a, b] = pair(level, chance);
  return ofAdding(a, b, 1);
}

export function subtractingFractions(level: Level, chance: RulesContext): Exercise {
  const [one, other] = pair(level, chance);
  const difference = one.top * other.bottom - other.top * one.bottom;
  if (difference === 0) return ofAdding({ top: one.bottom - 1, bottom: one.bottom }, { top: 1, bottom: one.bottom }, -1);
  return difference > 0 ? ofAdding(one, other, -1) : ofAdding(other, one, -1);
}

export function multiplyingFractions(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 4, 12);
  const a = proper(between(chance, 3, top), chance);
  const b = proper(between(chance, 2, top), chance);
  const answer = written(a.top * b.top, a.bottom * b.bottom);
  return {
    question: `What is ${name(a)} × ${name(b)}? Give the answer in lowest terms.`,
    kind: 'number',
    answer,
    accepted: otherForms(a.top * b.top, a.bottom * b.bottom),
    working: `(${name(a)}) * (${name(b)})`,
    hints: [
      'Taking a fraction of a fraction makes it smaller.',
      'Multiply the numerators with each other, and the denominators with each other. Then reduce.',
    ],
    explanation: `${a.top} × ${b.top} = ${a.top * b.top} and ${a.bottom} × ${b.bottom} = ${a.bottom * b.bottom}, so the product is ${chain(a.top * b.top, a.bottom * b.bottom)}.`,
    mistakes: different(
      [
        { answer: written(a.top * b.bottom, a.bottom * b.top), misconception: 'turned the second fraction over, as for dividing' },
        { answer: written(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom), misconception: 'added instead of multiplying' },
      ],
      answer,
    ),
  };
}

export function dividingFractions(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 4, 12);
  const a = proper(between(chance, 3, top), chance);
  const b = proper(between(chance, 2, top), chance);
  const answer = written(a.top * b.bottom, a.bottom * b.top);
  return {
    question: `What is ${name(a)} ÷ ${name(b)}? Give the answer in lowest terms.`,
    kind: 'number',
    answer,
    accepted: otherForms(a.top * b.bottom, a.bottom * b.top),
    working: `(${name(a)}) / (${name(b)})`,
    hints: [
      `Ask: how many times does ${name(b)} fit into ${name(a)}?`,
      `Dividing by ${name(b)} is the same as multiplying by ${b.bottom}/${b.top}.`,
    ],
    explanation: `${name(a)} ÷ ${name(b)} = ${name(a)} × ${b.bottom}/${b.top} = ${chain(a.top * b.bottom, a.bottom * b.top)}.`,
    mistakes: different(
      [
        { answer: written(a.top * b.top, a.bottom * b.bottom), misconception: 'multiplied without turning the second fraction over' },
        { answer: written(a.bottom * b.top, a.top * b.bottom), misconception: 'turned the first fraction over instead of the second' },
      ],
      answer,
    ),
  };
}

export function fractionOfAmount(level: Level, chance: RulesContext): Exercise {
  const bottom = between(chance, 2, scaled(level, 4, 12));
  const top = isEasy(level) || bottom === 2 ? 1 : between(chance, 2, bottom - 1);
  const part = between(chance, 2, scaled(level, 5, 60));
  const whole = part * bottom;
  return {
    question: `What is ${top}/${bottom} of ${whole}?`,
    kind: 'number',
    answer: String(part * top),
    working: `${top} / ${bottom} * ${whole}`,
    hints: [
      `Cut ${whole} into ${bottom} equal parts.`,
      top === 1 ? `How large is one part: ${whole} ÷ ${bottom}?` : `Work out how large one part is, and take ${top} of them.`,
    ],
    explanation: `One part is ${whole} ÷ ${bottom} = ${part}.${top === 1 ? ` So 1/${bottom} of ${whole} is ${part}.` : ` ${top} parts are ${top} × ${part} = ${part * top}.`}`,
    mistakes: different(
      [
        { answer: String(part), misconception: `found one part only, not ${top} of them` },
        { answer: String(whole - bottom), misconception: 'subtracted the denominator instead of dividing by it' },
      ],
      String(part * top),
    ),
  };
}

export function equalFractions(level: Level, chance: RulesContext): Exercise {
  const small = proper(between(chance, 2, scaled(level, 5, 12)), chance);
  const factor = between(chance, 2, scaled(level, 3, 12));
  const answer = String(small.top * factor);
  return {
    question: `Which number is missing? ${name(small)} = ?/${small.bottom * factor}`,
    kind: 'number',
    answer,
    working: `${small.top} * ${small.bottom * factor} / ${small.bottom}`,
    hints: [
      'Whatever happens to the denominator must happen to the numerator.',
      `By what was ${small.bottom} multiplied to become ${small.bottom * factor}?`,
    ],
    explanation: `${small.bottom} × ${factor} = ${small.bottom * factor}, so the numerator is multiplied by ${factor} too: ${small.top} × ${factor} = ${answer}.`,
    mistakes: different(
      [
        {
          answer: String(small.top + small.bottom * factor - small.bottom),
          misconception: 'added the same number above and below instead of multiplying',
        },
        { answer: String(small.top), misconception: 'left the numerator as it was' },
      ],
      answer,
    ),
  };
}

export function comparingFractions(level: Level, chance: RulesContext): Exercise {
  let [a, b] = pair(level, chance);
  if (a.top * b.bottom === b.top * a.bottom)
    [a, b] = [
      { top: 1, bottom: a.bottom },
      { top: 1, bottom: a.bottom + 1 },
    ];
  const larger = a.top * b.bottom > b.top * a.bottom ? a : b;
  const smaller = larger === a ? b : a;
  const common = lcm(a.bottom, b.bottom);
  const answer = name(larger);
  return {
    question: `Which fraction is larger, ${name(a)} or ${name(b)}?`,
    kind: 'choice',
    choices: [name(a), name(b)],
    answer,
    hints:
      a.bottom === b.bottom
        ? ['The pieces have the same size. Who has more of them?', 'Compare the numerators.']
        : [
            'Bring both to the same denominator, or compare each with one half.',
            `Both can be written with the denominator ${common}. Then the numerators decide.`,
          ],
    explanation: `${name(larger)} = ${(larger.top * common) / larger.bottom}/${common} and ${name(smaller)} = ${(smaller.top * common) / smaller.bottom}/${common}, so ${answer} is larger.`,
    mistakes: [
      {
        answer: name(smaller),
        misconception:
          smaller.bottom > larger.bottom
            ? 'took the larger denominator for the larger fraction'
            : 'compared numerators and denominators one by one',
      },
    ],
  };
}
