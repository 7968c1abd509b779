import type { GatewaySettings } from '../../compose.ts';
import type { Shell } from '../shell.ts';
import { oneLine } from '../terminal/width.ts';

/** One that was named is read at once; the usual one when an agent first asks. */
export function gatewayOf(shell: Shell, config: readonly string[] | undefined): GatewaySettings {
  const warn = (message: string): void => shell.err.line(`${shell.err.paint('yellow', 'note')}: ${oneLine(message)}`);
  return { env: shell.env, warn, ...(config === undefined ? { lazy: true } : { config }) };
}
