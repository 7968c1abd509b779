/** Which known topic a request is about; none rather than a wrong one. */
import { fillers, joints } from './lexicon.ts';
import type { Topic } from './procedure.ts';
import { readRequest } from './request.ts';
import type { Request, Word } from './request.ts';
import { meansStem, stemOf, wordsOf } from './words.ts';

/** What a topic is recognised by, as stems. */
interface Signs {
  readonly names: readonly (readonly string[])[];
  readonly verbs: readonly string[];
  readonly not: ReadonlySet<string>;
  readonly also: ReadonlySet<string>;
}

interface Match {
  readonly topic: Topic;
  /** Words of the name that was found: the more, the surer. */
  readonly words: number;
  /** The share of what was said that the topic accounts for. */
  readonly share: number;
}

/** A request as it is compared. */
interface Said {
  readonly request: Request;
  readonly verb: string | undefined;
  /** All stems, the verb first where there is one. */
  readonly stems: readonly string[];
}

const known = new WeakMap<Topic, Signs>();

function signsOf(topic: Topic): Signs {
  const found = known.get(topic);
  if (found !== undefined) return found;
  const stems = (words: readonly string[]): readonly string[] => words.flatMap(wordsOf).map(stemOf);
  const names = topic.names.map((name) => stems(wordsOf(name).filter((word) => !joints.has(word) && !fillers.has(word))));
  const signs = { names, verbs: stems(topic.verbs), not: new Set(stems(topic.not)), also: new Set(stems(topic.also)) };
  known.set(topic, signs);
  return signs;
}

/** Where in what was said the words of a name stand; undefined when one is missing. */
function placesOf(name: readonly string[], said: readonly string[]): ReadonlySet<number> | undefined {
  const places = new Set<number>();
  for (let index = 0; index < name.length; index++) {
    const word = name[index] ?? '';
    const at = said.findIndex((other, place) => !places.has(place) && meansStem(other, word));
    if (at >= 0) {
      places.add(at);
      continue;
    }
    // "paperplane" is two words of the name in one.
    const next = name[index + 1];
    const joined = next === undefined ? -1 : said.indexOf(word + next);
    if (joined < 0) return undefined;
    places.add(joined);
    index++;
  }
  return places;
}

/** Whether the name is what the request is about, and not only a word in it. */
function fits(signs: Signs, { request, verb }: Said, found: ReadonlySet<string>): boolean {
  const all = request.parts.flat();
  const verbIsName = verb !== undefined && found.has(verb);
  if (all.some(({ stem }) => signs.not.has(stem))) return false;
  if (verb !== undefined && !verbIsName && !signs.verbs.some((allowed) => meansStem(verb, allowed))) return false;
  const aside = (word: Word): boolean => word.filler || word.neutral || signs.also.has(word.stem);
  const explained = (word: Word): boolean => aside(word) || found.has(word.stem);
  // "a stand for a kite" is about a stand, and "a kite shop" about a shop: the name has to be what its part ends in.
  const telling =
    request.parts.find((part) => !part.every(aside)) ?? request.parts.find((part) => part.some(({ stem }) => found.has(stem)));
  const content = (telling ?? []).filter((word) => !word.filler);
  const last = content.at(-1);
  if (last === undefined) return verbIsName;
  const named = content.some(({ stem }) => found.has(stem)) || (verbIsName && content.every(explained));
  return named && explained(last) && content.filter((word) => !explained(word)).length <= 2;
}

function shareOf(signs: Signs, request: Request, found: ReadonlySet<string>): number {
  const content = request.parts.flat().filter((word) => !word.filler);
  const explained = content.filter((word) => word.neutral || found.has(word.stem) || signs.also.has(word.stem));
  return content.length === 0 ? 1 : explained.length / content.length;
}

function matchOf(topic: Topic, said: Said): Match | undefined {
  const signs = signsOf(topic);
  let best: Match | undefined;
  for (const name of signs.names) {
    const places = placesOf(name, said.stems);
    if (places === undefined) continue;
    const found = new Set([...places].map((place) => said.stems[place] ?? ''));
    if (!fits(signs, said, found)) continue;
    if (best === undefined || name.length > best.words) best = { topic, words: name.length, share: shareOf(signs, said.request, found) };
  }
  return best;
}

/** Under this share of the words, the request is about more than the topic knows. */
const ENOUGH = 0.4;

export function matchTopic(text: string, topics: readonly Topic[]): Topic | undefined {
  const request = readRequest(text);
  if (request.question) return undefined;
  const verb = request.verb === undefined ? undefined : stemOf(request.verb);
  const stems = [...(verb === undefined ? [] : [verb]), ...request.parts.flat().map((word) => word.stem)];
  const matches = topics
    .map((topic) => matchOf(topic, { request, verb, stems }))
    .filter((match): match is Match => match !== undefined && match.share >= ENOUGH);
  return matches.toSorted((a, b) => b.words - a.words || b.share - a.share)[0]?.topic;
}
