/** The agent that speaks: text in, narration with the time of each word out. */
import { join } from 'node:path';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext } from '../../ports/agent.ts';
import { speechSchema, type Speech } from '../film/speech.ts';
import { keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import { languageOf, type Language } from './language.ts';
import { silentWords } from './silent-words.ts';
import type { SpeakInput, SpeakOutput } from './speak-task.ts';
import { voiceToUse, type Environment, type VoiceToUse } from './voices.ts';

export interface SpeechInput {
  readonly text: string;
  /** One of `voices()`; null for the usual one. */
  readonly voice: string | null;
  /** 1 is the usual speed, 2 twice as fast. */
  readonly rate: number;
}

export const speechInputSchema: z.ZodType<SpeechInput> = z.object({
  text: z.string().max(5000),
  voice: z.string().nullable(),
  rate: z.number().min(0.5).max(2),
});

export interface SpeechAgentParts {
  readonly workers: StudioWorkers;
  /** Where programs that speak are looked for. */
  readonly env?: Environment;
  /** Whether a voice may be the path of a model. */
  readonly localFiles?: boolean;
}

const id = 'studio.speech';
/** The engine and the mastering: another number wherever the same text sounds otherwise. */
const version = 'flite-0.1.1/1';

export function speechAgent({ workers, env = process.env, localFiles = true }: SpeechAgentParts): StudioAgent<SpeechInput, Speech> {
  return studioAgent({
    id,
    version,
    description: 'Speaks a text on this machine, and says when each of its words is heard.',
    capabilities: ['speech'],
    input: speechInputSchema,
    output: speechSchema,
    run: async ({ text, voice: name, rate }, ctx) => {
      if (!localFiles && name?.trim().startsWith('piper') === true)
        throw new ContinuoError('VOICE_UNKNOWN', 'voices of piper are files of this machine, which cannot be named here');
      const voice = voiceToUse(name, env);
      const language = languageOf(text);
      if (voice.language !== null && voice.language !== language.code) return silent(text, voice, rate, whySilent(voice, language));
      const speech = await withScratch((folder) => speak({ text, voice, rate, folder, file: join(folder, 'speech.wav') }, ctx, workers));
      return speech ?? silent(text, voice, rate, null);
    },
  });
}

async function speak(input: SpeakInput, ctx: AgentContext, workers: StudioWorkers): Promise<Speech | undefined> {
  const progress = (share: number, message?: string): void => ctx.progress(share, message);
  const spoken = await workers.run<SpeakOutput | null>('speak', input, { signal: ctx.signal, progress });
  if (spoken === null) return undefined;
  const { seconds, words, unread } = spoken;
  const audio = await keep(ctx, input.file, 'audio/wav');
  return { audio, seconds, words, voice: input.voice.id, note: noteOn(unread), provenance: provenanceOf(input.voice) };
}

function silent(text: string, voice: VoiceToUse, rate: number, note: string | null): Speech {
  const { words, seconds } = silentWords(text, rate);
  return { audio: null, seconds, words, voice: voice.id, note, provenance: provenanceOf(voice) };
}

const provenanceOf = ({ engine, id: model }: VoiceToUse): Speech['provenance'] => ({
  agent: id,
  version,
  by: engine === 'flite' ? 'offline' : 'system',
  model: engine === 'flite' ? `flite:${model}` : model,
  inputs: [],
});

function whySilent(voice: VoiceToUse, { code, name }: Language): string {
  const speaks = nameOf(voice.language ?? 'en');
  const how = code === 'und' ? 'Choose a voice for it' : `With espeak-ng on this machine, choose the voice espeak-ng:${code}`;
  return `This text looks like ${name}, and the voice ${voice.id} speaks ${speaks} alone: it is shown, and not spoken. ${how}, or one of piper's.`;
}

function nameOf(language: string): string {
  // A voice of a program may be called anything, and what looks like no language is refused.
  return /^[a-z]{2,3}$/.test(language) ? (new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language) : language;
}

function noteOn(unread: readonly string[]): string | null {
  if (unread.length === 0) return null;
  const some = unread.slice(0, 5).join(', ');
  return `The voice cannot read ${some}${unread.length > 5 ? ` and ${unread.length - 5} more` : ''}: shown, and not spoken.`;
}
