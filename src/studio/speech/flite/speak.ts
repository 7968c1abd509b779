/** Speaks a text with flite, and says when each of its words was heard. */
import type { Read, ReadWord } from '../reading/reading.ts';
import type { Spoken, Stretch } from '../spoken.ts';
import { align, silence, type ExpectedWord } from './align.ts';
import { runFlite, type FliteSound, type Phone } from './flite.ts';
import { pronunciationOf } from './pronunciations.ts';

export interface FliteVoice {
  /** As flite names it. */
  readonly name: string;
  /** What flite's own durations are multiplied with at the usual rate. */
  readonly stretch: number;
  /** Makes it livelier than it was built. */
  readonly features: Readonly<Record<string, number>>;
}

export interface SpeakOptions {
  readonly voice: FliteVoice;
  readonly rate: number;
  readonly folder: string;
  /** Told after each sentence; throws when nobody waits any more. */
  readonly onSentence: (share: number) => void;
}

/** The diphone voice reads by the same rules as the others, in a small part of their time. */
const quickVoice = 'kal';
/** Words that were asked for alone, as they sound: they come again and again. */
const soundOf = new Map<string, readonly string[]>();
const mostRemembered = 20_000;

export async function speakWithFlite({ sentences }: Read, { voice, rate, folder, onSentence }: SpeakOptions): Promise<readonly Spoken[]> {
  await hearWords(
    sentences.flatMap((sentence) => sentence.flatMap(({ spoken }) => spoken)),
    folder,
  );
  const features = { ...voice.features, duration_stretch: voice.stretch / rate };
  const spoken: Spoken[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const sound = await runFlite({ text: ssmlOf(sentence), voice: voice.name, features }, folder);
    spoken.push(hear(sentence, sound));
    onSentence((index + 1) / sentences.length);
  }
  return spoken;
}

/** Learns what words sound like that are not known yet. */
async function hearWords(words: readonly string[], folder: string): Promise<void> {
  if (soundOf.size > mostRemembered) soundOf.clear();
  const unknown = [...new Set(words)].filter((word) => !soundOf.has(word));
  for (const word of unknown) {
    const listed = pronunciationOf(word);
    if (listed !== undefined) soundOf.set(word, listed.replaceAll(/\d/g, '').split(' '));
  }
  const asked = unknown.filter((word) => !soundOf.has(word));
  if (asked.length === 0) return;
  const together = await hearAlone(asked, folder);
  // A word that flite takes for two sentences, or for none, would shift all that follow: then each is asked for by itself.
  for (const [index, word] of asked.entries()) soundOf.set(word, together?.[index] ?? (await hearAlone([word], folder))?.[0] ?? []);
}

async function hearAlone(words: readonly string[], folder: string): Promise<readonly (readonly string[])[] | undefined> {
  const { utterances } = await runFlite({ text: words.map((word) => `${word}.`).join('\n\n'), voice: quickVoice }, folder);
  if (utterances.length !== words.length) return undefined;
  return utterances.map(({ phones }) => phones.map(({ name }) => name).filter((name) => name !== silence));
}

const marks: Readonly<Record<ReadWord['pause'], string>> = { none: '', comma: ',', stop: '.', question: '?', exclamation: '!' };

function ssmlOf(sentence: readonly ReadWord[]): string {
  const words = sentence.flatMap(({ spoken, pause }, index) => {
    // A sentence ends with a mark, whatever it was written with.
    const mark = index === sentence.length - 1 && (pause === 'none' || pause === 'comma') ? '.' : marks[pause];
    return spoken.map((word, at) => ({ word, mark: at === spoken.length - 1 ? mark : '' }));
  });
  let last: string | undefined;
  return words
    .map(({ word, mark }) => {
      const phones = pronunciationOf(word);
      // Of two elements that are the same flite says one: a space makes the second another.
      last = phones === undefined || phones !== last ? phones : ` ${phones}`;
      // The mark stands within the element: behind it flite would pass it over.
      return last === undefined ? `${word}${mark}` : `<phoneme ph="${last}">${word}${mark}</phoneme>`;
    })
    .join(' ');
}

function hear(sentence: readonly ReadWord[], { rate, samples, utterances }: FliteSound): Spoken {
  const phones = utterances.flatMap((utterance) => utterance.phones);
  const expected = sentence.map(({ spoken, pause }): ExpectedWord => {
    return { phones: spoken.flatMap((word) => soundOf.get(word) ?? []), pause: pause !== 'none' };
  });
  // The silence at both ends is nobody's, and would be taken for a pause between words.
  const first = phones.findIndex(({ name }) => name !== silence);
  const last = phones.findLastIndex(({ name }) => name !== silence);
  const heard = first === -1 ? [] : phones.slice(first, last + 1);
  const wordOf = align(
    expected,
    heard.map(({ name }) => name),
  );
  const words = sentence.map((_word, word) => spanOf(heard.filter((_phone, index) => wordOf[index] === word)));
  return { rate, samples, stretches: stretchesOf(heard), words };
}

const spanOf = (phones: readonly Phone[]): Stretch | undefined => {
  const [first, last] = [phones[0], phones.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
};

/** What is heard between one silence and the next. */
function stretchesOf(phones: readonly Phone[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { name, start, end } of phones) {
    const last = stretches.at(-1);
    if (name === silence) continue;
    if (last !== undefined && Math.abs(last.end - start) < 1e-6) stretches[stretches.length - 1] = { start: last.start, end };
    else stretches.push({ start, end });
  }
  return stretches;
}
