/** Who follows runs live here. */
import { Counter, Gauge, type Registry } from 'prom-client';

export type Follower = 'websocket' | 'socketio' | 'sse';

export class LiveFigures {
  readonly #open: Gauge<'by'>;
  readonly #dropped: Counter<'by'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#open = new Gauge({
      name: 'continuo_live_connections',
      help: 'Connections that follow runs or agents here.',
      labelNames: ['by'],
      registers,
    });
    this.#dropped = new Counter({
      name: 'continuo_live_readers_dropped_total',
      help: 'Connections that were closed because they read too slowly.',
      labelNames: ['by'],
      registers,
    });
    for (const by of ['websocket', 'socketio', 'sse'] as const) {
      this.#open.set({ by }, 0);
      this.#dropped.inc({ by }, 0);
    }
  }

  opened(by: Follower): void {
    this.#open.inc({ by });
  }

  closed(by: Follower): void {
    this.#open.dec({ by });
  }

  /** Besides being closed. */
  dropped(by: Follower): void {
    this.#dropped.inc({ by });
  }
}
