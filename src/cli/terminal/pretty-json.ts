/** A value as people read it: indented, without the parts that nobody reads. */
import type { Json } from '../../core/data/json.ts';
import type { Paint } from './screen.ts';
import { fit, widthOf } from './width.ts';

export interface Cut {
  /** Lines at most. */
  readonly lines: number;
  /** Columns of one line at most. */
  readonly columns: number;
}

/** The lines of it; where lines were left out, the last one says how many. */
export function prettyJson(value: Json, cut: Cut, paint: Paint): readonly string[] {
  const all = lines(value, cut.columns, paint);
  if (all.length <= cut.lines) return all;
  const left = all.length - cut.lines + 1;
  return [...all.slice(0, cut.lines - 1), paint('dim', `… ${left} more lines`)];
}

function lines(value: Json, columns: number, paint: Paint): readonly string[] {
  if (typeof value === 'string') return [paint('green', short(JSON.stringify(value), columns))];
  if (typeof value !== 'object' || value === null) return [paint('yellow', JSON.stringify(value))];
  const flat = oneLiner(value, columns);
  if (flat !== undefined) return [flat];
  const inner = columns - 2;
  if (isList(value)) return ['[', ...value.flatMap((one, at) => indented(lines(one, inner, paint), at < value.length - 1)), ']'];
  const entries = Object.entries(value);
  const members = entries.flatMap(([key, one], at) => {
    const name = `${short(JSON.stringify(key), inner)}: `;
    const [first = '', ...rest] = lines(one, inner - widthOf(name), paint);
    return indented([paint('cyan', name.slice(0, -2)) + ': ' + first, ...rest], at < entries.length - 1);
  });
  return ['{', ...members, '}'];
}

function indented(block: readonly string[], comma: boolean): readonly string[] {
  return block.map((line, at) => `  ${line}${comma && at === block.length - 1 ? ',' : ''}`);
}

/** Lists of a few plain values stay on one line. */
function oneLiner(value: Json & object, columns: number): string | undefined {
  if (!isList(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  if (value.some((one) => typeof one === 'object' && one !== null)) return undefined;
  const text = `[${value.map((one) => short(JSON.stringify(one))).join(', ')}]`;
  return widthOf(text) <= Math.min(columns, 60) ? text : undefined;
}

/** Text in quotes: JSON escapes most control characters, and the others go. What is long loses its end. */
function short(quoted: string, columns = Infinity): string {
  const clean = quoted.replaceAll(/[\u007f-\u009f\u2028\u2029]/g, '');
  return widthOf(clean) <= columns ? clean : `${fit(clean.slice(0, -1), Math.max(8, columns - 1))}"`;
}

/** `Array.isArray` does not know readonly lists. */
function isList(value: Json & object): value is readonly Json[] {
  return Array.isArray(value);
}
