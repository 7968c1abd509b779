import type { Json } from '../../core/data/json.ts';

/**
 * The variables as JSON, copied: a getter is read here and not in the template, a date becomes its text, and what
 * is undefined is left out. Throws for what JSON cannot hold.
 */
export function contextOf(variables: Readonly<Record<string, unknown>>): { readonly [name: string]: Json } {
  const own = Object.fromEntries(Object.entries(variables));
  // Texts are JSON as they are; what JSON.parse gives is JSON, and an object stays one.
  return isOfTexts(own) ? own : (JSON.parse(JSON.stringify(own, refuse)) as { readonly [name: string]: Json });
}

function isOfTexts(variables: Readonly<Record<string, unknown>>): variables is Readonly<Record<string, string>> {
  return Object.values(variables).every((value) => typeof value === 'string');
}

function refuse(name: string, value: unknown): unknown {
  const kind = typeof value;
  if (kind === 'function' || kind === 'symbol' || kind === 'bigint') throw new TypeError(`\`${name}\` is a ${kind}, which is not JSON`);
  if (kind === 'number' && !Number.isFinite(value)) throw new TypeError(`\`${name}\` is ${String(value)}, which is not JSON`);
  return value;
}
