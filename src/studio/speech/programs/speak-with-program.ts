/** Speaks with espeak-ng or piper, sentence by sentence. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from '../../sound/wav.ts';
import type { Read, ReadWord, Sentence } from '../reading/reading.ts';
import type { Spoken } from '../spoken.ts';
import type { VoiceToUse } from '../voices.ts';
import { estimate } from './estimate.ts';
import { failed, runProgram } from './run-program.ts';

export interface ProgramOptions {
  readonly voice: Exclude<VoiceToUse, { readonly engine: 'flite' }>;
  readonly rate: number;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onSentence: (share: number) => void;
}

/** Words a minute at the usual rate. */
const usualSpeed = 165;

export async function speakWithProgram({ sentences }: Read, options: ProgramOptions): Promise<readonly Spoken[]> {
  const spoken: Spoken[] = [];
  for (const [index, sentence] of sentences.entries()) {
    spoken.push(await speakSentence(sentence, options));
    options.onSentence((index + 1) / sentences.length);
  }
  return spoken;
}

async function speakSentence(sentence: Sentence, { voice, rate, folder, signal }: ProgramOptions): Promise<Spoken> {
  const [text, sound] = [join(folder, 'sentence.txt'), join(folder, 'sentence.wav')];
  const said = textOf(sentence);
  writeFileSync(sound, '');
  if (voice.engine === 'espeak-ng') {
    writeFileSync(text, said);
    const speed = String(Math.round(Math.min(450, Math.max(80, usualSpeed * rate))));
    await runProgram(voice.program, ['-v', voice.model, '-s', speed, '-b', '1', '-w', sound, '-f', text], '', signal);
  } else {
    const words = ['--model', voice.model, '--length_scale', (1 / rate).toFixed(3), '--output_file', sound];
    await runProgram(voice.program, words, `${said}\n`, signal);
  }
  const { rate: samplesPerSecond, channels } = soundOf(sound, voice.program);
  const heard = estimate(sentence, channels[0] ?? new Float32Array(0), samplesPerSecond);
  if (heard.stretches.length === 0) throw failed(voice.program, `it was silent at “${said.slice(0, 60)}”`);
  return heard;
}

function soundOf(file: string, program: string): ReturnType<typeof readWav> {
  try {
    return readWav(readFileSync(file));
  } catch (error) {
    throw failed(program, `it left no sound that can be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

const marks: Readonly<Record<ReadWord['pause'], string>> = { none: '', comma: ',', stop: '.', question: '?', exclamation: '!' };

const textOf = (sentence: Sentence): string =>
  sentence
    .filter(({ spoken }) => spoken.length > 0)
    .map(({ spoken, pause }) => `${spoken.join(' ')}${marks[pause]}`)
    .join(' ');
