/** The few expressions that the plans of these tests use. */
import type { Json } from '../../src/core/data/json.ts';

export interface Sight {
  readonly feedback: Json | undefined;
  output(step: string): Json | undefined;
}

type Fields = Readonly<Record<string, Json>>;

export function evaluate(expression: Json, sight: Sight): Json | undefined {
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) return expression;
  const fields = expression as Fields;
  if (typeof fields['$from'] === 'string') return read(fields['$from'].split('.'), sight);
  if (Array.isArray(fields['$compare'])) {
    const [left, , right] = fields['$compare'] as readonly Json[];
    return JSON.stringify(evaluate(left ?? null, sight) ?? null) === JSON.stringify(evaluate(right ?? null, sight) ?? null);
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, evaluate(value, sight) ?? null]));
}

function read([root, ...path]: readonly string[], sight: Sight): Json | undefined {
  if (root === 'feedback') return dig(sight.feedback, path);
  return dig(sight.output(path[0] ?? ''), path.slice(2));
}

function dig(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (here, key) => (typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? (here as Fields)[key] : undefined),
    value,
  );
}

export function truthy(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}
