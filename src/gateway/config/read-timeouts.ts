import { defined } from '../../core/plan/fields.ts';
import type { Timeouts } from './model.ts';
import type { Table } from './table.ts';

const time = { min: 1 } as const;

export function readTimeouts(table: Table): Timeouts {
  const timeouts = table.table('timeouts');
  const whole = timeouts?.table('non_streaming');
  const stream = timeouts?.table('streaming');
  const read = defined<Timeouts>({
    total: whole?.number('total_ms', time),
    firstToken: stream?.number('ttft_ms', time),
    streamTotal: stream?.number('total_ms', time),
  });
  timeouts?.close('timeouts');
  whole?.close('timeouts of answers that are not streamed');
  stream?.close('timeouts of streams');
  return read;
}
