/**
 * What things are called, as lists that are pleasant to write: one thing a line.
 *
 *     teapot                      its words are its name: teapot
 *     teapot: kettle, pot of tea  its name, and these
 *     peanuts = peanut            these alone
 */
export function readWordList(list: string): ReadonlyMap<string, readonly string[]> {
  const things = new Map<string, readonly string[]>();
  for (const line of list.split('\n')) {
    const [, name, mark, rest] = /^\s*([a-z0-9-]+)\s*(?:([:=])\s*(.*\S))?\s*$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (things.has(name)) throw new Error(`the word list has ${name} twice`);
    const own = mark === '=' ? [] : [name.replaceAll('-', ' ')];
    things.set(name, [...new Set([...own, ...(rest?.split(/\s*,\s*/) ?? [])])]);
  }
  return things;
}
