/** Stories with numbers. The story says what to do; no operation is named. */
import type { RulesContext } from 'continuo';
import { between, oneOf, someOf } from '../../../../english/chance.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import { byGrade, isHard, scaled } from '../activities/level.ts';
import { money } from './numbers.ts';

const names = [
  'Amira',
  'Ben',
  'Carla',
  'Dario',
  'Esra',
  'Finn',
  'Grace',
  'Hugo',
  'Ida',
  'Jonas',
  'Kofi',
  'Lina',
  'Mateo',
  'Nora',
  'Oskar',
  'Priya',
];
const kept = ['shells', 'stickers', 'stamps', 'postcards', 'badges', 'marbles', 'bottle caps', 'feathers'];
const packed = [
  ['eggs', 'box', 'boxes'],
  ['pencils', 'case', 'cases'],
  ['apples', 'crate', 'crates'],
  ['seeds', 'row', 'rows'],
  ['tiles', 'row', 'rows'],
  ['chairs', 'table', 'tables'],
] as const;

function joining(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, byGrade(level, [6, 20, 80, 400] as const), byGrade(level, [14, 70, 700, 5000] as const));
  const [who, friend] = someOf(chance, names, 2);
  const thing = oneOf(chance, kept);
  const [a, b] = [between(chance, Math.ceil(top / 2), top), between(chance, 2, Math.ceil(top / 2))];
  const gives = chance.random() < 0.5;
  const c = isHard(level) ? between(chance, 1, Math.min(a, b)) : 0;
  const answer = (gives ? a - b : a + b) + c;
  const then = c === 0 ? '' : ` Later ${who} finds ${c} more.`;
  return {
    question: gives
      ? `${who} has ${a} ${thing} and gives ${b} of them to ${friend}.${then} How many does ${who} have now?`
      : `${who} has ${a} ${thing}. ${friend} gives ${who} another ${b}.${then} How many does ${who} have now?`,
    kind: 'number',
    answer: String(answer),
    accepted: [`${answer} ${thing}`],
    working: `${a} ${gives ? '-' : '+'} ${b}${c === 0 ? '' : ` + ${c}`}`,
    hints: [
      'Tell the story in your own words. Does it become more or less?',
      gives ? `Giving away makes it less: begin with ${a} and take ${b} away.` : `Getting makes it more: begin with ${a} and add ${b}.`,
    ],
    explanation: `${a} ${gives ? '−' : '+'} ${b}${c === 0 ? '' : ` + ${c}`} = ${answer}. ${who} has ${answer} ${thing}.`,
    mistakes: [
      {
        answer: String((gives ? a + b : a - b) + c),
        misconception: gives ? 'added although something was given away' : 'subtracted although something was added',
      },
      ...(c === 0 ? [] : [{ answer: String(answer - c), misconception: 'left out the last part of the story' }]),
    ],
  };
}

function comparing(level: Level, chance: RulesContext): Exercise {
  const top = scaled(level, byGrade(level, [6, 20, 80, 400] as const), byGrade(level, [14, 70, 700, 5000] as const));
  const [who, friend] = someOf(chance, names, 2);
  const thing = oneOf(chance, kept);
  const less = between(chance, Math.ceil(top / 3), top);
  const more = less + between(chance, 2, Math.max(3, Math.ceil(top / 2)));
  return {
    question: `${who} has ${more} ${thing} and ${friend} has ${less}. How many more does ${who} have than ${friend}?`,
    kind: 'number',
    answer: String(more - less),
    working: `${more} - ${less}`,
    hints: [
      'Put both in two rows next to each other. How long is the part that stands out?',
      `How much must be added to ${less} to get to ${more}?`,
    ],
    explanation: `The difference between ${more} and ${less} is ${more} − ${less} = ${more - less}.`,
    mistakes: [{ answer: String(more + less), misconception: 'added because of the word "more"' }],
  };
}

function groups(level: Level, chance: RulesContext): Exercise {
  const [things, one, many] = oneOf(chance, packed);
  const each = between(chance, 2, scaled(level, 5, 24));
  const count = between(chance, 2, scaled(level, 6, byGrade(level, [6, 10, 12, 30] as const)));
  const whole = each * count;
  if (chance.random() < 0.5) {
    return {
      question: `There are ${count} ${many} with ${each} ${things} ${one === 'table' ? 'at' : 'in'} each ${one}. How many ${things} are there altogether?`,
      kind: 'number',
      answer: String(whole),
      working: `${count} * ${each}`,
      hints: ['Each group has the same number. What can you do instead of adding again and again?', `It is ${each}, taken ${count} times.`],
      explanation: `${count} × ${each} = ${whole} ${things}.`,
      mistakes: [{ answer: String(each + count), misconception: 'added the two numbers instead of multiplying' }].filter(
        ({ answer }) => answer !== String(whole),
      ),
    };
  }
  return {
    question: `${whole} ${things} are shared out equally among ${count} ${many}. How many ${things} does each ${one} get?`,
    kind: 'number',
    answer: String(each),
    working: `${whole} / ${count}`,
    hints: ['Sharing equally means that every group gets the same.', `Which number times ${count} makes ${whole}?`],
    explanation: `${whole} ÷ ${count} = ${each}, because ${count} × ${each} = ${whole}.`,
    mistakes: [{ answer: String(whole - count), misconception: 'subtracted instead of sharing out' }].filter(
      ({ answer }) => answer !== String(each),
    ),
  };
}

function change(level: Level, chance: RulesContext): Exercise {
  const who = oneOf(chance, names);
  const [thing, things] = oneOf(chance, [
    ['notebook', 'notebooks'],
    ['brush', 'brushes'],
    ['card', 'cards'],
    ['pencil', 'pencils'],
  ] as const);
  const count = between(chance, 2, scaled(level, 3, 8));
  const cents = between(chance, 8, scaled(level, 20, 79)) * 5;
  const note = [500, 1000, 2000, 5000].find((amount) => amount > count * cents) ?? 5000;
  const rest = note - count * cents;
  return {
    question: `One ${thing} costs ${money(cents)}. ${who} buys ${count} ${things} and pays with ${money(note)}. How many dollars does ${who} get back?`,
    kind: 'number',
    answer: money(rest).slice(1),
    accepted: [money(rest)],
    working: `${note / 100} - ${count} * ${money(cents).slice(1)}`,
    hints: [`What do all ${count} ${things} cost together?`, `Take that from ${money(note)}.`],
    explanation: `${count} × ${money(cents)} = ${money(count * cents)}, and ${money(note)} − ${money(count * cents)} = ${money(rest)}.`,
    mistakes: [
      { answer: money(note - cents).slice(1), misconception: `took the price of one ${thing} only` },
      { answer: money(count * cents).slice(1), misconception: 'gave the price, not the change' },
    ].filter(({ answer }) => answer !== money(rest).slice(1)),
  };
}

function journey(level: Level, chance: RulesContext): Exercise {
  const [what, low, high] = oneOf(chance, [
    ['A cyclist', 12, 24],
    ['A ship', 15, 35],
    ['A train', 60, 160],
    ['A coach', 40, 90],
  ] as const);
  const speed = between(chance, low, high);
  const hours = between(chance, 2, scaled(level, 3, 9));
  const way = speed * hours;
  const asksTime = isHard(level);
  return {
    question: asksTime
      ? `${what} covers ${way} km at a steady ${speed} km an hour. How many hours does it take?`
      : `${what} goes at a steady ${speed} km an hour for ${hours} hours. How many kilometres is that?`,
    kind: 'number',
    answer: String(asksTime ? hours : way),
    working: asksTime ? `${way} / ${speed}` : `${speed} * ${hours}`,
    hints: ['How far does it get in one hour?', asksTime ? `How often does ${speed} fit into ${way}?` : `That happens ${hours} times.`],
    explanation: asksTime
      ? `${way} ÷ ${speed} = ${hours} hours.`
      : `${speed} km in each of ${hours} hours: ${speed} × ${hours} = ${way} km.`,
    mistakes: [
      {
        answer: String(asksTime ? way - speed : speed + hours),
        misconception: asksTime ? 'subtracted instead of dividing' : 'added instead of multiplying',
      },
    ],
  };
}

function leftOver(level: Level, chance: RulesContext): Exercise {
  const who = oneOf(chance, names);
  const bottom = between(chance, 3, scaled(level, 4, 9));
  const part = between(chance, 2, scaled(level, 6, 40));
  const whole = part * bottom;
  const spent = between(chance, 1, Math.max(1, part - 1));
  const answer = whole - part - spent;
  return {
    question: `${who} has ${whole} beads. 1/${bottom} of them become a bracelet, and ${spent} more get lost. How many are left?`,
    kind: 'number',
    answer: String(answer),
    working: `${whole} - ${whole} / ${bottom} - ${spent}`,
    hints: [`How many beads is 1/${bottom} of ${whole}?`, `Take the bracelet from ${whole}, and then the lost ones too.`],
    explanation: `1/${bottom} of ${whole} is ${part}. ${whole} − ${part} − ${spent} = ${answer}.`,
    mistakes: [
      { answer: String(whole - part), misconception: 'forgot the beads that got lost' },
      { answer: String(whole - bottom - spent), misconception: 'took the denominator for a number of beads' },
    ].filter((mistake) => mistake.answer !== String(answer)),
  };
}

export function wordProblem(level: Level, chance: RulesContext): Exercise {
  const kinds = byGrade(level, [
    [joining, comparing],
    [joining, comparing],
    [joining, comparing, groups],
    [comparing, groups, change],
    [groups, change, journey, leftOver],
    [change, journey, leftOver],
  ]);
  return oneOf(chance, kinds)(level, chance);
}

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

export function timeSpan(level: Level, chance: RulesContext): Exercise {
  const step = level.difficulty < 0.35 ? 30 : level.difficulty < 0.7 ? 5 : 1;
  const start = 8 * 60 + between(chance, 0, 420 / step) * step;
  const long = between(chance, 1, Math.round(scaled(level, 60, 200) / step)) * step;
  const end = start + long;
  const [hours, minutes] = [Math.floor(long / 60), long % 60];
  const span = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : ''].filter((part) => part !== '').join(' ');
  const what = oneOf(chance, ['A film', 'A train ride', 'A match', 'A concert', 'A walk']);
  const slip = Math.floor(start / 60) * 100 + (start % 60) + hours * 100 + minutes;
  return {
    question: `${what} starts at ${clock(start)} and lasts ${span}. When does it end? Write it like 14:05.`,
    kind: 'text',
    answer: clock(end),
    accepted: [clock(end).padStart(5, '0'), clock(end).replace(':', '.')],
    working: `${Math.floor(start / 60)} * 60 + ${start % 60} + ${long}`,
    hints: [
      'Go to the next full hour first, and then on.',
      `An hour has 60 minutes. ${hours > 0 ? 'Add the hours first, then the minutes.' : `How many minutes are left until the next full hour?`}`,
    ],
    explanation: `${span} after ${clock(start)} is ${clock(end)}.`,
    mistakes:
      slip % 100 >= 60
        ? [{ answer: `${Math.floor(slip / 100)}:${slip % 100}`, misconception: 'counted with 100 minutes in an hour' }]
        : [{ answer: clock(end + 60), misconception: 'one hour too many' }],
  };
}
