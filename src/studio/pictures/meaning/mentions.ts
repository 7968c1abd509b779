/**
 * The things that a text names, and how much it is about each. Pure.
 *
 * M1. What is denied ("without an oven") or only likened to ("like the roof of a house") is not there.
 * M2. What a phrase begins with counts most; where something lies, stands or happens counts least.
 * M3. Of a compound the last word counts: "pizza dough" is dough.
 * M4. What hands and people deal with is what a picture shows, wherever it stands: the map that a family looks at.
 */
import type { Fields } from './fields.ts';
import {
  examples,
  joining,
  links,
  measures,
  objects,
  opening,
  prohibiting,
  prohibitionEnds,
  refusalEnds,
  refusing,
  relative,
} from './grammar.ts';
import { lexicon, nameAt, senseIn, type Found, type Sense } from './lexicon.ts';
import { describing, determining, tokensOf, verbs, type Token } from './words.ts';

export interface Mention {
  readonly thing: string;
  /** 0..1: how much the text is about it. */
  readonly weight: number;
  /** It is not named, but what is done is done with it. */
  readonly implied: boolean;
  /** Seldom what anything is about: a place, a hand. */
  readonly minor: boolean;
}

/** A picture is described; an order begins with a verb, and so may each of its parts. */
export type Manner = 'description' | 'order';

/** Of what something is likened to. */
const likened = 0.15;
/** Of a tool that only a verb speaks of. */
const implied = 0.45;
/** Of the "pizza" in "pizza dough". */
const modifying = 0.6;
/** From one thing to the next, and from a name of two words to one of one. */
const fading = 0.985;
/** From one link to the next. */
const receding = 0.93;
/** However far away it stands. */
const least = 0.2;
/** What hands and people deal with is not less. */
const dealtWith = 0.75;

interface Reading {
  readonly tokens: readonly Token[];
  readonly fields: Fields;
  readonly manner: Manner;
  /** What the present part of the sentence weighs. */
  weight: number;
  links: number;
  ignoring: ReadonlySet<string> | undefined;
  likened: boolean;
  /** Whether a verb stands here: surely where a sentence of orders begins, perhaps after a comma or an "and". */
  begins: 'surely' | 'perhaps' | 'no';
  readonly found: (Omit<Mention, 'weight'> & { weight: number; readonly end: number })[];
}

export function mentionsIn(text: string, manner: Manner, fields: Fields): readonly Mention[] {
  const reading: Reading = {
    tokens: tokensOf(text),
    fields,
    manner,
    weight: 1,
    links: 0,
    ignoring: undefined,
    likened: false,
    begins: manner === 'order' ? 'surely' : 'no',
    found: [],
  };
  for (let at = 0; at < reading.tokens.length;) at += Math.max(1, read(reading, at));
  return reading.found;
}

/** So many tokens were read. */
function read(reading: Reading, at: number): number {
  const token = reading.tokens[at];
  if (token === undefined) return 1;
  const taken = structure(reading, token, at) ? 1 : (name(reading, token, at) ?? 1);
  const last = reading.tokens[at + taken - 1] ?? token;
  if (last.stop !== '') pause(reading, last.stop);
  return taken;
}

function pause(reading: Reading, stop: ',' | '.'): void {
  reading.ignoring = undefined;
  reading.likened = false;
  reading.begins = reading.manner !== 'order' ? 'no' : stop === '.' ? 'surely' : 'perhaps';
  if (stop === '.') [reading.weight, reading.links] = [reading.manner === 'order' ? 0.8 : 0.9, 0];
}

/** Words that shape the sentence. */
function structure(reading: Reading, token: Token, at: number): boolean {
  const { text } = token;
  if (refusing.has(text)) {
    reading.ignoring = refusedFrom(reading, at);
    return true;
  }
  if (reading.ignoring?.has(text) === true) reading.ignoring = undefined;
  if (likens(reading, token, at)) reading.likened = true;
  if (joining.has(text)) reading.begins = reading.manner === 'order' ? 'perhaps' : 'no';
  const link = links.get(text);
  if (link === undefined) return joining.has(text) || (describing.has(text) && !namesByItself(reading, at));
  // What belongs to something counts as that does: "in front of a mirror" is as far away as "in a mirror".
  const from = text === 'of' ? reading.weight : receding ** reading.links;
  reading.weight = Math.max(least, from * link);
  reading.links += 1;
  reading.begins = relative.has(text) ? 'perhaps' : 'no';
  return true;
}

/** Until which words nothing is there. */
function refusedFrom({ tokens }: Reading, at: number): ReadonlySet<string> {
  // "No-knead" refuses one word.
  if (tokens[at + 1]?.joined === true) return new Set([tokens[at + 2]?.text ?? '']);
  const prohibits = prohibiting.test(tokens[at]?.text ?? '') || tokens[at - 1]?.text === 'do';
  return prohibits ? prohibitionEnds : refusalEnds;
}

/** The "dry" of "dry ice", which is the name of a thing. */
const namesByItself = ({ tokens }: Reading, at: number): boolean => {
  const words = (from: number): number => nameAt(tokens, from, lexicon())?.words ?? 0;
  return words(at) > 1 && words(at) > words(at + 1);
};

function likens({ tokens }: Reading, { text }: Token, at: number): boolean {
  const [before, next] = [tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? ''];
  if (text === 'like') return !examples.test(before);
  if (text === 'as') return tokens.slice(Math.max(0, at - 3), at - 1).some((one) => one.text === 'as');
  return measures.has(text) && next === 'of' && before !== 'different';
}

/** A noun, or a verb that stands for a thing. */
function name(reading: Reading, token: Token, at: number): number | undefined {
  const { tokens, fields, found, begins } = reading;
  reading.begins = opening.has(token.text) ? begins : 'no';
  if (reading.ignoring !== undefined) return undefined;
  const weight = (reading.likened ? likened : 1) * reading.weight;
  const noun = nameAt(tokens, at, lexicon());
  const verb = (noun?.words ?? 0) > 1 ? undefined : verbAt(reading, token, at, begins);
  if (verb === undefined) return noun && named(reading, noun, at, weight);
  const sense = senseIn(verb, fields);
  if (sense?.thing !== undefined)
    found.push({ thing: sense.thing, weight: weight * implied, implied: true, minor: sense.minor, end: at + 1 });
  return 1;
}

function named({ tokens, fields, found, ...reading }: Reading, noun: Found, at: number, weight: number): number {
  const end = at + noun.length;
  const { thing, minor = false } = senseIn(noun.senses, fields) ?? {};
  const measured = tokens[end - 1]?.possessive === true && measures.has(tokens[end]?.noun ?? '');
  if (thing === undefined || measured) return noun.length;
  const before = found.at(-1);
  if (before?.end === at && !before.implied && !minor && tokens[at - 1]?.stop === '') before.weight *= modifying;
  const subject = !minor && !reading.likened && found.length > 0 && found.every((one) => one.minor);
  const place = subject ? Math.max(weight, dealtWith) : weight;
  found.push({ thing, weight: place * (noun.words > 1 ? 1 : fading) * fading ** found.length, implied: false, minor, end });
  return noun.length;
}

/** What is done here, where something is done: at the begin of an order, or as "sanding" and "sanded" anywhere. */
function verbAt({ tokens }: Reading, { text }: Token, at: number, begins: Reading['begins']): readonly Sense[] | undefined {
  const before = tokens[at - 1]?.text ?? '';
  const participle = /(?:ing|ed)$/.test(text) || text === 'sewn';
  const known = (): readonly Sense[] | undefined => {
    for (const form of verbs(text)) {
      const senses = lexicon().verbs.get(form);
      if (senses !== undefined) return senses;
    }
    return undefined;
  };
  const next = tokens[at + 1]?.text ?? '';
  const ends = next === '' || tokens[at]?.stop !== '' || joining.has(next);
  const likely = ends || determining.has(next) || objects.has(next) || links.has(next) || nameAt(tokens, at, lexicon()) === undefined;
  if (begins === 'surely' || ((begins === 'perhaps' || before === 'to') && likely)) return known();
  return participle && !determining.has(before) ? known() : undefined;
}
