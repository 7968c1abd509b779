/** What a scene is about: the things that its words name, surest first. Pure. */
import type { SceneKind } from '../../film/scene.ts';
import type { Candidate } from '../storyboard.ts';
import { thingNames, thingWords } from '../things/things.ts';

export interface SceneWords {
  readonly topic: string;
  readonly kind: SceneKind;
  readonly shows: string;
  readonly action: string | null;
  readonly narration: string;
}

let lexicon: ReadonlyMap<string, string> | undefined;

function lexiconOf(): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const name of thingNames()) for (const word of thingWords(name)) if (!words.has(word)) words.set(word, name);
  return words;
}

const longestName = 3;
const most = 8;

export function subjectsFor({ shows, action, narration, topic }: SceneWords): readonly Candidate[] {
  lexicon ??= lexiconOf();
  const found = new Map<string, number>();
  for (const [text, weight] of [
    [shows, 1],
    [action ?? '', 0.7],
    [narration, 0.4],
    [topic, 0.3],
  ] as const)
    for (const [name, sure] of named(text, lexicon)) found.set(name, Math.max(found.get(name) ?? 0, sure * weight));
  const sorted = [...found].toSorted(([, a], [, b]) => b - a).map(([name, sure]): Candidate => ({ name, sure }));
  return sorted.length === 0 ? [{ name: 'sparkles', sure: 0.1 }] : sorted.slice(0, most);
}

function* named(text: string, words: ReadonlyMap<string, string>): Generator<readonly [string, number]> {
  const tokens = text.toLowerCase().match(/[a-z]+/g) ?? [];
  for (let at = 0; at < tokens.length; at++)
    for (let length = longestName; length > 0; length--) {
      const name = words.get(singular(tokens.slice(at, at + length).join(' ')));
      if (name === undefined) continue;
      yield [name, (0.6 + length * 0.12) / (1 + at * 0.04)];
      at += length - 1;
      break;
    }
}

const singular = (phrase: string): string => phrase.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
