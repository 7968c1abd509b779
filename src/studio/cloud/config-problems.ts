/** What a schema says is wrong with a table, in our words. */
import { z } from 'zod';
import { quote, suggest } from '../../core/plan/problem.ts';

export interface TableProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly mend: string;
}

/** A value is told by its kind: it may be a key that stands in the wrong place. */
export function problemsIn(error: z.ZodError, table: unknown, schema: z.ZodType): readonly TableProblem[] {
  return error.issues.flatMap((issue) => ofIssue(issue, table, schema));
}

type Issue = z.ZodError['issues'][number];

function ofIssue(issue: Issue, table: unknown, schema: z.ZodType): readonly TableProblem[] {
  const path = issue.path.map(String);
  const value = valueAt(table, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ path: [...path, key], message: 'there is no such key', mend: suggest(key, known) }));
    }
    case 'invalid_value': {
      const words = issue.values.map(String);
      if (typeof value !== 'string') return [wrongKind(path, value, `one of ${words.map(quote).join(', ')}`)];
      return [{ path, message: `there is no ${quote(value)} for it`, mend: suggest(value, words) }];
    }
    case 'invalid_type':
      return [wrongKind(path, value, kinds[issue.expected] ?? `a ${issue.expected}`)];
    case 'invalid_union': {
      const inner = issue.errors.flat().find(({ code }) => code === 'custom');
      return inner === undefined
        ? [wrongKind(path, value, 'a string, or a list of strings')]
        : ofIssue({ ...inner, path: issue.path }, table, schema);
    }
    default: {
      const mend: unknown = issue.code === 'custom' ? issue.params?.['mend'] : undefined;
      return [{ path, message: issue.message, mend: typeof mend === 'string' ? mend : 'Correct it.' }];
    }
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  array: 'a list',
  object: 'a table',
  record: 'a table',
};

function wrongKind(path: readonly string[], value: unknown, wanted: string): TableProblem {
  const message = value === undefined ? 'it is missing' : `it is ${kindOf(value)}, and not ${wanted}`;
  return { path, message, mend: `Give ${wanted}.` };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (typeof value === 'object') return 'a table';
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}

function valueAt(table: unknown, path: readonly string[]): unknown {
  let value = table;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    // Any object may be read by name; what a field holds stays unknown.
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function keysAt(schema: z.ZodType, path: readonly string[]): readonly string[] {
  let at = plain(schema);
  for (const name of path) at = at instanceof z.ZodObject ? plain(at.shape[name]) : undefined;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** Without what is done to it afterwards, and whether or not it has to be there. */
function plain(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return plain(schema.in);
  return schema instanceof z.ZodOptional ? plain(schema.unwrap()) : schema;
}
