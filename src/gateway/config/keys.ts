/** Which environment variables hold the keys of providers. */
import { keyOf, type Environment } from '../models/keys.ts';
import type { KeyLocation, ModelConfig, ProviderType } from './model.ts';

/** The variables of each type, the first that is set; none where no key is needed. */
const variables: Readonly<Record<ProviderType, readonly string[]>> = {
  openai: ['OPENAI_API_KEY'],
  anthropic: ['ANTHROPIC_API_KEY'],
  google: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY'],
  groq: ['GROQ_API_KEY'],
  cerebras: ['CEREBRAS_API_KEY'],
  sambanova: ['SAMBANOVA_API_KEY'],
  xai: ['XAI_API_KEY'],
  mistral: ['MISTRAL_API_KEY'],
  deepseek: ['DEEPSEEK_API_KEY'],
  together: ['TOGETHER_API_KEY'],
  fireworks: ['FIREWORKS_API_KEY'],
  openrouter: ['OPENROUTER_API_KEY'],
  ollama: [],
  vllm: [],
  sglang: [],
  tensorzero: [],
  openai_compatible: [],
};

export function defaultKey(type: ProviderType, names: readonly string[] = variables[type]): KeyLocation {
  return names.length === 0 ? { is: 'none' } : { is: 'env', names };
}

/** Whether one of its providers could be asked now, without a key that comes with the call. */
export function isUsable({ providers }: ModelConfig, env: Environment): boolean {
  return Object.values(providers).some(({ key }) => keyOf(key, env).is !== 'missing');
}
