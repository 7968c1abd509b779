/** Spelling, vocabulary, plurals, verbs and words that sound alike. */
import type { RulesContext } from 'continuo';
import { oneOf, someOf } from '../../../../english/chance.ts';
import { plural as pluralOf } from '../../../../english/nouns.ts';
import type { Exercise, Level } from '../activities/exercise.ts';
import homophones from '../data/homophones.json' with { type: 'json' };
import spellings from '../data/spelling.json' with { type: 'json' };
import verbs from '../data/verbs.json' with { type: 'json' };
import words from '../data/words.json' with { type: 'json' };
import { entryFor, suitable, suitableLevel } from './choices.ts';

// Either of two would do as an answer about the other one, so they never meet in one question.
const kin = [
  ['large', 'enormous'],
  ['cautious', 'meticulous'],
] as const;

function rivalsOf(word: string): typeof words {
  const family = kin.find((names) => names.some((name) => name === word)) ?? [];
  return words.filter((other) => other.word !== word && !family.some((name) => name === other.word));
}

export function spelling(level: Level, chance: RulesContext): Exercise {
  const { word, wrong, meaning, tip } = entryFor(level, chance, spellings);
  return {
    question: `Which is the right spelling of the word that means "${meaning}"?`,
    kind: 'choice',
    choices: chance.shuffle([word, ...wrong]),
    answer: word,
    hints: ['Say the word slowly and look at each part of it.', tip],
    explanation: `It is spelled "${word}". ${tip}`,
    mistakes: wrong.map((answer) => ({ answer, misconception: 'spelled it as it sounds, or swapped letters' })),
  };
}

export function synonyms(level: Level, chance: RulesContext): Exercise {
  const entry = entryFor(level, chance, words);
  const others = someOf(
    chance,
    rivalsOf(entry.word).map(({ same }) => same),
    2,
  );
  return {
    question: `Which word means nearly the same as "${entry.word}"?`,
    kind: 'choice',
    choices: chance.shuffle([entry.same, entry.opposite, ...others]),
    answer: entry.same,
    hints: [
      `Try it in a sentence: ${entry.example.replace('___', `"${entry.word}"`)}`,
      `"${capital(entry.word)}" means: ${entry.meaning}.`,
    ],
    explanation: `"${capital(entry.word)}" means ${entry.meaning}, and so does "${entry.same}".`,
    mistakes: [{ answer: entry.opposite, misconception: 'chose the opposite' }],
  };
}

export function antonyms(level: Level, chance: RulesContext): Exercise {
  const entry = entryFor(level, chance, words);
  const others = someOf(
    chance,
    rivalsOf(entry.word).map(({ opposite }) => opposite),
    2,
  );
  return {
    question: `Which word is the opposite of "${entry.word}"?`,
    kind: 'choice',
    choices: chance.shuffle([entry.opposite, entry.same, ...others]),
    answer: entry.opposite,
    hints: [
      `Try it in a sentence: ${entry.example.replace('___', `"${entry.word}"`)}`,
      `"${capital(entry.word)}" means: ${entry.meaning}. Now turn that round.`,
    ],
    explanation: `"${capital(entry.word)}" means ${entry.meaning}. The opposite is "${entry.opposite}".`,
    mistakes: [{ answer: entry.same, misconception: 'chose a word that means the same' }],
  };
}

export function wordInContext(level: Level, chance: RulesContext): Exercise {
  const entry = entryFor(level, chance, words);
  const rivals = rivalsOf(entry.word).filter((other) => Math.abs(other.level - entry.level) <= 1);
  return {
    question: `Which word fits best, if it should mean "${entry.meaning}"? ${entry.example}`,
    kind: 'choice',
    choices: chance.shuffle([entry.word, ...someOf(chance, rivals, 3).map(({ word }) => word)]),
    answer: entry.word,
    hints: ['Put each word into the gap and read the sentence aloud.', `You are looking for another word for "${entry.same}".`],
    explanation: `"${capital(entry.word)}" means ${entry.meaning}: ${entry.example.replace('___', entry.word)}`,
  };
}

const nouns: readonly (readonly [string, string, number])[] = [
  ['cat', 'most nouns just take an s', 1],
  ['bus', 'after s, x, ch and sh comes -es', 1],
  ['box', 'after s, x, ch and sh comes -es', 1],
  ['baby', 'after a consonant, y becomes -ies', 2],
  ['city', 'after a consonant, y becomes -ies', 2],
  ['boy', 'after a vowel, y stays and takes an s', 2],
  ['child', 'it has a plural of its own', 2],
  ['leaf', 'f becomes v before -es', 3],
  ['knife', 'f becomes v before -es', 3],
  ['tooth', 'its vowel changes', 3],
  ['mouse', 'it has a plural of its own', 3],
  ['sheep', 'it does not change at all', 4],
  ['deer', 'it does not change at all', 4],
  ['hero', 'it takes -es after the o', 4],
];

export function plurals(level: Level, chance: RulesContext): Exercise {
  const wanted = Math.min(4, suitableLevel(level));
  const [noun, rule] = oneOf(
    chance,
    nouns.filter(([, , rank]) => rank === wanted),
  );
  const answer = pluralOf(noun);
  return {
    question: `Write the plural of "${noun}".`,
    kind: 'text',
    answer,
    hints: ['The plural is the word for more than one.', `Remember: ${rule}.`],
    explanation: `One ${noun}, two ${answer}: ${rule}.`,
    mistakes: [
      { answer: `${noun}s`, misconception: 'added a plain s' },
      { answer: `${noun}es`, misconception: 'added -es where it does not belong' },
    ].filter((mistake) => mistake.answer !== answer),
  };
}

export function verbsInThePast(level: Level, chance: RulesContext): Exercise {
  const { base, past, wrong, rest } = entryFor(level, chance, verbs);
  return {
    question: `Put "${base}" into the past: They ___ ${rest}.`,
    kind: 'choice',
    choices: chance.shuffle([past, ...wrong]),
    answer: past,
    hints: ['It is an irregular verb, so it does not take -ed.', 'Which of the forms needs no helping word such as "have" in front of it?'],
    explanation: `The past of "${base}" is "${past}": They ${past} ${rest}.`,
    mistakes: wrong.map((answer) => ({
      answer,
      misconception: answer.endsWith('ed')
        ? 'added -ed to an irregular verb'
        : 'used the form that needs "have", or one that does not exist',
    })),
  };
}

export function soundAlike(level: Level, chance: RulesContext): Exercise {
  const { right, wrong, sentence, why } = oneOf(chance, suitable(level, homophones));
  return {
    question: `Which word belongs into the gap? ${sentence}`,
    kind: 'choice',
    choices: chance.shuffle([right, ...wrong]),
    answer: right,
    hints: ['They sound alike, so the meaning must decide.', why],
    explanation: `${sentence.replace('___', right)} ${why}`,
    mistakes: wrong.map((answer) => ({ answer, misconception: 'mixed up words that sound alike' })),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
