/**
 * A line of the log for people: `12:00:01.250 warn   request refused  status=403 code=ACCESS_DENIED`. Each value is cleaned
 * by itself: the id of a key in the field `key` looks like `key=<secret>` otherwise.
 */
export function textLine(line: string, clean: (text: string) => string): string {
  // It was just written by the log: an object with these and other fields.
  const { level, time, message, ...rest } = JSON.parse(line) as { level: string; time: string; message?: string; [name: string]: unknown };
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${clean(wordOf(value))}`);
  return `${[time.slice(11, 23), level.padEnd(5), clean(message ?? ''), ...fields].join('  ').trimEnd()}\n`;
}

function wordOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  return /^[\w./:~+-]+$/.test(value) ? value : JSON.stringify(value);
}
