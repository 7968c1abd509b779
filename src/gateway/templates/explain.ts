/** Finds out what a template missed: the engine says the line alone. */
import type { Json } from '../../core/data/json.ts';
import { closest } from '../../core/data/text.ts';
import { TemplateSyntaxError } from './tokens.ts';
import type { Read, Scopes } from './scope.ts';
import { scan } from './statements.ts';

type Variables = { readonly [name: string]: Json };

/** What is undefined on that line (in the whole template without one), as a sentence; undefined when it cannot be told. */
export function explainUndefined(
  source: string,
  line: number | undefined,
  variables: Variables,
  bound: ReadonlySet<string>,
): string | undefined {
  const scopes = scanned(source);
  if (scopes === undefined) return undefined;
  for (const read of scopes.reads) {
    if (line !== undefined && read.line !== line) continue;
    const told = Object.hasOwn(variables, read.name) ? missingField(read, variables[read.name]) : unknownName(read.name, variables, bound);
    if (told !== undefined) return told;
  }
  return undefined;
}

export function boundIn(source: string): ReadonlySet<string> {
  return scanned(source)?.bound ?? new Set();
}

function scanned(source: string): Scopes | undefined {
  try {
    return scan(source);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return undefined;
    throw error;
  }
}

function unknownName(name: string, variables: Variables, bound: ReadonlySet<string>): string | undefined {
  if (bound.has(name)) return undefined;
  // What grammars give to their own templates is nothing that an author could use.
  const known = Object.keys(variables).filter((one) => !one.startsWith('continuo_'));
  return `there is no variable \`${name}\`${suggestion(name, known)}`;
}

function missingField(read: Read, value: Json | undefined): string | undefined {
  let at = value;
  let path = read.name;
  for (const field of read.path) {
    if (typeof at !== 'object' || at === null) return `\`${path}\` has no fields, so that \`${path}.${field}\` is undefined`;
    // An object of JSON, or a list, which has no field of a name.
    const fields = at as Variables;
    if (Array.isArray(at) || !Object.hasOwn(fields, field)) {
      return `\`${path}\` has no field \`${field}\`${suggestion(field, Array.isArray(at) ? [] : Object.keys(fields))}`;
    }
    at = fields[field];
    path = `${path}.${field}`;
  }
  return undefined;
}

const shown = 12;

export function suggestion(name: string, known: readonly string[]): string {
  const near = closest(name, known);
  if (near !== undefined) return `; did you mean \`${near}\`?`;
  if (known.length === 0) return '; there are none';
  const listed = known.slice(0, shown).map((other) => `\`${other}\``);
  return `; there are ${listed.join(', ')}${known.length > shown ? ' …' : ''}`;
}
