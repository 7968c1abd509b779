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
  flush(this: void): void;
}

/** Fields that hold what must not be told, wherever somebody puts them. */
const untold: ReadonlySet<string> = new Set([
  'headers',
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'apiKey',
  'body',
  'input',
  'output',
]);

export function openLog({ level = 'info', format = 'json', out, secrets = [] }: LogOptions): OpenedLog {
  const clean = redactor(secrets);
  const lines = new Lines(out, format === 'json' ? clean : (line) => textLine(line, clean));
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => tellable(fields, 2) },
      serializers: { err: told, error: told },
    },
    lines,
  );
  return { log, flush: () => lines.flush() };
}

type Fields = Readonly<Record<string, unknown>>;

function tellable(fields: Fields, depth: number): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields))
    if (!untold.has(name)) clean[name] = depth > 1 && isFields(value) ? tellable(value, depth - 1) : value;
  return clean;
}

/** Errors have a way of their own into a line. */
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error);
}

/** An error with what mends it. */
function told(error: unknown): object {
  if (error instanceof ContinuoError) return { code: error.code, message: error.message, mend: catalogue[error.code].mend };
  if (error instanceof Error) return { code: 'INTERNAL', message: error.message, stack: error.stack };
  return { code: 'INTERNAL', message: String(error) };
}
