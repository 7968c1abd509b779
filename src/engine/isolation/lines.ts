import type { Readable } from 'node:stream';

// A process that never ends its line must not fill the engine's memory.
const longestLine = 65_536;

/** Gives each line that the stream has; the last one need not be ended. */
export function eachLine(stream: Readable, give: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) give(line);
    for (; rest.length > longestLine; rest = rest.slice(longestLine)) give(rest.slice(0, longestLine));
  });
  stream.on('end', () => {
    if (rest !== '') give(rest.replace(/\r$/, ''));
    rest = '';
  });
}
