/** Voices of models outside: `openai:alloy`, a provider or a model of the configuration with a voice of it. */
import { ContinuoError } from '../../core/errors.ts';
import { quote } from '../../core/plan/problem.ts';
import type { SpeechModelConfig } from './studio-config.ts';

interface Named {
  readonly name: string;
  readonly config: Pick<SpeechModelConfig, 'provider' | 'voice' | 'voices'>;
}

/** Which of the model's voices is meant; undefined where one of this machine is. */
export function cloudVoice({ name, config }: Named, wanted: string | null): string | undefined {
  const { provider, voice: usual, voices } = config;
  if (wanted === null || wanted === 'auto' || wanted === 'cloud' || wanted === name || wanted === provider) return usual;
  const colon = wanted.indexOf(':');
  const owner = wanted.slice(0, Math.max(0, colon));
  if (owner !== name && owner !== provider) return undefined;
  const voice = wanted.slice(colon + 1);
  if (voice !== '' && (voices.length === 0 || voices.includes(voice))) return voice;
  throw new ContinuoError('VOICE_UNKNOWN', `${name} has no voice ${quote(voice)}: it has ${voices.join(', ')}`);
}
