/** Redis's answers, as what they were asked for. */
import type { ChainableCommander } from 'ioredis';

/** Sends a pipeline; the first command that failed fails the whole. */
export async function resultsOf(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

export function textsOf(reply: unknown): readonly string[] {
  return listOf(reply).map(String);
}
