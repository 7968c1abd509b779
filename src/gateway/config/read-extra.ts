/** What is sent to a provider besides: `extra_body` and `extra_headers`, as upstream's lists or as plain tables. */
import { NotJsonError, toJson, type Json } from '../../core/data/json.ts';
import { isObject } from '../../core/plan/fields.ts';
import { isTable, type Table } from './table.ts';

type JsonTable = Readonly<Record<string, Json>>;

export interface Extra {
  readonly extraBody?: JsonTable;
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

export function readExtra(table: Table): Extra {
  const extraBody = readBody(table);
  const extraHeaders = readHeaders(table);
  return { ...(extraBody === undefined ? {} : { extraBody }), ...(extraHeaders === undefined ? {} : { extraHeaders }) };
}

function readBody(table: Table): JsonTable | undefined {
  const name = 'extra_body';
  const value = table.raw(name);
  if (value === undefined) return undefined;
  if (isTable(value)) {
    table.ours(name);
    const json = jsonOf(table, name, value);
    return isObject(json) ? json : undefined;
  }
  let body: JsonTable = {};
  for (const entry of table.tables(name)) {
    const pointer = entry.need('pointer', 'Write where it goes: pointer = "/reasoning_effort".');
    const json = jsonOf(entry, 'value', entry.raw('value'));
    const parts = partsOf(pointer);
    if (entry.has('delete')) entry.error('delete', 'nothing can be taken out of a request here', 'Remove the entry.');
    else if (json === undefined) entry.error('value', 'it is missing', 'Write what goes there: value = "low".');
    entry.close('an entry of extra_body');
    if (parts === undefined) {
      if (pointer !== '')
        entry.error(
          'pointer',
          'it is not a JSON Pointer to a field',
          'Write fields alone, as in "/reasoning/effort": lists cannot be changed.',
        );
    } else if (json !== undefined) body = put(body, parts, json);
  }
  return body;
}

function readHeaders(table: Table): Readonly<Record<string, string>> | undefined {
  const name = 'extra_headers';
  const value = table.raw(name);
  if (value === undefined) return undefined;
  if (!isTable(value)) {
    return Object.fromEntries(
      table.tables(name).flatMap((entry) => {
        const header = entry.need('name', 'Write the header’s name.');
        if (entry.has('delete')) entry.error('delete', 'no header can be taken out here', 'Remove the entry.');
        const text = entry.has('delete') ? '' : entry.need('value', 'Write the header’s value.');
        entry.close('an entry of extra_headers');
        return header === '' ? [] : [[header, text]];
      }),
    );
  }
  table.ours(name);
  const headers = table.table(name);
  return Object.fromEntries((headers?.names() ?? []).map((header) => [header, headers?.string(header) ?? '']));
}

function jsonOf(table: Table, name: string, value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  try {
    return toJson(value, name);
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    table.error(name, 'it is not JSON', 'Give texts, numbers, true, false, lists and tables.');
    return undefined;
  }
}

/** The fields on the way; undefined for what is no pointer, and for places in lists. */
function partsOf(pointer: string): readonly string[] | undefined {
  const [root, ...parts] = pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return root === '' && parts.length > 0 && !parts.some((part) => /^(\d+|-|)$/.test(part)) ? parts : undefined;
}

function put(body: JsonTable, [first = '', ...rest]: readonly string[], value: Json): JsonTable {
  const inner = Object.hasOwn(body, first) ? body[first] : undefined;
  return { ...body, [first]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value) };
}
