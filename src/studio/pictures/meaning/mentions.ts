/**
 * The things that a text names, and how much it is about each. Pure.
 *
 * M1. What is denied ("without an oven") or only likened to ("like the roof of a house") is not there.
 * M2. What a phrase begins with counts most; where something lies, stands or happens counts least.
 * M3. Of a compound the last word counts: "pizza dough" is dough.
 * M4. What hands and people deal with is what a picture shows, wherever it stands: the map that a family looks at.
 */
import type { Fields } from './fields.ts';
import { lexicon, nameAt, senseIn, type Sense } from './lexicon.ts';
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

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** How much what follows matters, beside what stands before. */
const links: ReadonlyMap<string, number> = new Map([
  ...['of', 'as', 'called'].map((word): [string, number] => [word, 0.86]),
  ...['with', 'wearing', 'using', 'holding', 'by', 'that', 'which', 'made'].map((word): [string, number] => [word, 0.66]),
  ...['into', 'onto', 'to', 'through', 'inside', 'beside', 'next', 'from', 'out'].map((word): [string, number] => [word, 0.62]),
  ...[
    'in',
    'on',
    'at',
    'under',
    'over',
    'above',
    'below',
    'beneath',
    'near',
    'against',
    'behind',
    'between',
    'along',
    'around',
    'across',
    'off',
    'towards',
    'toward',
  ].map((word): [string, number] => [word, 0.52]),
  ...['until', 'for', 'after', 'before', 'during', 'than', 'because', 'so', 'if', 'when', 'while'].map((word): [string, number] => [
    word,
    0.4,
  ]),
]);

const refusing = set("no not without never don't dont doesn't isn't aren't cannot can't nothing avoid");
/** Where "without an oven in a pan" stops to refuse. */
const refusalEnds = set('but with using by then only just instead in on');
/** Where "do not put it in the oven" does. */
const prohibitionEnds = set('but then instead only');
const measures = set('length width height size depth thickness breadth shape pinch inch');
const leastOfSubject = 0.75;
const joining = set('and or plus then');
const relative = set('that which who');
/** Words between the begin of an order and its verb. */
const opening = set('then now next first finally gently carefully slowly again just always please also lightly firmly');
/** What follows a verb rather than a noun. */
const objects = set('it them everything what all up down off out over until so');

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
    const next = reading.tokens[at + 1]?.text ?? '';
    const prohibits = /^(?:don|do|does|is|are|can|never|not)/.test(text) || reading.tokens[at - 1]?.text === 'do';
    if (!reading.tokens[at + 1]?.joined) reading.ignoring = prohibits && next !== '' ? prohibitionEnds : refusalEnds;
    else reading.ignoring = new Set([reading.tokens[at + 2]?.text ?? '']);
    return true;
  }
  if (reading.ignoring?.has(text) === true) reading.ignoring = undefined;
  if (likens(reading, token, at)) reading.likened = true;
  const link = links.get(text);
  if (link === undefined) {
    if (joining.has(text)) reading.begins = reading.manner === 'order' ? 'perhaps' : 'no';
    return joining.has(text) || (describing.has(text) && !namesByItself(reading, at));
  }
  // What belongs to something counts as that does: "in front of a mirror" is as far away as "in a mirror".
  const from = text === 'of' ? reading.weight : 0.93 ** reading.links;
  reading.weight = Math.max(0.2, from * link);
  reading.links += 1;
  reading.begins = relative.has(text) ? 'perhaps' : 'no';
  return true;
}

/** The "dry" of "dry ice", which is the name of a thing. */
const namesByItself = ({ tokens }: Reading, at: number): boolean => {
  const words = (from: number): number => nameAt(tokens, from, lexicon())?.words ?? 0;
  return words(at) > 1 && words(at) > words(at + 1);
};

function likens({ tokens }: Reading, { text }: Token, at: number): boolean {
  const [before, next] = [tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? ''];
  if (text === 'like') return !/^(?:things?|tools?|would|you|they|it)$/.test(before) || before === 'it';
  if (text === 'as') return tokens.slice(Math.max(0, at - 3), at - 1).some((one) => one.text === 'as');
  return measures.has(text) && next === 'of' && before !== 'different';
}

/** A noun or a verb that stands for a thing. */
function name(reading: Reading, token: Token, at: number): number | undefined {
  const { tokens, fields, found } = reading;
  const begins = reading.begins;
  reading.begins = opening.has(token.text) ? begins : 'no';
  if (reading.ignoring !== undefined) return undefined;
  const noun = nameAt(tokens, at, lexicon());
  const verb = (noun?.words ?? 0) > 1 ? undefined : verbAt(reading, token, at, begins);
  const scale = (reading.likened ? 0.15 : 1) * reading.weight;
  if (verb !== undefined) {
    const sense = senseIn(verb, fields);
    if (sense?.thing !== undefined)
      found.push({ thing: sense.thing, weight: scale * 0.45, implied: true, minor: sense.minor, end: at + 1 });
    return 1;
  }
  if (noun === undefined) return undefined;
  const sense = senseIn(noun.senses, fields);
  const before = found.at(-1);
  const compound = before?.end === at && !before.implied && tokens[at - 1]?.stop === '';
  const possessive = tokens[at + noun.length - 1]?.possessive === true && measures.has(tokens[at + noun.length]?.noun ?? '');
  if (sense?.thing === undefined || possessive) return noun.length;
  const dealtWith = !sense.minor && found.length > 0 && found.every((one) => one.minor);
  const place = dealtWith && !reading.likened ? Math.max(scale, leastOfSubject) : scale;
  const weight = place * (noun.words > 1 ? 1 : 0.985) * 0.985 ** found.length;
  if (compound && !sense.minor) before.weight *= 0.6;
  found.push({ thing: sense.thing, weight, implied: false, minor: sense.minor, end: at + noun.length });
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
