/** Telemetry that is brought to a collector by OpenTelemetry's protocol. */
import { randomUUID } from 'node:crypto';
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { SpanData, Telemetry } from '../ports/telemetry.ts';
import { deliver, type CollectorOptions } from './collector.ts';
import { otlpRequest, type Attributes, type Resource } from './otlp-json.ts';
import { Outbox } from './outbox.ts';
import { samplerNamed, type Sampler } from './sampling.ts';
import { keepingAlive, lettingGo } from './timers.ts';

export interface OtlpOptions {
  /** Where spans are posted to, `http://localhost:4318/v1/traces`. */
  readonly endpoint: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `service.name`; `continuo` when absent. */
  readonly service?: string;
  /** What else is said of this process. */
  readonly resource?: Readonly<Record<string, string>>;
  readonly version?: string;
  /** By the names of OTEL_TRACES_SAMPLER; `parentbased_always_on` when absent. */
  readonly sampler?: { readonly name: string; readonly argument?: string };
  /** `gzip` when absent. */
  readonly compression?: 'gzip' | 'none';
  /** Milliseconds for a request; ten seconds when absent. */
  readonly timeout?: number;
  /** How long spans wait for others, in milliseconds; a second when absent. */
  readonly delay?: number;
  /** How many go together, and how many may wait at most. */
  readonly batch?: number;
  readonly queue?: number;
  /** How long an end waits for what is on its way, in milliseconds; five seconds when absent. */
  readonly patience?: number;
  /** What is told in other words there. */
  readonly as?: (span: SpanData) => Attributes;
  /** Hears of spans that are dropped. */
  readonly warn?: (message: string) => void;
  readonly clock?: Clock;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Brings spans to a collector.
 *
 * ```ts
 * const telemetry = otlpTelemetry({ endpoint: 'http://localhost:4318/v1/traces', service: 'studio' });
 * const orchestrator = await Orchestrator.open({ agents, telemetry });
 * ```
 */
export function otlpTelemetry(options: OtlpOptions): Telemetry {
  const { sampler, as, clock, warn = (message: string) => process.emitWarning(message, 'TelemetryWarning') } = options;
  const to = collectorOf(options);
  const resource = resourceOf(options);
  const outbox = new Outbox({
    deliver: (spans) =>
      deliver(otlpRequest(as === undefined ? spans : spans.map((span) => ({ ...span, attributes: as(span) })), resource), to),
    clock: clock ?? keepingAlive,
    idle: clock ?? lettingGo,
    most: options.queue ?? 20_000,
    together: options.batch ?? 512,
    delay: options.delay ?? 1000,
    patience: options.patience ?? 5000,
    warn: (message) => warn(`telemetry of ${to.url.host}: ${message}`),
  });
  return new Otlp(outbox, samplerNamed(sampler?.name, sampler?.argument));
}

class Otlp implements Telemetry {
  readonly #outbox: Outbox;
  readonly #sampler: Sampler;

  constructor(outbox: Outbox, sampler: Sampler) {
    this.#outbox = outbox;
    this.#sampler = sampler;
  }

  span(span: SpanData): void {
    if (this.#sampler.takes(span)) this.#outbox.add(span);
  }

  records(trace: string): boolean {
    return this.#sampler.begins(trace);
  }

  flushed(): Promise<void> {
    return this.#outbox.flushed();
  }

  close(): Promise<void> {
    return this.#outbox.close();
  }
}

function collectorOf({ endpoint, headers = {}, compression, timeout = 10_000, clock, fetch }: OtlpOptions): CollectorOptions {
  const url = URL.parse(endpoint);
  // What is wrong with it is said without it: it may hold a password.
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new ContinuoError(
      'USAGE',
      'the address of the telemetry collector is not one of http or https: give it as http://localhost:4318',
    );
  const { username, password } = url;
  const basic =
    username === '' && password === '' ? {} : { authorization: basicAuth(decodeURIComponent(username), decodeURIComponent(password)) };
  url.username = '';
  url.password = '';
  const sent = { ...basic, ...headers };
  mustBeHeaders(sent);
  return {
    url,
    headers: sent,
    compress: compression !== 'none',
    timeout,
    clock: clock ?? lettingGo,
    fetch: fetch ?? globalThis.fetch,
  };
}

function mustBeHeaders(headers: Readonly<Record<string, string>>): void {
  try {
    void new Headers(headers);
  } catch {
    throw new ContinuoError(
      'USAGE',
      `the headers for the telemetry collector (${Object.keys(headers).length} of them) cannot be sent by HTTP`,
    );
  }
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function resourceOf({ service, resource = {}, version = 'unknown' }: OtlpOptions): Resource {
  return {
    version,
    attributes: {
      'service.name': 'continuo',
      'service.version': version,
      'service.instance.id': randomUUID(),
      'telemetry.sdk.name': 'continuo',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.version': version,
      ...resource,
      ...(service === undefined ? {} : { 'service.name': service }),
    },
  };
}
