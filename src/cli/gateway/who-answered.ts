/** Who answered, what it took, and the names that feedback is given to. */
import type { Inference } from '../../compose.ts';
import { money } from '../terminal/money.ts';
import { span } from '../terminal/time.ts';

/** What made an output valid that was not. */
const rungs: Readonly<Record<Exclude<Inference['rung'], 'none'>, string>> = {
  extracted: 'the output was found among other text',
  syntax: 'the output’s syntax was mended',
  coerced: 'the output was fitted to the schema',
  asked_again: 'the output was mended by asking again',
  next_provider: 'another provider’s output was of no use',
};

export function* whoAnswered(inference: Inference): Generator<string> {
  const { variant, rung, latency, inferenceId, episodeId } = inference;
  yield `variant ${variant} · ${by(inference)} · ${span(latency)}`;
  if (inference.source === 'model') yield spent(inference);
  if (rung !== 'none') yield rungs[rung];
  yield `inference ${inferenceId}`;
  yield `episode   ${episodeId}`;
}

function by({ source, model = '', provider = '' }: Inference): string {
  switch (source) {
    case 'rules':
      return 'by rules, without a model';
    case 'cache':
      return `from the cache, first by ${model} at ${provider}`;
    case 'model':
      return `by ${model} at ${provider}`;
  }
}

function spent({ usage: { inputTokens, cachedTokens, outputTokens }, cost }: Inference): string {
  const cached = cachedTokens === 0 ? '' : ` (${cachedTokens} of them cached)`;
  return `${inputTokens} tokens in${cached}, ${outputTokens} out · ${money(cost)}`;
}
