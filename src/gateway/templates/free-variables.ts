import { scan } from './statements.ts';

export interface FreeVariable {
  readonly name: string;
  /** Where it is read first. */
  readonly line: number;
}

/**
 * What a template reads from outside, each name once. A name that the template itself binds on some ways only counts,
 * for on the others it comes from outside.
 *
 * @throws TemplateSyntaxError
 */
export function freeVariables(source: string): readonly FreeVariable[] {
  const first = new Map<string, number>();
  for (const { name, line } of scan(source).reads) if (!first.has(name)) first.set(name, line);
  return [...first].map(([name, line]) => ({ name, line }));
}
