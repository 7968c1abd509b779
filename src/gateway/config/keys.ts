/** Where the keys of providers are looked for. */
import type { KeyLocation, ModelConfig, ProviderConfig, ProviderType } from './model.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

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

/** The variable that a provider's key would be taken from now; undefined when none of them is set. */
export function keyVariable(key: KeyLocation, env: Environment): string | undefined {
  return key.is === 'env' ? key.names.find((name) => (env[name] ?? '') !== '') : undefined;
}

/** Whether a provider could be asked now, without a key that comes with the call. */
export function hasKey({ key }: ProviderConfig, env: Environment): boolean {
  return key.is === 'none' || keyVariable(key, env) !== undefined;
}

export function isUsable({ providers }: ModelConfig, env: Environment): boolean {
  return Object.values(providers).some((provider) => hasKey(provider, env));
}
