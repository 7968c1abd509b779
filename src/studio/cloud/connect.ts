/**
 * The provider packages' objects. They are imported when they are needed, so that a film that is made on this machine
 * does not wait for them.
 */
import type { ImageModelV4, SpeechModelV4 } from '@ai-sdk/provider';
import type { ModelTraits } from './studio-config.ts';
import type { UsableKey } from './model-key.ts';

/** Stands where a key would, for servers that want none: the packages insist on one. */
const noKey = 'no-key';

interface Settings {
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly baseURL?: string;
}

/** A redirect would take the key to another place, and turn the request into a GET. */
const send: typeof fetch = (url, init) => fetch(url, { ...init, redirect: 'manual' });

function settingsOf({ apiBase }: ModelTraits, key: UsableKey): Settings {
  return { apiKey: key.is === 'key' ? key.value : noKey, fetch: send, ...(apiBase === undefined ? {} : { baseURL: apiBase }) };
}

export async function connectImageModel(config: ModelTraits, key: UsableKey): Promise<ImageModelV4> {
  const settings = settingsOf(config, key);
  switch (config.provider) {
    case 'openai':
      return (await import('@ai-sdk/openai')).createOpenAI(settings).image(config.model);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle(settings).image(config.model);
    case 'openai_compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({ ...settings, baseURL: config.apiBase ?? '', name: 'compatible' }).imageModel(config.model);
    }
  }
}

export async function connectSpeechModel(config: ModelTraits, key: UsableKey): Promise<SpeechModelV4> {
  const settings = settingsOf(config, key);
  switch (config.provider) {
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle(settings).speech(config.model);
    // The package for compatible servers has no speech; theirs is OpenAI's.
    case 'openai':
    case 'openai_compatible':
      return (await import('@ai-sdk/openai')).createOpenAI(settings).speech(config.model);
  }
}

/** Under which name each package looks for options of its own. */
export const optionsName = { openai: 'openai', google: 'google', openai_compatible: 'compatible' } as const;
