/** A live event as text that a stream can bear. */
import type { Json } from '../../../core/data/json.ts';
import type { LiveEvent } from '../../../ports/exchange.ts';

/** What is longer is in the journal, or was an agent's own word: the stream only says that it happened. */
const longest = 16_384;
const longestWord = 1000;

export function textOf({ name, event }: LiveEvent): string {
  const whole = written([name, event]);
  return whole !== undefined && whole.length <= longest ? whole : (written([name, short(event)]) ?? JSON.stringify([name, null]));
}

/** Undefined for what is not JSON: agents may log anything. */
function written(value: readonly [string, Json]): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Without what is large or deep. */
function short(event: Json): Json {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return { omitted: true };
  const words = Object.entries(event).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= longestWord),
  );
  return { ...Object.fromEntries(words), omitted: true };
}
