/** What expressions of PromQL ask for: series by name, and the labels by which they are chosen or gathered. */
export interface Asked {
  readonly name: string;
  /** With the values that are asked for, where these are plain words. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

const series = /\b((?:continuo|nodejs|process)_\w+|up)\b(?:\{([^}]*)\})?/g;
const matcher = /(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g;
const gathered = /\b(?:by|without)\s*\(([^)]*)\)/g;

export function askedIn(expression: string): readonly Asked[] {
  const by = [...expression.matchAll(gathered)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim()));
  return [...expression.matchAll(series)].map(([, name = '', inside = '']) => {
    const labels = new Map<string, readonly string[]>(by.map((label) => [label, []]));
    for (const [, label = '', value = ''] of inside.matchAll(matcher)) labels.set(label, plain(value) ? value.split('|') : []);
    return { name, labels };
  });
}

const plain = (value: string): boolean => /^[\w|:/.-]+$/.test(value);
