/** How kinds of providers are written: upstream's names for them, and names that people give them. */
import { providerTypes, type ProviderType } from './model.ts';

export interface Spelling {
  readonly type: ProviderType;
  /** Where the name stands for one address of a more general type. */
  readonly apiBase?: string;
  /** Instead of the type's own key variables. */
  readonly keys?: readonly string[];
}

/** What `--strict` accepts. */
const upstream: Readonly<Record<string, Spelling>> = {
  openai: { type: 'openai' },
  anthropic: { type: 'anthropic' },
  deepseek: { type: 'deepseek' },
  fireworks: { type: 'fireworks' },
  google_ai_studio_gemini: { type: 'google' },
  groq: { type: 'groq' },
  hyperbolic: { type: 'openai_compatible', apiBase: 'https://api.hyperbolic.xyz/v1', keys: ['HYPERBOLIC_API_KEY'] },
  mistral: { type: 'mistral' },
  openrouter: { type: 'openrouter' },
  sglang: { type: 'sglang' },
  tgi: { type: 'openai_compatible' },
  together: { type: 'together' },
  vllm: { type: 'vllm' },
  xai: { type: 'xai' },
};

/** What upstream has and we have not, with what does instead. */
const elsewhere: Readonly<Record<string, string>> = {
  aws_bedrock:
    'Use type = "openai_compatible" with Bedrock’s OpenAI-compatible endpoint as api_base and api_key_location = "env::AWS_BEARER_TOKEN_BEDROCK".',
  aws_sagemaker: 'Use type = "openai_compatible" with an endpoint that speaks OpenAI’s API as api_base.',
  azure:
    'Use type = "openai_compatible", api_base = "https://<resource>.openai.azure.com/openai/v1", api_key_location = "env::AZURE_API_KEY".',
  gcp_vertex_anthropic: 'Use type = "anthropic" with a key of Anthropic’s own.',
  gcp_vertex_gemini: 'Use type = "google" with a key of Google AI Studio.',
};

const nicknames: Readonly<Record<string, ProviderType>> = { grok: 'xai', gemini: 'google', claude: 'anthropic', gpt: 'openai' };

const ours: Readonly<Record<string, Spelling>> = Object.fromEntries(providerTypes.map((type) => [type, { type }]));

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export const spellingOf = (type: string, strict: boolean): Spelling | undefined =>
  own(upstream, type) ?? (strict ? undefined : own(ours, type));

export const knownTypes = (strict: boolean): readonly string[] => (strict ? Object.keys(upstream) : providerTypes);

export const insteadOf = (type: string): string | undefined => own(elsewhere, type);

/**
 * The type that a name speaks of: `cerebras`, `openrouter_fast`, `grok_creative`. The longest type wins, so that
 * `openai_compatible` is not an `openai`.
 */
export function typeNamed(name: string): ProviderType | undefined {
  const words = name.toLowerCase().split(/[_\s-]+/);
  for (let count = words.length; count > 0; count--) {
    const start = words.slice(0, count).join('_');
    const found = spellingOf(start, false)?.type ?? own(nicknames, start);
    if (found !== undefined) return found;
  }
  return undefined;
}
