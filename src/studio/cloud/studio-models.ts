/** Which models outside a film will use, and what they will cost at most: known before it begins. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/data/canonical.ts';
import { toJson } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import { cloudVoice } from './cloud-voice.ts';
import { keyOf, type Environment, type UsableKey } from './model-key.ts';
import type { ImageModelConfig, ModelTraits, SpeechModelConfig, StudioConfig, Use } from './studio-config.ts';

export interface ChosenModel<C extends ModelTraits> {
  /** As the configuration calls it. */
  readonly name: string;
  readonly config: C;
  readonly key: UsableKey;
  /** Differs where the same request may give something else: part of the version of the agent that asks it. */
  readonly fingerprint: string;
}

export type ChosenImageModel = ChosenModel<ImageModelConfig> & { readonly style: string | undefined };
export type ChosenSpeechModel = ChosenModel<SpeechModelConfig>;

export interface StudioModels {
  /** Undefined: drawn on this machine. */
  readonly pictures: ChosenImageModel | undefined;
  /** Undefined: spoken on this machine. */
  readonly speech: ChosenSpeechModel | undefined;
  /** For people: what will be used, and why not another. */
  readonly notes: readonly string[];
  /** Dollars, if every picture and every character is paid for once. */
  readonly costAtMost: (film: { readonly pictures: number; readonly characters: number }) => number;
}

export interface StudioModelsOptions {
  readonly config: StudioConfig;
  readonly env: Environment;
  /**
   * `offline`; `auto`: the first model whose key is there, else offline; `cloud`: the same, and an error where there
   * is none; or a model's name. The configuration decides where it is absent.
   */
  readonly pictures?: string | undefined;
  /** The same for speech; also `openai:alloy`, a provider or a model with a voice of it. Other voices are of this machine. */
  readonly voice?: string | undefined;
}

export function studioModels({ config, env, pictures, voice }: StudioModelsOptions): StudioModels {
  const notes: string[] = [];
  const drawing = choose(
    { kind: 'image model', flag: '--pictures', models: config.imageModels, use: config.pictures, env },
    pictures,
    notes,
  );
  const speaking = choose(
    { kind: 'speech model', flag: '--voice', models: config.speechModels, use: config.speech, env },
    wishForSpeech(config, voice),
    notes,
  );
  return {
    pictures: drawing === undefined ? undefined : { ...drawing, style: config.pictures.style },
    speech: speaking,
    notes,
    costAtMost: ({ pictures: count, characters }) =>
      (drawing?.config.price ?? 0) * count + ((speaking?.config.pricePer1000 ?? 0) * characters) / 1000,
  };
}

/** A voice says whose it is; voices of this machine are nobody's. */
function wishForSpeech({ speechModels }: StudioConfig, voice: string | undefined): string | undefined {
  if (voice === undefined || voice === 'offline' || voice === 'auto' || voice === 'cloud') return voice;
  const owner = Object.entries(speechModels).find(([name, config]) => cloudVoice({ name, config }, voice) !== undefined);
  return owner?.[0] ?? 'offline';
}

interface Choice<C extends ModelTraits> {
  readonly kind: string;
  readonly flag: string;
  readonly models: Readonly<Record<string, C>>;
  readonly use: Use;
  readonly env: Environment;
}

function choose<C extends ModelTraits>(choice: Choice<C>, wish: string | undefined, notes: string[]): ChosenModel<C> | undefined {
  const { kind, flag, models, use, env } = choice;
  const wanted = wish ?? use.use;
  if (wanted === 'offline') return undefined;
  const anyOf = wanted === 'auto' || wanted === 'cloud';
  const names = anyOf ? use.models : [wanted];
  const mends: string[] = [];
  for (const name of names) {
    const config = Object.hasOwn(models, name) ? models[name] : undefined;
    if (config === undefined)
      throw new ContinuoError(
        'MODEL_UNKNOWN',
        `${flag}: the studio’s configuration has no ${kind} ${quote(name)}. ${suggest(name, Object.keys(models), 'It has none.')}`,
      );
    const key = keyOf(config, env);
    if (key.is === 'missing') {
      mends.push(key.mend);
      continue;
    }
    notes.push(`${name} (${config.model}) is asked${key.is === 'key' ? `, with the key in ${key.from}` : ''}`);
    return { name, config, key, fingerprint: fingerprintOf(config) };
  }
  const why =
    names.length === 0
      ? `the studio’s configuration names no ${kind} to choose from`
      : `no ${kind} has a key here (${names.join(', ')}): ${[...new Set(mends)].join(', or ')}`;
  if (wanted !== 'auto') throw new ContinuoError('KEY_MISSING', `${flag} ${wanted}: ${why}`);
  notes.push(why);
  return undefined;
}

/** Who gives the key, and what it costs, changes nothing of what is given. */
function fingerprintOf(config: ModelTraits): string {
  const { keys: _keys, ...rest } = config;
  const traits = Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== undefined && !/price/i.test(name)));
  return createHash('sha256')
    .update(canonicalJson(toJson(traits, 'model')))
    .digest('hex')
    .slice(0, 10);
}
