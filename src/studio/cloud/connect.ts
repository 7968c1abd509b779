/**
 * The provider packages' objects. They are imported when they are needed, so that a film that is made on this machine
 * does not wait for them.
 */
import type { ImageModelV4, SpeechModelV4 } from '@ai-sdk/provider';
import type { ModelTraits } from './studio-config.ts';
import type { UsableKey } from './model-key.ts';

/** Stands where a key would, for servers that want none: the packages insist on one. */
const noKey = 'no-key';

export interface Connection<M> {
  readonly model: M;
  /** Whether anything has gone out. What fails before is the configuration's fault, and costs nothing. */
  readonly hasSent: () => boolean;
}

interface Settings {
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly baseURL?: string;
}

async function connect<M>(traits: ModelTraits, key: UsableKey, modelWith: (settings: Settings) => Promise<M>): Promise<Connection<M>> {
  let sent = false;
  const { apiBase } = traits;
  const model = await modelWith({
    apiKey: key.is === 'key' ? key.value : noKey,
    fetch: (url, init) => {
      sent = true;
      // A redirect would take the key to another place, and turn the request into a GET.
      return fetch(url, { ...init, redirect: 'manual' });
    },
    ...(apiBase === undefined ? {} : { baseURL: apiBase }),
  });
  return { model, hasSent: () => sent };
}

export function connectImageModel(config: ModelTraits, key: UsableKey): Promise<Connection<ImageModelV4>> {
  return connect(config, key, async (settings) => {
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
  });
}

export function connectSpeechModel(config: ModelTraits, key: UsableKey): Promise<Connection<SpeechModelV4>> {
  return connect(config, key, async (settings) => {
    switch (config.provider) {
      case 'google':
        return (await import('@ai-sdk/google')).createGoogle(settings).speech(config.model);
      // The package for compatible servers has no speech; theirs is OpenAI's.
      case 'openai':
      case 'openai_compatible':
        return (await import('@ai-sdk/openai')).createOpenAI(settings).speech(config.model);
    }
  });
}

/** Under which name each package looks for options of its own. */
export const optionsName = { openai: 'openai', google: 'google', openai_compatible: 'compatible' } as const;
