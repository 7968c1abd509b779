/**
 * Errors that agents throw where nobody can catch them: in a timer, in a promise that
 * nobody awaits. They are the agent's fault and no run's, so that the engine goes on.
 */
import type { Screen } from '../terminal/screen.ts';
import { oneLine } from '../terminal/width.ts';

export function reportStrayErrors(screen: Screen): () => void {
  const told = new Set<string>();
  const report = (error: unknown): void => {
    const message = oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    if (told.has(message)) return;
    told.add(message);
    const where = error instanceof Error ? (/\n\s+at (.*)/.exec(error.stack ?? '')?.[1] ?? '') : '';
    screen.stream.write(
      `${screen.paint('yellow', 'warning')}: something threw outside of its attempt: ${message}${where === '' ? '' : screen.paint('dim', `  ${oneLine(where)}`)}\n`,
    );
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  return () => {
    process.off('uncaughtException', report);
    process.off('unhandledRejection', report);
  };
}
