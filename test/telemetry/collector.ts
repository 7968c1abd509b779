/** A collector on this machine: it takes what is posted to it apart, and answers as it is told to. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

/** One span, as it came over the wire. */
export interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code: number; readonly message?: string };
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly WireSpan[] }[];
  }[];
}

export type Reply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: object }
  | { readonly is: 'hang' }
  | { readonly is: 'cut' };

export class Collector implements AsyncDisposable {
  readonly requests: Received[] = [];
  /** Of requests that were taken. */
  readonly spans: WireSpan[] = [];
  readonly #server: Server;
  readonly #replies: Reply[] = [];
  readonly #news = new EventEmitter();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<Collector> {
    const collector = new Collector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get url(): string {
    // It listens at a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What comes next is answered so; what comes after that is taken. */
  next(...replies: readonly Reply[]): void {
    this.#replies.push(...replies);
  }

  /** Resolves when so many requests have come. */
  async asked(count: number): Promise<void> {
    while (this.requests.length < count) await once(this.#news, 'asked');
  }

  /** Resolves when a span of that name was taken. */
  async took(name: string): Promise<WireSpan> {
    for (;;) {
      const found = this.spans.find((span) => span.name === name);
      if (found !== undefined) return found;
      await once(this.#news, 'taken');
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    // A stream of bytes without an encoding gives buffers.
    for await (const part of request) parts.push(part as Buffer);
    const whole = Buffer.concat(parts);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString();
    const body = JSON.parse(text) as Body;
    const reply = this.#replies.shift() ?? { status: 200, body: { partialSuccess: {} } };
    this.requests.push({ path: request.url ?? '', headers: request.headers, body });
    this.#news.emit('asked');
    if ('is' in reply) {
      if (reply.is === 'cut') request.socket.destroy();
      return;
    }
    if (reply.status === 200) {
      for (const { scopeSpans } of body.resourceSpans) for (const { spans } of scopeSpans) this.spans.push(...spans);
      this.#news.emit('taken');
    }
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** The attributes of a span or a resource as plain values. */
export function plain(attributes: readonly KeyValue[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(value: Readonly<Record<string, unknown>>): unknown {
  const [kind] = Object.keys(value);
  assert.ok(kind !== undefined);
  if (kind === 'intValue') return Number(value[kind]);
  if (kind !== 'arrayValue') return value[kind];
  // As the protocol has lists.
  return (value[kind] as { readonly values: readonly Readonly<Record<string, unknown>>[] }).values.map(valueOf);
}

/** As `mustBeOneTree` wants them. */
export function asTold({ traceId, spanId, parentSpanId, name, startTimeUnixNano, endTimeUnixNano }: WireSpan): {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
} {
  const milliseconds = (nano: string): number => Number(BigInt(nano) / 1_000_000n);
  return {
    trace: traceId,
    id: spanId,
    ...(parentSpanId === undefined ? {} : { parent: parentSpanId }),
    name,
    from: milliseconds(startTimeUnixNano),
    to: milliseconds(endTimeUnixNano),
  };
}
