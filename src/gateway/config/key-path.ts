/** Keys as TOML writes them, from the top: `models."gpt-4.1".providers.openai.cost[0]`. */

export function keyIn(parent: string, name: string): string {
  const written = /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
  return parent === '' ? written : `${parent}.${written}`;
}

export const entryOf = (list: string, index: number): string => `${list}[${index}]`;

/** The key and what it lies in, from the inside out. */
export function* outwards(key: string): Generator<string> {
  if (key === '') return;
  yield key;
  for (let end = key.length - 1; end > 0; end--) if (key[end] === '.' || key[end] === '[') yield key.slice(0, end);
}
