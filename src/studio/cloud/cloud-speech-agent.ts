/** `studio.speech` with a model outside: it speaks, and this machine where it does not. */
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { Speech, Word } from '../film/speech.ts';
import type { StudioAgent } from '../studio-agent.ts';
import type { StudioThreads } from '../threads/studio-threads.ts';
import type { FinishedSpeech, FinishSpeechInput } from './finish-speech-task.ts';
import { cloudVoice } from './cloud-voice.ts';
import { MediaModelError } from './media-model-error.ts';
import { paidOnce } from './paid-once.ts';
import { speechFor } from './speech-for.ts';
import type { ChosenSpeechModel } from './studio-models.ts';
import { heartbeating, usualAttempts, versionWith, withModel } from './with-model.ts';

/** What `studio.speech` takes. */
export interface SpeechWish {
  readonly text: string;
  readonly voice: string | null;
  readonly rate: number;
}

export interface CloudSpeechParts<I extends SpeechWish> {
  /** Speaks what is asked of a voice of this machine, what cannot be paid, and what nobody outside will say. */
  readonly offline: StudioAgent<I, Speech>;
  /** Without one the offline agent is all there is. */
  readonly model: ChosenSpeechModel | undefined;
  readonly threads: StudioThreads;
  /** Words as the captions show them. */
  readonly wordsOf: (text: string) => readonly string[];
  /** So often an attempt is made before the text is spoken here. The step's policy has to allow as many. */
  readonly attempts?: number;
}

export function cloudSpeechAgent<I extends SpeechWish>(parts: CloudSpeechParts<I>): StudioAgent<I, Speech> {
  const { offline, model, threads, wordsOf, attempts = usualAttempts } = parts;
  if (model === undefined) return offline;
  const version = versionWith(offline, model);
  return withModel(offline, version, async (input, ctx, speakHere) => {
    const { text, rate } = input;
    const voice = cloudVoice(model, input.voice);
    if (voice === undefined) return await speakHere(input);
    if (!/[\p{L}\p{N}]/u.test(text)) return await speakHere({ ...input, voice: null });
    const cost = (model.config.pricePer1000 * text.length) / 1000;
    const make = async (): Promise<{ value: Spoken; cost: number }> => {
      ctx.progress(0, `${model.name} speaks`);
      const audio = await heartbeating(ctx, speechFor(model, text, voice, ctx.signal));
      return { value: await finished({ audio, words: wordsOf(text), rate }, { ctx, threads, name: model.name, cost }), cost };
    };
    const paid = await paidOnce(ctx, { name: 'speech', atMost: cost, attempts, make });
    if (paid.is === 'declined') {
      ctx.log(`the text is spoken on this machine: ${paid.why}`);
      return await speakHere({ ...input, voice: null });
    }
    const provenance = { agent: offline.id, version, by: 'model', model: model.config.model, prompt: text, inputs: [] } as const;
    return { ...paid.value, voice: `${model.name}:${voice}`, note: null, provenance };
  });
}

/** What is recorded. */
interface Spoken {
  readonly audio: BlobRef;
  readonly seconds: number;
  readonly words: readonly Word[];
}

interface Around {
  readonly ctx: AgentContext;
  readonly threads: StudioThreads;
  readonly name: string;
  readonly cost: number;
}

async function finished(input: FinishSpeechInput, { ctx, threads, name, cost }: Around): Promise<Spoken> {
  try {
    const { wav, seconds, words } = await threads.run<FinishedSpeech>('finish-speech', input, { signal: ctx.signal });
    return { audio: await ctx.blobs.put(wav, 'audio/wav'), seconds, words };
  } catch (error) {
    if (!(error instanceof ContinuoError) || error.code !== 'MEDIA_UNREADABLE') throw error;
    throw new MediaModelError(`${name} gave nothing that can be heard: ${error.message}`, { why: 'passing', spent: cost });
  }
}
