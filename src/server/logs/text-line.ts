/** A line of the log for people: `12:00:01.250 warn   request refused  status=403 code=ACCESS_DENIED`. */
export function textLine(line: string): string {
  // It was just written by the log: an object with these and other fields.
  const { level, time, message, ...rest } = JSON.parse(line) as { level: string; time: string; message?: string; [name: string]: unknown };
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${wordOf(value)}`);
  return `${[time.slice(11, 23), level.padEnd(5), message ?? '', ...fields].join('  ').trimEnd()}\n`;
}

function wordOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  return /^[\w./:~+-]+$/.test(value) ? value : JSON.stringify(value);
}
