/** What a command has of the place that it was started from. */
import { userInfo } from 'node:os';
import { Screen } from './terminal/screen.ts';

export interface Shell {
  readonly stdin: NodeJS.ReadStream;
  readonly out: Screen;
  readonly err: Screen;
  readonly env: NodeJS.ProcessEnv;
}

export function systemShell(): Shell {
  return { stdin: process.stdin, out: new Screen(process.stdout), err: new Screen(process.stderr), env: process.env };
}

/** Who answers and commands, unless `--by` says otherwise. */
export function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return env['USER'] ?? env['LOGNAME'] ?? 'someone';
  }
}
