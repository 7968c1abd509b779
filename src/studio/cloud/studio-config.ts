/** What `config/studio.toml` says: which models outside may draw and speak, and what they cost. */
import { z } from 'zod';
import type { Aspect } from '../film/aspect.ts';

export type Provider = 'openai' | 'google' | 'openai_compatible';

/** What is said of any model. */
export interface ModelTraits {
  readonly provider: Provider;
  /** The provider's own name of it. */
  readonly model: string;
  /** Variables of the environment of which the first that is set holds the key; none where no key is needed. */
  readonly keys: readonly string[];
  readonly apiBase: string | undefined;
  /** Handed on as the provider package takes them. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ImageModelConfig extends ModelTraits {
  /** Dollars that a picture costs at most. */
  readonly price: number;
  /** Dollars for a million tokens, where the provider says how many it took. */
  readonly tokenPrices: { readonly input: number; readonly output: number } | undefined;
  /** Asked for instead of the shape alone. */
  readonly sizes: { readonly [A in Aspect]?: string | undefined };
}

export interface SpeechModelConfig extends ModelTraits {
  /** Dollars that a thousand characters cost at most. */
  readonly pricePer1000: number;
  /** Those that are known; any is tried where none is listed. */
  readonly voices: readonly string[];
  /** The one that speaks where nobody chose. */
  readonly voice: string;
  /** How it should sound, in words. */
  readonly instructions: string | undefined;
}

/** `offline`: nothing is asked outside unless the command line says so. */
export interface Use {
  readonly use: 'offline' | 'auto';
  /** In the order in which a key is looked for. */
  readonly models: readonly string[];
}

export interface StudioConfig {
  readonly pictures: Use & {
    /** How all pictures of a film should look, in words. */
    readonly style: string | undefined;
  };
  readonly speech: Use;
  readonly imageModels: Readonly<Record<string, ImageModelConfig>>;
  readonly speechModels: Readonly<Record<string, SpeechModelConfig>>;
}

const mending = (message: string, mend: string): { readonly error: string; readonly params: { readonly mend: string } } => ({
  error: message,
  params: { mend },
});

const nameOfVariable = z.string().refine(
  (name) => /^[A-Z][A-Z0-9_]*$/.test(name),
  // It is never repeated: it may be the key itself.
  mending(
    'this is no name of an environment variable',
    'Write the name alone, as in "OPENAI_API_KEY"; the key belongs into the environment.',
  ),
);
const address = z
  .string()
  .refine(
    (text) => /^https?:\/\//.test(text) && URL.canParse(text),
    mending('it is not an address', 'Write it with its protocol: "https://host/v1".'),
  )
  .refine((text) => !URL.canParse(text) || new URL(text).password === '', mending('there is a password in it', 'Write the address alone.'));
const dollars = z.number().refine((price) => Number.isFinite(price) && price >= 0, mending('it is no price', 'Give dollars, 0 or more.'));
const text = z.string().refine((value) => value.trim() !== '', mending('it is empty', 'Give a text, or leave it out.'));
const size = z
  .string()
  .refine((value) => /^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(value), mending('it is no size', 'Write width and height in pixels: "1024x1536".'));

const usualKeys: Readonly<Record<Provider, readonly string[]>> = {
  openai: ['OPENAI_API_KEY'],
  google: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY'],
  openai_compatible: [],
};

const traits = {
  provider: z.enum(['openai', 'google', 'openai_compatible']),
  model: text,
  key: z.union([nameOfVariable, z.array(nameOfVariable)]).optional(),
  api_base: address.optional(),
  options: z.record(z.string(), z.unknown()).optional(),
};

interface TraitsTable extends Pick<ModelTraits, 'provider' | 'model'> {
  readonly key?: string | readonly string[] | undefined;
  readonly api_base?: string | undefined;
  readonly options?: ModelTraits['options'] | undefined;
}

function traitsOf({ provider, model, key, api_base: apiBase, options = {} }: TraitsTable): ModelTraits {
  const keys = key === undefined ? usualKeys[provider] : typeof key === 'string' ? [key] : key;
  return { provider, model, keys, apiBase: apiBase?.replace(/\/+$/, ''), options };
}

export const imageModelSchema: z.ZodType<ImageModelConfig> = z
  .strictObject({
    ...traits,
    price: dollars,
    price_per_million: z.strictObject({ input: dollars, output: dollars }).optional(),
    sizes: z.strictObject({ '9:16': size.optional(), '16:9': size.optional(), '1:1': size.optional() }).optional(),
  })
  .transform(({ price, price_per_million: tokenPrices, sizes = {}, ...rest }) => ({ ...traitsOf(rest), price, tokenPrices, sizes }));

export const speechModelSchema: z.ZodType<SpeechModelConfig> = z
  .strictObject({
    ...traits,
    price_per_1000_characters: dollars,
    voices: z.array(text).optional(),
    voice: text,
    instructions: text.optional(),
  })
  .transform(({ price_per_1000_characters: pricePer1000, voices = [], voice, instructions, ...rest }) => ({
    ...traitsOf(rest),
    pricePer1000,
    voices,
    voice,
    instructions,
  }));

const use = { use: z.enum(['offline', 'auto']).default('offline'), models: z.array(z.string()).default([]) };

export const picturesSchema: z.ZodType<StudioConfig['pictures']> = z
  .strictObject({ ...use, style: text.optional() })
  .transform(({ style, ...rest }) => ({ ...rest, style }));

export const speechSchema: z.ZodType<StudioConfig['speech']> = z.strictObject(use);
