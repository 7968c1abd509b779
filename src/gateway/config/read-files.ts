/** Files that a configuration names: templates, schemas, rules. */
import { dirname, resolve } from 'node:path';
import { toJson, type Json } from '../../core/data/json.ts';
import { quote } from '../../core/plan/problem.ts';
import { Schemas } from '../output/schemas.ts';
import type { SchemaFile, SourceFile } from './model.ts';
import type { FileContent } from './reading.ts';
import type { Table } from './table.ts';

/** The file whose path stands at `name`; undefined where none is written, or none could be read. */
export function fileAt(table: Table, name: string): SourceFile | undefined {
  const path = table.string(name);
  return path === undefined || path === '' ? undefined : find(table, name, path);
}

export function schemaAt(table: Table, name: string): SchemaFile | undefined {
  const file = fileAt(table, name);
  if (file === undefined) return undefined;
  const { schema, problem } = readSchema(file.text);
  if (problem !== undefined)
    table.error(name, `${quote(file.path)}: ${problem}`, 'Correct the schema; draft 2020-12 and draft-07 are understood.');
  return schema === undefined ? undefined : { path: file.path, schema };
}

const schemas = new Schemas();

function readSchema(text: string): { readonly schema?: Json; readonly problem?: string } {
  try {
    const schema = toJson(JSON.parse(text), 'schema');
    const problem = schemas.check(schema);
    return problem === undefined ? { schema } : { schema, problem };
  } catch (error) {
    return { problem: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function find(table: Table, name: string, path: string): SourceFile | undefined {
  const { dir } = table.reading.originOf(table.at(name));
  const places = placesOf(dir, path, table.reading.strict);
  const found = places.map((place) => ({ place, content: table.reading.readFile(place) })).find(({ content }) => content.is !== 'absent');
  if (found?.content.is === 'text') return { path: found.place, text: found.content.text };
  const message =
    found === undefined ? `there is no file ${places.join(', nor ')}` : `${found.place} cannot be read: ${why(found.content)}`;
  table.error(name, message, 'Write the file or correct the path: it is relative to the file that it stands in.');
  return undefined;
}

/** Beside the configuration; or, since many keep `config/` and `templates/` side by side, in the folder above it. */
function placesOf(dir: string, path: string, strict: boolean): readonly string[] {
  const beside = resolve(dir, path);
  const above = resolve(dirname(dir), path);
  return strict || beside === above ? [beside] : [beside, above];
}

const why = (content: FileContent): string => (content.is === 'unreadable' ? content.why : content.is);
