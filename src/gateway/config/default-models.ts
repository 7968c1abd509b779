/**
 * The model that is asked where a configuration names a provider and no model. Looked up in November 2026; for
 * providers that host anybody's models it is one that most of them have.
 */
import type { ProviderType } from './model.ts';

export const defaultModels: Readonly<Partial<Record<ProviderType, string>>> = {
  anthropic: 'claude-haiku-5-5',
  cerebras: 'gpt-oss-120b',
  deepseek: 'deepseek-flash',
  fireworks: 'accounts/fireworks/models/gpt-oss-120b',
  google: 'gemini-3.8-flash',
  groq: 'openai/gpt-oss-120b',
  mistral: 'mistral-medium-latest',
  openai: 'gpt-5.4-mini',
  openrouter: 'openai/gpt-oss-120b',
  sambanova: 'gpt-oss-120b',
  together: 'openai/gpt-oss-120b',
  xai: 'grok-4.3',
};
