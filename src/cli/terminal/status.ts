/** Statuses as they are shown everywhere. */
import type { Status } from '../../core/run/state.ts';
import type { Style } from './screen.ts';

export const statuses: readonly Status[] = ['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'];

const styles: Readonly<Record<Status, Style>> = {
  running: 'cyan',
  waiting: 'magenta',
  paused: 'yellow',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'yellow',
};

export function styleOf(status: Status): Style {
  return styles[status];
}
