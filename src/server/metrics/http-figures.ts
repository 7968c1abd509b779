/** What is asked of this process over HTTP. */
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Answered } from '../http/when-answered.ts';
import { ofRequests } from './buckets.ts';

export class HttpFigures {
  readonly #duration: Histogram<'method' | 'route' | 'status'>;
  readonly #inFlight: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#duration = new Histogram({
      name: 'continuo_http_request_duration_seconds',
      help: 'Requests by the template of their route (none: there is no such route), and by the class of the answer (aborted: whoever asked was gone before it).',
      labelNames: ['method', 'route', 'status'],
      buckets: ofRequests,
      registers,
    });
    this.#inFlight = new Gauge({ name: 'continuo_http_requests_in_flight', help: 'Requests that are being answered.', registers });
  }

  began(): void {
    this.#inFlight.inc();
  }

  ended({ method, route, status, aborted, milliseconds }: Answered): void {
    this.#inFlight.dec();
    // Methods that no route has can be made up.
    const asked = route === undefined ? 'any' : method;
    const answered = aborted ? 'aborted' : `${Math.floor(status / 100)}xx`;
    this.#duration.observe({ method: asked, route: route ?? 'none', status: answered }, milliseconds / 1000);
  }
}
