/** A request in words, taken apart: what is to be done, with what, and how. */
import { families, fillers, harmless, hazards, joints, neutral } from './lexicon.ts';
import type { Family } from './lexicon.ts';
import { stemOf, wordsOf } from './words.ts';

export interface Word {
  readonly text: string;
  /** What it is compared by. */
  readonly stem: string;
  /** Nothing about the subject. */
  readonly filler: boolean;
  /** Describes the doing, and not the subject. */
  readonly neutral: boolean;
}

export interface Request {
  /** The first word of what is to be done, when it is one. */
  readonly verb?: string;
  /** The parts between prepositions and the like, after the verb. */
  readonly parts: readonly (readonly Word[])[];
  readonly family: Family | 'expert';
  /** It asks what, why or who, and not how. */
  readonly question: boolean;
  /** "juggle three balls": what follows "how to". */
  readonly phrase: string;
  /** "three balls": what it is done to, in at most four words. */
  readonly thing?: string;
}

const asks = new Set('what why who whom whose when where which is are was were does did will has have should'.split(' '));
const openings = [
  ['how', 'to'],
  ['how', 'do', 'i'],
  ['how', 'do', 'you'],
  ['how', 'do', 'we'],
  ['how', 'can', 'i'],
  ['how', 'can', 'you'],
  ['how', 'can', 'we'],
  ['how', 'should', 'i'],
  ['way', 'to'],
  ['ways', 'to'],
  ['want', 'to'],
  ['like', 'to'],
  ['need', 'to'],
  ['me', 'to'],
  ['learn', 'to'],
  ['lets'],
];

/** Where what is to be done begins, and whether the words before it say so. */
function beginningOf(words: readonly string[]): { readonly at: number; readonly said: boolean } {
  for (const opening of openings) {
    const at = words.findIndex((_, index) => opening.every((word, offset) => words[index + offset] === word));
    if (at >= 0) {
      const rest = beginningOf(words.slice(at + opening.length));
      return { at: at + opening.length + (rest.said ? rest.at : 0), said: true };
    }
  }
  return { at: 0, said: false };
}

function wordFrom(text: string): Word {
  const stem = stemOf(text);
  return { text, stem, filler: fillers.has(text), neutral: neutral.has(stem) };
}

function partsOf(words: readonly string[]): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]];
  for (const text of words) {
    if (joints.has(text)) parts.push([]);
    else parts.at(-1)?.push(wordFrom(text));
  }
  return parts.filter((part) => part.length > 0);
}

const yours: Readonly<Record<string, string>> = { my: 'your', our: 'your', me: 'you', us: 'you', i: 'you', mine: 'yours' };

/** The words as they were written, from the first that is to be done. */
function phraseOf(text: string, from: number): string {
  const written = text.replace(/[^\p{L}\p{N}'’\-\s]/gu, ' ').match(/[\p{L}\p{N}'’]+(?:-[\p{L}\p{N}'’]+)*/gu) ?? [];
  const spread = written.flatMap((word) => wordsOf(word).map((_, index) => (index === 0 ? word : '')));
  const kept = spread.slice(from).filter((word) => word !== '');
  const short = kept.slice(0, 9).map((word) => yours[word.toLowerCase()] ?? word);
  while (short.length > 1 && kept.length > short.length && (joints.has(short.at(-1) ?? '') || fillers.has(short.at(-1) ?? ''))) short.pop();
  return short.join(' ').slice(0, 80).trim();
}

export function readRequest(text: string): Request {
  const words = wordsOf(text);
  const { at, said } = beginningOf(words);
  const rest = words.slice(at);
  const first = rest[0];
  const known = first === undefined ? undefined : families.get(stemOf(first));
  const verb = first !== undefined && (said || known !== undefined) ? first : undefined;
  const question = !said && asks.has(first ?? '');
  const parts = partsOf(verb === undefined ? rest : rest.slice(1));
  const subject = (parts[0] ?? []).filter((word) => !word.filler);
  const english = words.length > 0 && words.every((word) => /^[a-z0-9]+$/.test(word));
  const dangerous = words
    .join(' ')
    .replace(harmless, '')
    .split(' ')
    .some((word) => hazards.has(stemOf(word)));
  const family = dangerous ? 'expert' : question || verb === undefined ? 'explore' : (known ?? 'make');
  const thing = subject.map((word) => word.text).join(' ');
  return {
    ...(verb === undefined ? {} : { verb }),
    parts,
    family,
    question,
    phrase: phraseOf(text, at),
    ...(english && subject.length > 0 && subject.length <= 4 && thing.length <= 40 ? { thing } : {}),
  };
}
