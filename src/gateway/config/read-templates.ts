/** Templates and schemas, under either of their spellings. */
import type { SchemaFile, SourceFile } from './model.ts';
import { fileAt, schemaAt } from './read-files.ts';
import type { Table } from './table.ts';

const roles = ['system', 'user', 'assistant'] as const;

/** `system_template = "…"`, or `templates.NAME.path = "…"`. */
export const readTemplates = (table: Table): Readonly<Record<string, SourceFile>> => readNamed(table, 'template', fileAt);

/** `system_schema = "…"`, or `schemas.NAME.path = "…"`. */
export const readSchemas = (table: Table): Readonly<Record<string, SchemaFile>> => readNamed(table, 'schema', schemaAt);

export const templateKeys: readonly string[] = [...roles.map((role) => `${role}_template`), 'templates'];

function readNamed<T>(table: Table, kind: string, read: (table: Table, name: string) => T | undefined): Readonly<Record<string, T>> {
  const found = new Map<string, T>();
  const add = (name: string, one: T | undefined): void => {
    if (one !== undefined) found.set(name, one);
  };
  for (const role of roles) add(role, read(table, `${role}_${kind}`));
  for (const [name, inner] of table.each(`${kind}s`)) {
    if (roles.some((role) => role === name && table.has(`${role}_${kind}`)))
      inner.error('path', `\`${name}_${kind}\` says it too`, 'Keep one of the two.');
    inner.need('path', 'Write the path of the file.');
    add(name, read(inner, 'path'));
    inner.close(`a ${kind}`);
  }
  return Object.fromEntries(found);
}
