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

/** For people: the two largest units, as in `1.2 s`, `3 m 20 s`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return `${ms} ms`;
  if (ms < 0) return `-${formatDuration(-ms)}`;
  // Each unit is chosen after rounding, so that 59.96 s reads `1 m` and never `60 s`.
  const whole = Math.round(ms);
  if (whole < second) return `${whole} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${tenths / 10} s`;
  const seconds = Math.round(ms / second);
  if (seconds < 3600) return pair(seconds, 60, 'm', 's');
  const minutes = Math.round(ms / minute);
  if (minutes < 1440) return pair(minutes, 60, 'h', 'm');
  return pair(Math.round(ms / hour), 24, 'd', 'h');
}

function pair(amount: number, size: number, large: string, small: string): string {
  const rest = amount % size;
  const head = `${Math.floor(amount / size)} ${large}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}
