/** The words for things: those of the library, and what else may be meant by a word. Built once, when somebody asks. */
import { thingNames, thingWords } from '../things/things.ts';
import type { Field, Fields } from './fields.ts';
import { meanings } from './lists/meanings.ts';
import { tools } from './lists/tools.ts';
import { readList, type Meaning } from './read-list.ts';
import { describing, determining, singular, tokensOf, type Token } from './words.ts';

export interface Sense {
  /** Absent where the word names nothing that can be shown. */
  readonly thing: string | undefined;
  readonly fields: readonly Field[];
  readonly minor: boolean;
}

interface Branch {
  readonly next: Map<string, Branch>;
  senses: readonly Sense[] | undefined;
}

export interface Lexicon {
  readonly nouns: Branch;
  /** What a verb is done with. */
  readonly verbs: ReadonlyMap<string, readonly Sense[]>;
}

let built: Lexicon | undefined;
export const lexicon = (): Lexicon => (built ??= build());

function build(): Lexicon {
  const own = meanings.flatMap(readList);
  const words = wordsOfThings();
  const nouns: Branch = { next: new Map(), senses: undefined };
  for (const [word, thing] of words) plantPhrase(nouns, word, [{ thing, fields: [], minor: false }]);
  for (const [phrase, senses] of sensesByPhrase(own, keyOf)) plantPhrase(nouns, phrase, senses, words.get(phrase));
  return { nouns, verbs: sensesByPhrase(readList(tools), (verb) => verb) };
}

/** A word that several things share belongs to the one that is called so, then to the first. */
function wordsOfThings(): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const called = thingNames().filter((name) => thingWords(name)[0] === name.replaceAll('-', ' '));
  for (const name of called) words.set(keyOf(name.replaceAll('-', ' ')), name);
  for (const name of thingNames()) for (const word of thingWords(name).map(keyOf)) if (!words.has(word)) words.set(word, name);
  return words;
}

const keyOf = (phrase: string): string => keysOf(phrase).join(' ');

const keysOf = (phrase: string): readonly string[] => {
  const nouns = tokensOf(phrase).map(({ noun }) => noun);
  return nouns.length > 1 ? nouns.filter((noun) => !/^(?:an?|the)$/.test(noun)) : nouns;
};

function sensesByPhrase(list: readonly Meaning[], keyFor: (phrase: string) => string): ReadonlyMap<string, readonly Sense[]> {
  const senses = new Map<string, readonly Sense[]>();
  for (const { phrases, thing, fields, minor } of list)
    for (const phrase of phrases.map(keyFor)) senses.set(phrase, [...(senses.get(phrase) ?? []), { thing, fields, minor }]);
  return senses;
}

function plantPhrase(root: Branch, phrase: string, senses: readonly Sense[], usual?: string): void {
  let branch = root;
  for (const word of keysOf(phrase)) {
    const next = branch.next.get(word) ?? { next: new Map(), senses: undefined };
    branch.next.set(word, next);
    branch = next;
  }
  // Where every line is for some fields only, what the library says holds in all others.
  const always = usual === undefined || senses.some(({ fields }) => fields.length === 0);
  branch.senses = always ? senses : [...senses, { thing: usual, fields: [], minor: false }];
}

/** After these an article belongs to the name: "hole in the wall". */
const binding = new Set(['of', 'in', 'on', 'with', 'to', 'into', 'from']);

export interface Found {
  readonly senses: readonly Sense[];
  /** So many tokens make the name. */
  readonly length: number;
  /** So many of them are words of the name. */
  readonly words: number;
}

/** The longest name that begins here. Describing words within it are passed over. */
export function nameAt(tokens: readonly Token[], from: number, { nouns }: Lexicon): Found | undefined {
  const follow = (branch: Branch, at: number, words: number): Found | undefined => {
    const token = tokens[at];
    const ended = at > from && tokens[at - 1]?.stop !== '';
    const here = branch.senses === undefined ? undefined : { senses: branch.senses, length: at - from, words };
    if (token === undefined || ended) return here;
    for (const form of new Set([token.noun, token.text, singular(token.noun)])) {
      const next = branch.next.get(form);
      const longer = next && follow(next, at + 1, words + 1);
      if (longer !== undefined) return longer;
    }
    const passable = at > from && describing.has(token.text) && (!determining.has(token.text) || binding.has(tokens[at - 1]?.text ?? ''));
    const passed = passable ? follow(branch, at + 1, words) : undefined;
    return passed !== undefined && passed.words > words ? passed : here;
  };
  return follow(nouns, from, 0);
}

/** A field counts where it is among those that a film is most about. */
const most = 0.45;

/** What is meant in these fields; a field that says more wins over one that says less. */
export function senseIn(senses: readonly Sense[], fields: Fields): Sense | undefined {
  const least = Math.max(0, ...fields.values()) * most;
  const weight = ({ fields: own }: Sense): number => Math.max(0, ...own.map((field) => fields.get(field) ?? 0));
  const fitting = senses.filter((sense) => sense.fields.length > 0 && weight(sense) > 0 && weight(sense) >= least);
  const best = fitting.toSorted((a, b) => weight(b) - weight(a))[0];
  return best ?? senses.find(({ fields: own }) => own.length === 0);
}
