/** What rules are given of a dialogue, however it was said. */
import type { Fields } from '../../core/data/fields.ts';
import type { Json } from '../../core/data/json.ts';
import type { Dialogue, Said } from '../conversation.ts';

/** What the user said last: as text, or as fields together with those of the system. */
export function saidLast({ system, turns }: Dialogue): Json {
  const last = turns.findLast(({ role, said }) => role === 'user' && said !== undefined)?.said;
  return last?.is === 'text' ? last.text : { ...fieldsOf(system), ...fieldsOf(last) };
}

const fieldsOf = (said: Said | undefined): Fields => (said?.is === 'fields' ? said.fields : {});
