/** Redis's answers, as what they were asked for. */
export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

export function textsOf(reply: unknown): readonly string[] {
  return listOf(reply).map(String);
}
