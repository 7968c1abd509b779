/** Asks a model for one picture. */
import type { JSONObject, SharedV4ProviderOptions } from '@ai-sdk/provider';
import { toJson } from '../../core/data/json.ts';
import type { Aspect, Size } from '../film/aspect.ts';
import { measureImage } from '../pictures/image-size.ts';
import { connectImageModel, optionsName } from './connect.ts';
import { MediaModelError, mediaModelError, type Asked } from './media-model-error.ts';
import type { ChosenImageModel, ChosenModel } from './studio-models.ts';
import type { ImageModelConfig, ModelTraits } from './studio-config.ts';

export interface ImageRequest {
  readonly prompt: string;
  /** What must not be in it. */
  readonly negative: string | undefined;
  readonly aspect: Aspect;
  /** For those models that take one. */
  readonly seed: number | undefined;
}

export interface MadeImage extends Size {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** Dollars. */
  readonly cost: number;
}

/** Throws {@link MediaModelError}, or the signal's reason. */
export async function imageFor(chosen: ChosenImageModel, request: ImageRequest, signal?: AbortSignal): Promise<MadeImage> {
  const { config, key } = chosen;
  const { prompt, negative, aspect, seed } = request;
  const asked = askedOf(chosen);
  const size = config.sizes[aspect];
  const { model, hasSent } = await connectImageModel(config, key);
  try {
    const result = await model.doGenerate({
      prompt: negative === undefined ? prompt : `${prompt}\n\nNot in the picture: ${negative}.`,
      n: 1,
      // The schema has let through nothing else.
      size: size as `${number}x${number}` | undefined,
      aspectRatio: size === undefined ? aspect : undefined,
      seed: config.provider === 'google' ? seed : undefined,
      files: undefined,
      mask: undefined,
      providerOptions: providerOptions(config),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    const [image] = result.images;
    if (image === undefined) throw nothingMade(asked, result);
    const bytes = typeof image === 'string' ? new Uint8Array(Buffer.from(image, 'base64')) : image;
    const measured = measureImage(bytes);
    if ('why' in measured) throw notAnImage(asked, measured.why);
    return { bytes, ...measured, cost: costOf(config, result.usage) };
  } catch (error) {
    signal?.throwIfAborted();
    throw mediaModelError(error, asked, hasSent());
  }
}

export function askedOf({ name, config, key }: ChosenModel<ModelTraits>): Asked {
  const held = key.is === 'key';
  return { name, model: config.model, keys: held ? [key.value] : [], keyFrom: held ? key.from : undefined };
}

export function providerOptions({ provider, options }: ModelTraits): SharedV4ProviderOptions {
  // JSON that is an object: a table of the configuration.
  return { [optionsName[provider]]: toJson(options, 'options') as JSONObject };
}

function nothingMade(asked: Asked, result: { readonly isRetryable?: boolean; readonly providerMetadata?: unknown }): MediaModelError {
  const said = reasonIn(result.providerMetadata);
  const content = result.isRetryable === false || /safety|prohibited|blocklist|recitation/i.test(said);
  const message = `${asked.name} (${asked.model}) ${content ? 'will not make this' : 'made no picture'}${said === '' ? '' : ` (${said})`}`;
  return new MediaModelError(message, { why: content ? 'content' : 'passing', spent: 'unknown' });
}

/** Google's reason stands in what the package hands on. */
function reasonIn(metadata: unknown): string {
  return /"(?:finishReason|blockReason)":"(\w+)"/.exec(JSON.stringify(metadata) ?? '')?.[1] ?? '';
}

function notAnImage(asked: Asked, why: string): MediaModelError {
  return new MediaModelError(`${asked.name} (${asked.model}) gave something that is no picture: ${why}`, {
    why: 'passing',
    spent: 'unknown',
  });
}

interface Tokens {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

/** By what the provider says it took; where it says nothing, the worst. */
function costOf({ price, tokenPrices }: ImageModelConfig, usage: Tokens | undefined): number {
  if (tokenPrices === undefined || usage?.inputTokens === undefined || usage.outputTokens === undefined) return price;
  return (usage.inputTokens * tokenPrices.input + usage.outputTokens * tokenPrices.output) / 1_000_000;
}
