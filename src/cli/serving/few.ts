const shown = 12;

/** The first of many names. */
export function few(all: readonly string[]): string {
  const unique = [...new Set(all)];
  if (unique.length === 0) return 'none';
  return `${unique.slice(0, shown).join(', ')}${unique.length > shown ? ` and ${unique.length - shown} more` : ''}`;
}
