/** The task `speak`: a text becomes a sound and the times of its words. */
import { writeFileSync } from 'node:fs';
import type { Word } from '../film/speech.ts';
import type { Perform, TaskContext } from '../workers/tasks.ts';
import { writeWav } from '../sound/wav.ts';
import { arrange } from './arrange.ts';
import { speakWithFlite } from './flite/speak.ts';
import { master, masteredRate } from './mastering/master.ts';
import { speakWithProgram } from './programs/speak-with-program.ts';
import { readAsWritten } from './reading/as-written.ts';
import { readText } from './reading/read-text.ts';
import type { Read } from './reading/reading.ts';
import { captionWords } from './silent-words.ts';
import type { Spoken } from './spoken.ts';
import type { VoiceToUse } from './voices.ts';

export interface SpeakInput {
  readonly text: string;
  readonly voice: VoiceToUse;
  readonly rate: number;
  /** A folder of its own, where the sound is left. */
  readonly folder: string;
  /** Path of the WAV that is written. */
  readonly file: string;
}

export interface SpeakOutput {
  readonly seconds: number;
  readonly words: readonly Word[];
  /** Words that could not be read. */
  readonly unread: readonly string[];
}

const ditherSeed = 1;

export const perform: Perform<SpeakInput, SpeakOutput | null> = async ({ text, voice, rate, folder, file }, context) => {
  const read = voice.language === 'en' ? readText(text) : readAsWritten(captionWords(text));
  if (read.sentences.length === 0) return null;
  const spoken = await speak(read, { voice, rate, folder }, context);
  context.signal.throwIfAborted();
  const arranged = arrange(read, spoken, rate);
  const sound = master(arranged.samples, arranged.rate, voice.tone);
  writeFileSync(file, writeWav([sound], masteredRate, { dither: ditherSeed }));
  context.progress(1);
  const written = read.sentences.flatMap((sentence) => sentence.map((word) => word.written));
  const words = arranged.words.map(({ start, end }, index) => ({ text: written[index] ?? '', start, end }));
  return { seconds: sound.length / masteredRate, words, unread: read.unread };
};

type Speaking = Pick<SpeakInput, 'voice' | 'rate' | 'folder'>;

async function speak(read: Read, { voice, rate, folder }: Speaking, context: TaskContext): Promise<readonly Spoken[]> {
  const { signal } = context;
  const onSentence = (share: number): void => {
    signal.throwIfAborted();
    context.progress(share * 0.8, 'speaking');
  };
  if (voice.engine === 'flite') return speakWithFlite(read, { voice: voice.flite, rate, folder, onSentence });
  return speakWithProgram(read, { voice, rate, folder, signal, onSentence });
}
