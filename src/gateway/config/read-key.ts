/** `api_key_location`. What it says is never repeated in a problem: it may be the key itself. */
import { quote } from '../../core/plan/problem.ts';
import type { KeyLocation } from './model.ts';
import { isTable, type Table } from './table.ts';

const mend = 'Write "env::NAME", "dynamic::name" or "none"; the key itself belongs into the environment.';

/** Undefined where there is none, or none that could be read. */
export function readKey(table: Table): KeyLocation | undefined {
  const name = 'api_key_location';
  const value = table.raw(name);
  if (!isTable(value)) return readLocation(table, name);
  const inner = table.table(name);
  if (inner === undefined) return undefined;
  const first = readLocation(inner, 'default');
  const second = readLocation(inner, 'fallback');
  inner.close('a key location');
  if (first?.is === 'env' && second?.is === 'env') return { is: 'env', names: [...first.names, ...second.names] };
  if (first !== undefined && second !== undefined)
    table.error(name, 'a fallback is possible between environment variables only', 'Keep one of the two, or make both "env::NAME".');
  return first ?? second;
}

function readLocation(table: Table, name: string): KeyLocation | undefined {
  const text = table.string(name);
  if (text === undefined) return undefined;
  if (text === 'none') return { is: 'none' };
  const [, kind, what = ''] = /^(env|dynamic)::(\w+)$/.exec(text) ?? [];
  if (kind === 'env') return { is: 'env', names: [what] };
  if (kind === 'dynamic') return { is: 'dynamic', name: what };
  const [, other] = /^(path|path_from_env|sdk|file)(?:::|$)/.exec(text) ?? [];
  table.error(name, other === undefined ? 'this is no place for a key' : `keys are not read from ${quote(other)} here`, mend);
  return undefined;
}
