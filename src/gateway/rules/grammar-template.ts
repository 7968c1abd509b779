/** The texts of a grammar as MiniJinja templates. */
import type { Grammar, Text } from './grammar.ts';
import { withMarks } from './references.ts';

/** Variables that hold the marks around a symbol: letters that the input does not have. */
export const openName = 'continuo_open';
export const closeName = 'continuo_close';

/** As one template: text with a mark for each symbol, an expression's JSON, or `1` where a condition holds. */
export function templateOf({ kind, source }: Text): string {
  switch (kind) {
    case 'text':
      return withMarks(source, (place) => `{{ ${openName} }}${place}{{ ${closeName} }}`);
    case 'expression':
      return `{{ (${source})|tojson }}`;
    case 'condition':
      return `{% if (${source}) %}1{% endif %}`;
  }
}

export function pathOf({ path }: Grammar, { key }: Text): string {
  return `${path}: ${key}`;
}

/** The same, for a check against the schema of the input: what the grammar itself gives is bound. */
export function checkedTemplateOf(text: Text): string {
  const given = [openName, closeName, ...text.given].map((name) => `{% set ${name} = 1 %}`).join('');
  return given + templateOf(text);
}
