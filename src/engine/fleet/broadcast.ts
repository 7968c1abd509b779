/** What happens here is told to whoever listens elsewhere. */
import type { Json } from '../../core/data/json.ts';
import type { Live } from '../../ports/exchange.ts';
import type { Bus } from '../bus.ts';

export function broadcast(bus: Bus, live: Live): () => void {
  return bus.on('*', (event, name) => {
    // Events of the bus are plain data by their types; what an agent streams is its own affair.
    if (typeof event.runId === 'string') live.tell({ run: event.runId, name, event: event as unknown as Json });
  });
}
