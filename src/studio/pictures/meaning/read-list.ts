/**
 * What words mean, as lists that are pleasant to write: one meaning a line.
 *
 *     wick, wax flake = candle          these words mean that thing
 *     garden: bed = raised-bed          in a film about the garden; a line for other films may stand beside it
 *     ~ wall = brick                    seldom what a picture is about
 *     - light pressure                  looks like the name of a thing, and is none
 *
 * On the right stands the name of a thing of the library.
 */
import { isField, type Field } from './fields.ts';

export interface Meaning {
  readonly phrases: readonly string[];
  /** Absent where nothing is to be shown for it. */
  readonly thing: string | undefined;
  /** Of the films in which it is meant; empty where it always may be. */
  readonly fields: readonly Field[];
  readonly minor: boolean;
}

const split = (text: string, at: string): readonly string[] =>
  text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export function readList(list: string): readonly Meaning[] {
  return split(list, '\n').map((line) => {
    const [, sign, before, left = '', right = ''] = /^(?:([~-])\s+)?(?:([a-z, ]+):)?([^=]*)(?:=(.*))?$/.exec(line) ?? [];
    const fields = split(before ?? '', ',');
    if (!fields.every(isField)) throw new Error(`the list of meanings knows no field "${before}" in "${line}"`);
    if ((right === '') !== (sign === '-')) throw new Error(`the line "${line}" of the list of meanings says nothing`);
    return {
      phrases: split(left, ','),
      thing: right.trim() === '' ? undefined : right.trim(),
      fields: fields.filter(isField),
      minor: sign === '~',
    };
  });
}
