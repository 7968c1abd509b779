/** Milliseconds, or a number with its unit: `'500ms'`, `'1.5s'`, `'10m'`, `'2h'`, `'7d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const units: { readonly [unit: string]: number } = { ms: 1, s: second, m: minute, h: hour, d: day };

// Ten years with their leap days.
const longest = 3653 * day;

/** Whole milliseconds, or undefined when the value is no duration between zero and ten years. */
export function parseDuration(value: unknown): number | undefined {
  const exact = typeof value === 'number' ? value : typeof value === 'string' ? parseText(value) : undefined;
  if (exact === undefined || !(exact >= 0 && exact <= longest)) return undefined;
  // Adding zero turns -0 into 0.
  return Math.round(exact) + 0;
}

function parseText(text: string): number | undefined {
  // The exponent is there because a template such as `${seconds}s` prints small numbers with one.
  const match = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2] === undefined ? undefined : units[match[2]];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}
