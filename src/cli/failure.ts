/** How the command line says that something is wrong. */
import { catalogue, ContinuoError, type ErrorCode } from '../core/errors.ts';
import { exitCodeOfError, exitCodes, type ExitCode } from './exit-codes.ts';
import type { Screen } from './terminal/screen.ts';
import { safe, wrap } from './terminal/width.ts';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
  readonly exitCode: ExitCode;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ContinuoError)
    return { code: error.code, message: error.message, mend: error.mend, exitCode: exitCodeOfError(error.code) };
  // Nothing of the catalogue: a fault of Continuo itself, or of the machine.
  const message = error instanceof Error ? error.message : String(error);
  return { code: codeOf(error) ?? 'INTERNAL', message, mend: catalogue.INTERNAL.mend, exitCode: exitCodes.failed };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The mend for a code of the catalogue; agents may fail with codes of their own. */
export function mendOf(code: string): string | undefined {
  // Object.hasOwn has just seen it among the keys.
  return Object.hasOwn(catalogue, code) ? catalogue[code as ErrorCode].mend : undefined;
}

export function tell(screen: Screen, { code, message, mend }: Pick<Failure, 'code' | 'message' | 'mend'>): void {
  const { paint } = screen;
  const [first = '', ...rest] = screen.isTerminal ? indented(message, screen.columns, code.length + 8) : [safe(message)];
  screen.line(`${paint('red', 'error')} ${paint('bold', code)}: ${first}`);
  for (const line of rest) screen.line(line);
  for (const [at, line] of (screen.isTerminal ? wrap(mend, screen.columns - 7) : [safe(mend)]).entries())
    screen.line(`${at === 0 ? `${paint('cyan', 'mend')}:` : '     '} ${line}`);
}

/** `before` is what stands in front of the first line. What is far to the right is a command, and stays in one piece. */
function indented(text: string, columns: number, before: number): readonly string[] {
  return safe(text)
    .split('\n')
    .flatMap((line, at) => {
      const own = /^ */.exec(line)?.[0] ?? '';
      if (own.length >= 4) return [line];
      const room = '·'.repeat(at === 0 ? before : 0);
      // Wrapped with what stands before it, and then without.
      const lines = wrap(`${room}${line.slice(own.length)}`, columns - own.length - 2);
      return lines.map((piece, nth) => (nth > 0 ? `${own}  ${piece}` : `${own}${piece.slice(room.length)}`));
    });
}

/** What `--json` gives in place of an outcome. */
export function failureJson({ code, message, mend, exitCode }: Failure, runId: string | undefined): object {
  return {
    ...(runId === undefined ? {} : { runId }),
    status: exitCode === exitCodes.usage ? 'invalid' : 'error',
    error: { code, message, mend },
  };
}
