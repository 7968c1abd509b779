/**
 * Templates that are text with names of variables between it, and nothing else: most of the short ones. They are filled
 * here as the engine would, which need not be asked.
 */
import type { Json } from '../../core/data/json.ts';

export interface PlainTemplate {
  /** What stands before the first name and behind each. */
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

const named = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/;
/** Names that mean something of their own in the engine's language. */
const reserved: ReadonlySet<string> = new Set(['true', 'True', 'false', 'False', 'none', 'None', 'not', 'self', 'super', 'loop']);

/** Undefined where the template says more than that. */
export function readPlain(template: string): PlainTemplate | undefined {
  // A capture splits, too: names stand at the odd places.
  const parts = template.replace(/\r?\n$/, '').split(named);
  const texts = parts.filter((_, place) => place % 2 === 0);
  const names = parts.filter((_, place) => place % 2 === 1);
  return texts.some((text) => /\{[{%#]/.test(text)) || names.some((name) => reserved.has(name)) ? undefined : { texts, names };
}

/** Undefined where a variable is no text: how others are written is the engine's business. */
export function fill({ texts, names }: PlainTemplate, variables: { readonly [name: string]: Json }): string | undefined {
  let filled = texts[0] ?? '';
  for (const [place, name] of names.entries()) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (typeof value !== 'string') return undefined;
    filled += value.toWellFormed() + (texts[place + 1] ?? '');
  }
  return filled;
}
