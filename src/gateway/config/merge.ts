/**
 * Several files as one table.
 *
 * M1. Tables of the same key become one. A key that is something else in two files is a problem, told with both.
 * M2. Lists of rules, budgets and prices are joined.
 * M3. For every key of the result it is known which file it came from, and under which key it stands there.
 */
import { lineOf } from './key-lines.ts';
import { entryOf, keyIn, outwards } from './key-path.ts';
import type { ConfigProblem } from './problem.ts';
import type { Source } from './sources.ts';
import { isTable, type TomlTable } from './table.ts';

export interface Origin {
  readonly file: string;
  readonly dir: string;
  readonly line: number | undefined;
}

export interface Merged {
  readonly table: TomlTable;
  readonly problems: readonly ConfigProblem[];
  readonly originOf: (key: string) => Origin;
}

interface Part {
  readonly source: Source;
  readonly table: TomlTable;
}

const joined: ReadonlySet<string> = new Set(['rate_limiting.rules', 'budgets', 'prices']);

export function merge(sources: readonly Source[]): Merged {
  const problems: ConfigProblem[] = [];
  const origins = new Map<string, { readonly source: Source; readonly key: string }>();

  const mergeTables = (parts: readonly Part[], parent: string): TomlTable => {
    const names = new Set(parts.flatMap(({ table }) => Object.keys(table)));
    return Object.fromEntries([...names].map((name) => [name, mergeKey(parts, keyIn(parent, name), name)]));
  };
  const mergeKey = (parts: readonly Part[], key: string, name: string): unknown => {
    const holders = parts.filter(({ table }) => Object.hasOwn(table, name)).map(({ source, table }) => ({ source, value: table[name] }));
    const [first, second] = holders;
    if (first !== undefined) origins.set(key, { source: first.source, key });
    if (first === undefined || second === undefined) return first?.value;
    const tables = holders.flatMap(({ source, value }) => (isTable(value) ? [{ source, table: value }] : []));
    if (tables.length === holders.length) return mergeTables(tables, key);
    if (joined.has(key) && holders.every(({ value }) => Array.isArray(value))) return join(holders, key);
    problems.push({
      level: 'error',
      file: second.source.name,
      key,
      ...lineIn(second.source, key),
      message: `${first.source.name} defines it too`,
      mend: 'Keep one of the two.',
    });
    return first.value;
  };
  const join = (holders: readonly { readonly source: Source; readonly value: unknown }[], key: string): unknown[] => {
    const all: unknown[] = [];
    for (const { source, value } of holders)
      // Only lists come here.
      for (const [index, one] of (value as unknown[]).entries()) {
        origins.set(entryOf(key, all.length), { source, key: entryOf(key, index) });
        all.push(one);
      }
    return all;
  };

  const table = mergeTables(
    sources.map((source) => ({ source, table: isTable(source.table) ? source.table : {} })),
    '',
  );
  const originOf = (key: string): Origin => {
    for (const outer of outwards(key)) {
      const origin = origins.get(outer);
      if (origin === undefined) continue;
      const { source } = origin;
      return { file: source.name, dir: source.dir, line: lineOf(source.lines, `${origin.key}${key.slice(outer.length)}`) };
    }
    const [source] = sources;
    return {
      file: sources.length === 1 ? (source?.name ?? '') : sources.map(({ name }) => name).join(', '),
      dir: source?.dir ?? '',
      line: undefined,
    };
  };
  return { table, problems, originOf };
}

function lineIn(source: Source, key: string): { readonly line?: number } {
  const line = lineOf(source.lines, key);
  return line === undefined ? {} : { line };
}
