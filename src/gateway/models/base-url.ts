/** Where the providers are to be found. */
import { ContinuoError } from '../../core/errors.ts';
import type { ProviderConfig, ProviderType } from '../config/model.ts';

/** `undefined`: there is no one place; `api_base` has to say it. */
const known: Readonly<Record<ProviderType, string | undefined>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  groq: 'https://api.groq.com/openai/v1',
  cerebras: 'https://api.cerebras.ai/v1',
  sambanova: 'https://api.sambanova.ai/v1',
  xai: 'https://api.x.ai/v1',
  mistral: 'https://api.mistral.ai/v1',
  deepseek: 'https://api.deepseek.com/v1',
  together: 'https://api.together.xyz/v1',
  fireworks: 'https://api.fireworks.ai/inference/v1',
  openrouter: 'https://openrouter.ai/api/v1',
  ollama: 'http://localhost:11434/v1',
  vllm: undefined,
  sglang: undefined,
  tensorzero: undefined,
  openai_compatible: undefined,
};

export function needsApiBase(type: ProviderType): boolean {
  return known[type] === undefined;
}

export function baseUrlOf(provider: ProviderConfig): string {
  const base = (provider.apiBase ?? known[provider.type])?.replace(/\/+$/, '');
  if (base === undefined)
    throw new ContinuoError(
      'GATEWAY_CONFIG_INVALID',
      `provider ${provider.name} of type ${provider.type} has no address: say where it listens with api_base = "http://…/v1"`,
    );
  const suffix = '/openai/v1';
  return provider.type === 'tensorzero' && !base.endsWith(suffix) ? base + suffix : base;
}

/** The name that goes into the request. Another gateway wants to know whether it is a function or a model. */
export function requestedModel(provider: ProviderConfig): string {
  if (provider.type !== 'tensorzero' || provider.modelName.startsWith('tensorzero::')) return provider.modelName;
  return `tensorzero::model_name::${provider.modelName}`;
}
