/** Asks a model to speak a text. */
import { connectSpeechModel } from './connect.ts';
import { askedOf, providerOptions } from './image-for.ts';
import { MediaModelError, mediaModelError } from './media-model-error.ts';
import type { ChosenSpeechModel } from './studio-models.ts';

/** Sound in whatever form the provider gives it. Throws {@link MediaModelError}, or the signal's reason. */
export async function speechFor(chosen: ChosenSpeechModel, text: string, voice: string, signal?: AbortSignal): Promise<Uint8Array> {
  const { config, key, name } = chosen;
  const { model, hasSent } = await connectSpeechModel(config, key);
  try {
    const { audio } = await model.doGenerate({
      text: text.toWellFormed(),
      voice,
      outputFormat: 'wav',
      ...(config.instructions === undefined ? {} : { instructions: config.instructions }),
      providerOptions: providerOptions(config),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    const bytes = typeof audio === 'string' ? new Uint8Array(Buffer.from(audio, 'base64')) : audio;
    if (bytes.length > 0) return bytes;
    throw new MediaModelError(`${name} (${config.model}) said nothing`, { why: 'passing', spent: 'unknown' });
  } catch (error) {
    signal?.throwIfAborted();
    throw mediaModelError(error, askedOf(chosen), hasSent());
  }
}
