/** Which known topic a request is about; none rather than a wrong one. */
import { fillers, joints } from './lexicon.ts';
import type { Topic } from './procedure.ts';
import { readRequest } from './request.ts';
import type { Request, Word } from './request.ts';
import { meansWord, stemOf, wordsOf } from './words.ts';

interface Match {
  readonly topic: Topic;
  /** Words of the name that was found: the more, the surer. */
  readonly words: number;
  /** The share of what was said that the topic accounts for. */
  readonly share: number;
}

/** Words of the request that stand for the name, by their place; undefined when one is missing. */
function placesOf(name: readonly string[], said: readonly string[]): ReadonlySet<number> | undefined {
  const places = new Set<number>();
  for (let index = 0; index < name.length; index++) {
    const word = name[index] ?? '';
    const at = said.findIndex((other, place) => !places.has(place) && meansWord(other, word));
    if (at >= 0) {
      places.add(at);
      continue;
    }
    const joined = said.findIndex((other) => stemOf(other) === stemOf(word + (name[index + 1] ?? '')));
    if (joined < 0 || index + 1 >= name.length) return undefined;
    places.add(joined);
    index++;
  }
  return places;
}

const isAny = (word: string, list: readonly string[]): boolean => list.some((other) => stemOf(other) === stemOf(word));

function fits(topic: Topic, request: Request, found: ReadonlySet<string>, verbIsName: boolean): boolean {
  const said = request.parts.flat();
  if (said.some((word) => isAny(word.text, topic.not))) return false;
  if (request.verb !== undefined && !verbIsName) {
    if (isAny(request.verb, topic.not)) return false;
    const allowed = topic.verbs.some((verb) => meansWord(request.verb ?? '', verb));
    if (!allowed) return false;
  }
  const explained = (word: Word): boolean => word.filler || word.neutral || found.has(word.text) || isAny(word.text, topic.also);
  // "a stand for a kite" is about a stand, and "a kite shop" about a shop: the name has to be what its part ends in.
  const telling = request.parts.find((part) => part.some((word) => !word.filler && !word.neutral));
  const content = (telling ?? []).filter((word) => !word.filler);
  const last = content.at(-1);
  if (last === undefined) return verbIsName;
  const named = content.some((word) => found.has(word.text)) || (verbIsName && content.every(explained));
  return named && explained(last) && content.filter((word) => !explained(word)).length <= 2;
}

function shareOf(topic: Topic, request: Request, found: ReadonlySet<string>): number {
  const content = request.parts.flat().filter((word) => !word.filler);
  if (content.length === 0) return 1;
  return content.filter((word) => word.neutral || found.has(word.text) || isAny(word.text, topic.also)).length / content.length;
}

function matchOf(topic: Topic, request: Request): Match | undefined {
  const said = [...(request.verb === undefined ? [] : [request.verb]), ...request.parts.flat().map((word) => word.text)];
  let best: Match | undefined;
  for (const name of topic.names) {
    const wanted = wordsOf(name).filter((word) => !joints.has(word) && !fillers.has(word));
    const places = placesOf(wanted, said);
    if (places === undefined) continue;
    const verbIsName = request.verb !== undefined && places.has(0);
    const found = new Set([...places].map((place) => said[place] ?? ''));
    if (!fits(topic, request, found, verbIsName)) continue;
    const match = { topic, words: wanted.length, share: shareOf(topic, request, found) };
    if (best === undefined || match.words > best.words) best = match;
  }
  return best;
}

/** Under this share of the words, the request is about more than the topic knows. */
const ENOUGH = 0.4;

export function matchTopic(text: string, topics: readonly Topic[]): Topic | undefined {
  const request = readRequest(text);
  if (request.question) return undefined;
  const matches = topics
    .map((topic) => matchOf(topic, request))
    .filter((match): match is Match => match !== undefined && match.share >= ENOUGH);
  return matches.toSorted((a, b) => b.words - a.words || b.share - a.share)[0]?.topic;
}
