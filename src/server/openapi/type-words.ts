/** A schema in few words: `text, 1 to 200 long`, `one of a, b`. */
import { resolved, type JsonSchema, type OpenApi } from './document-types.ts';

const plain: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
};

export function typeWords(document: OpenApi, given: JsonSchema): string {
  const schema = resolved(document, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map(String).join(', ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((one) => typeWords(document, one)))].join(', or ');
  const types = [schema.type ?? []].flat();
  const words = types.map((type) => {
    if (type === 'array') return `list${schema.items === undefined ? '' : ` of ${typeWords(document, schema.items)}`}`;
    return type === 'object' ? 'object' : (plain[type] ?? type);
  });
  const said = words.length === 0 ? 'any JSON' : words.join(' or ');
  return [said, ...bounds(schema), ...(schema.default === undefined ? [] : [`${JSON.stringify(schema.default)} when absent`])].join(', ');
}

function bounds({ minimum, maximum, minLength = 0, maxLength, maxItems, format }: JsonSchema): readonly string[] {
  // Whole numbers have the bounds of what can be counted exactly, which says nothing.
  const isSaid = (bound: number | undefined): bound is number => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return [
    ...(format === undefined ? [] : [format]),
    ...(isSaid(minimum) && isSaid(maximum)
      ? [`${minimum} to ${maximum}`]
      : isSaid(minimum)
        ? [`from ${minimum}`]
        : isSaid(maximum)
          ? [`to ${maximum}`]
          : []),
    ...(isSaid(maxLength) ? [`${minLength > 0 ? `${minLength} to ` : 'at most '}${maxLength} long`] : []),
    ...(isSaid(maxItems) ? [`at most ${maxItems}`] : []),
  ];
}
