/** `studio.speech` with a model outside: it speaks, and this machine where it does not. */
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { Speech } from '../film/speech.ts';
import type { StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import type { FinishedSpeech, FinishSpeechInput } from './finish-speech-task.ts';
import { cloudVoice } from './cloud-voice.ts';
import { paidOnce } from './paid-once.ts';
import { speechFor } from './speech-for.ts';
import type { ChosenSpeechModel } from './studio-models.ts';
import { heartbeating, unlessUnreadable, usualAttempts, versionWith, withModel } from './with-model.ts';

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
  readonly workers: StudioWorkers;
  /** Words as the captions show them. */
  readonly wordsOf: (text: string) => readonly string[];
  /** So often an attempt is made before the text is spoken here. The step's policy has to allow as many. */
  readonly attempts?: number;
}

/** What nobody can hear was paid for, too: it is not asked for without an end. */
const mostAsked = 2;

export function cloudSpeechAgent<I extends SpeechWish>(parts: CloudSpeechParts<I>): StudioAgent<I, Speech> {
  const { offline, model, workers, wordsOf, attempts = usualAttempts } = parts;
  if (model === undefined) return offline;
  const version = versionWith(offline, model);
  return withModel(offline, version, async (input, ctx, speakHere) => {
    const { text, rate } = input;
    const voice = cloudVoice(model, input.voice);
    if (voice === undefined) return await speakHere(input);
    if (!/[\p{L}\p{N}]/u.test(text)) return await speakHere({ ...input, voice: null });
    const cost = (model.config.pricePer1000 * text.length) / 1000;
    let why = '';
    for (let asked = 1; asked <= mostAsked; asked++) {
      const make = async (): Promise<{ value: BlobRef; cost: number }> => ({ value: await recording(model, text, voice, ctx), cost });
      const paid = await paidOnce(ctx, { name: `speech ${asked}`, atMost: cost, attempts, make });
      why = paid.is === 'declined' ? paid.why : `${model.name} gave nothing that can be heard`;
      if (paid.is === 'declined') break;
      const task: FinishSpeechInput = { audio: await ctx.blobs.get(paid.value), words: wordsOf(text), rate };
      const finished = await unlessUnreadable(workers.run<FinishedSpeech>('finish-speech', task, { signal: ctx.signal }));
      if (finished === undefined) continue;
      const { wav, seconds, words } = finished;
      const audio = await ctx.blobs.put(wav, 'audio/wav');
      const provenance = {
        agent: offline.id,
        version,
        by: 'model',
        model: model.config.model,
        prompt: text,
        inputs: [paid.value.blob],
      } as const;
      return { audio, seconds, words, voice: `${model.name}:${voice}`, note: null, provenance };
    }
    ctx.log(`the text is spoken on this machine: ${why}`);
    return await speakHere({ ...input, voice: null });
  });
}

async function recording(model: ChosenSpeechModel, text: string, voice: string, ctx: AgentContext): Promise<BlobRef> {
  ctx.progress(0, `${model.name} speaks`);
  return await ctx.blobs.put(await heartbeating(ctx, speechFor(model, text, voice, ctx.signal)));
}
