/**
 * What a server has to say besides what it answers: JSON lines, one for each thing.
 *
 * O1. No line holds a key, a password, a header, or what runs were given and gave.
 * O2. Whatever goes along with a request, a run or an inference carries its ids: `request_id`, `run`, `trace`.
 */
import { pino } from 'pino';
import { redactor } from '../../core/data/redact.ts';
import { catalogue, ContinuoError } from '../../core/errors.ts';
import { Lines, type Sink } from './lines.ts';
import { textLine } from './text-line.ts';

export const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type Level = (typeof levels)[number];

export type Log = pino.Logger;

export interface LogOptions {
  /** `info` when absent. */
  readonly level?: Level;
  /** `text` is for terminals; `json` when absent. */
  readonly format?: 'json' | 'text';
  readonly out: Sink;
  /** Must not be in any line, in any spelling (`secretsIn`). */
  readonly secrets?: Iterable<string>;
}

export interface OpenedLog {
  readonly log: Log;
  /** Everything that was said is out; what is said later still goes. */
  flush(): void;
}

/** Fields that hold what must not be told, wherever somebody puts them. */
const untold = ['headers', 'authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', 'body', 'input', 'output'];

export function openLog({ level = 'info', format = 'json', out, secrets = [] }: LogOptions): OpenedLog {
  const clean = redactor(secrets);
  const lines = new Lines(out, format === 'json' ? clean : (line) => clean(textLine(line)));
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: told, error: told },
      redact: { paths: untold.flatMap((name) => [name, `*.${name}`]), remove: true },
    },
    lines,
  );
  return { log, flush: () => lines.flush() };
}

/** An error with what mends it. */
function told(error: unknown): object {
  if (error instanceof ContinuoError) return { code: error.code, message: error.message, mend: catalogue[error.code].mend };
  if (error instanceof Error) return { code: 'INTERNAL', message: error.message, stack: error.stack };
  return { code: 'INTERNAL', message: String(error) };
}
