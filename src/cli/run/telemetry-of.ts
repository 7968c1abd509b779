import { telemetryFrom, type OpenOptions } from '../../compose.ts';
import type { Shell } from '../shell.ts';
import { oneLine } from '../terminal/width.ts';
import { version } from '../version.ts';

/** Who is told of the work, where the environment names somebody. */
export function telemetryOf({ env, err }: Shell): Promise<OpenOptions['telemetry']> {
  return telemetryFrom(env, { version, warn: (message) => err.line(`${err.paint('yellow', 'note')}: ${oneLine(message)}`) });
}
