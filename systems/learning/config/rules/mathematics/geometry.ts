/** Lengths, areas, volumes and angles. */
import type { RulesContext } from 'continuo';
import { between } from '../../../../english/chance.ts';
import type { Exercise, Level, Mistake } from '../activities/exercise.ts';
import { isHard, scaled } from '../activities/level.ts';

function sides(level: Level, chance: RulesContext): readonly [number, number] {
  const top = scaled(level, 6, 48);
  const a = between(chance, Math.max(3, Math.ceil(top / 2)), top);
  return [a, between(chance, 2, a - 1)];
}

const others = (mistakes: readonly Mistake[], answer: number): readonly Mistake[] =>
  mistakes.filter(
    (mistake, at) => mistake.answer !== String(answer) && mistakes.findIndex((other) => other.answer === mistake.answer) === at,
  );

export function perimeter(level: Level, chance: RulesContext): Exercise {
  const [a, b] = sides(level, chance);
  const answer = 2 * (a + b);
  return {
    question: `A rectangle is ${a} cm long and ${b} cm wide. What is its perimeter in cm?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} cm`],
    working: `2 * (${a} + ${b})`,
    hints: ['The perimeter is the way once around.', 'There are two long sides and two short ones.'],
    explanation: `Once around is ${a} + ${b} + ${a} + ${b} = ${answer} cm.`,
    mistakes: others(
      [
        { answer: String(a * b), misconception: 'found the area instead of the perimeter' },
        { answer: String(a + b), misconception: 'added only two of the four sides' },
      ],
      answer,
    ),
  };
}

export function rectangleArea(level: Level, chance: RulesContext): Exercise {
  const [a, b] = sides(level, chance);
  if (isHard(level) && b > 3) return lShape(a, b, chance);
  const answer = a * b;
  return {
    question: `A rectangle is ${a} cm long and ${b} cm wide. What is its area in square centimetres?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} cm²`],
    working: `${a} * ${b}`,
    hints: ['Area counts how many squares of 1 cm by 1 cm cover the shape.', `There are ${b} rows with ${a} squares in each.`],
    explanation: `${b} rows of ${a} squares: ${a} × ${b} = ${answer} square centimetres.`,
    mistakes: others(
      [
        { answer: String(2 * (a + b)), misconception: 'found the perimeter instead of the area' },
        { answer: String(a + b), misconception: 'added the sides instead of multiplying them' },
      ],
      answer,
    ),
  };
}

function lShape(a: number, b: number, chance: RulesContext): Exercise {
  const [c, d] = [between(chance, 1, a - 2), between(chance, 1, b - 2)];
  const answer = a * b - c * d;
  return {
    question: `From a rectangle of ${a} cm by ${b} cm a corner of ${c} cm by ${d} cm is cut out. What is the area of what is left, in square centimetres?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} cm²`],
    working: `${a} * ${b} - ${c} * ${d}`,
    hints: [
      'Work out the whole rectangle first, and then the piece that is missing.',
      `The whole is ${a} × ${b}, and the missing corner is ${c} × ${d}.`,
    ],
    explanation: `${a} × ${b} = ${a * b} for the whole and ${c} × ${d} = ${c * d} for the corner. ${a * b} − ${c * d} = ${answer} square centimetres.`,
    mistakes: others(
      [
        { answer: String(a * b), misconception: 'forgot to take the corner away' },
        { answer: String((a - c) * (b - d)), misconception: 'shortened both sides instead of taking away the corner' },
      ],
      answer,
    ),
  };
}

export function triangleArea(level: Level, chance: RulesContext): Exercise {
  const [base, first] = sides(level, chance);
  const height = (base * first) % 2 === 0 ? first : first + 1;
  const answer = (base * height) / 2;
  return {
    question: `A triangle has a base of ${base} cm and a height of ${height} cm. What is its area in square centimetres?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} cm²`],
    working: `${base} * ${height} / 2`,
    hints: ['Draw the rectangle around it with the same base and height.', 'How much of that rectangle does the triangle fill?'],
    explanation: `The rectangle around it has ${base} × ${height} = ${base * height} square centimetres, and the triangle is half of it: ${answer}.`,
    mistakes: others(
      [
        { answer: String(base * height), misconception: 'forgot to halve the rectangle' },
        { answer: String(base + height), misconception: 'added base and height' },
      ],
      answer,
    ),
  };
}

export function volume(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, 5, 25);
  const [a, b, c] = [between(chance, 2, top), between(chance, 2, top), between(chance, 2, top)];
  const answer = a * b * c;
  return {
    question: `A box is ${a} cm long, ${b} cm wide and ${c} cm high. What is its volume in cubic centimetres?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} cm³`],
    working: `${a} * ${b} * ${c}`,
    hints: [
      'How many cubes of 1 cm fit into one layer on the floor of the box?',
      `One layer has ${a} × ${b} cubes, and there are ${c} layers.`,
    ],
    explanation: `One layer holds ${a} × ${b} = ${a * b} cubes, and ${c} layers hold ${c} × ${a * b} = ${answer}.`,
    mistakes: others(
      [
        { answer: String(a + b + c), misconception: 'added the lengths instead of multiplying them' },
        { answer: String(2 * (a * b + a * c + b * c)), misconception: 'found the surface instead of the volume' },
        { answer: String(a * b), misconception: 'counted one layer only' },
      ],
      answer,
    ),
  };
}

export function missingAngle(level: Level, chance: RulesContext): Exercise {
  const step = isHard(level) ? 1 : level.difficulty < 0.3 ? 10 : 5;
  const a = between(chance, Math.ceil(30 / step), Math.floor(85 / step)) * step;
  const b = between(chance, Math.ceil(25 / step), Math.floor((150 - a) / step)) * step;
  const answer = 180 - a - b;
  return {
    question: `Two angles of a triangle are ${a}° and ${b}°. How many degrees has the third one?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer}°`, `${answer} degrees`],
    working: `180 - ${a} - ${b}`,
    hints: ['What do the three angles of every triangle make together?', `They make 180°. Two of them make ${a} + ${b}.`],
    explanation: `The angles of a triangle make 180° together. ${a}° + ${b}° = ${a + b}°, and 180° − ${a + b}° = ${answer}°.`,
    mistakes: others(
      [
        { answer: String(360 - a - b), misconception: 'counted with 360° instead of 180°' },
        { answer: String(a + b), misconception: 'added the two angles and stopped there' },
        { answer: String(180 - a), misconception: 'took away only one of the two angles' },
      ],
      answer,
    ),
  };
}
