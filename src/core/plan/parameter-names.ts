/**
 * The names that a function reads off its first parameter: `({ script, film: f }) => …`.
 *
 * Best effort, and never a false alarm: what is not plainly a name is passed over, and
 * at anything unusual reading stops with the names that are certain.
 */
export function parameterNames(source: string): readonly string[] {
  const start = /^\s*\(\s*\{/.exec(source);
  if (start === null) return [];
  const names: string[] = [];
  let at = start[0].length;
  for (;;) {
    const key = /^\s*(?:([\p{ID_Start}$_][\p{ID_Continue}$]*)|'([^'\\]*)'|"([^"\\]*)")\s*(?=[,:=}])/u.exec(source.slice(at, at + 200));
    if (key === null) return names;
    names.push(key[1] ?? key[2] ?? key[3] ?? '');
    const end = endOfProperty(source, at + key[0].length);
    if (end === undefined || source[end] === '}') return names;
    at = end + 1;
  }
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Where a property of the pattern ends, past its own pattern and default; undefined where text or comments begin. */
function endOfProperty(source: string, from: number): number | undefined {
  const open: string[] = [];
  for (let at = from; at < source.length; at++) {
    const char = source[at] ?? '';
    if ('"\'`/'.includes(char)) return undefined;
    if (closing[char] !== undefined) open.push(closing[char]);
    else if (open.length > 0) {
      if (char === open.at(-1)) open.pop();
    } else if (char === ',' || char === '}') return at;
  }
  return undefined;
}
