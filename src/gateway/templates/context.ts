import type { Json } from '../../core/data/json.ts';

/**
 * The variables as JSON, copied: a getter is read here and not in the template, a date becomes its text, and what
 * is undefined is left out. Throws for what JSON cannot hold.
 */
export function contextOf(variables: Readonly<Record<string, unknown>>): { readonly [name: string]: Json } {
  // What JSON.parse gives is JSON; an object stays one.
  return JSON.parse(JSON.stringify(variables, refuse)) as { readonly [name: string]: Json };
}

function refuse(name: string, value: unknown): unknown {
  const kind = typeof value;
  if (kind === 'function' || kind === 'symbol' || kind === 'bigint') throw new TypeError(`\`${name}\` is a ${kind}, which is not JSON`);
  if (kind === 'number' && !Number.isFinite(value)) throw new TypeError(`\`${name}\` is ${String(value)}, which is not JSON`);
  return value;
}
