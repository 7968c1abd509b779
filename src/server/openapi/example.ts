/** A value that a schema would take, for people to read. */
import { resolved, type JsonSchema, type OpenApi } from './document-types.ts';

/** What is nested deeper is shown by its schema's own example, or not at all. */
const deepest = 5;

export function exampleOf(document: OpenApi, given: JsonSchema, depth = 0): unknown {
  const schema = resolved(document, given);
  const said = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default;
  if (said !== undefined) return said;
  if (schema.enum !== undefined) return schema.enum[0];
  if (depth > deepest) return null;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.[0] !== undefined) return exampleOf(document, choices[0], depth + 1);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(document, part, depth + 1)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objectOf(document, schema, depth);
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(document, schema.items, depth + 1)];
    case 'string':
      return schema.format === 'date-time' ? '2026-03-01T09:30:00.000Z' : '…';
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 0;
    case 'boolean':
      return true;
    default:
      return null;
  }
}

/** What must be there, and in an answer what there is; of a request only what must. */
function objectOf(document: OpenApi, { properties = {}, required = [] }: JsonSchema, depth: number): object {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, exampleOf(document, properties[name], depth + 1)]])),
  );
}
