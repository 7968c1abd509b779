import { isFields, type Fields } from '../../core/data/fields.ts';
import type { Json } from '../../core/data/json.ts';

/** What the templates of a grammar see: the fields of what was said, or `user_text` where it is text. */
export function variablesOf(said: Json): Fields {
  return isFields(said) ? said : { user_text: said };
}
