/** A feed's messages as server-sent events. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../ports/clock.ts';
import { problemOf } from '../http/problem.ts';
import type { Batch } from './batch.ts';
import type { LiveDesk } from './desk.ts';
import { isGivenUp, type Ending, type Outlet } from './reader.ts';
import { endOf, taken } from './web-socket-outlet.ts';

/** How long a client waits before it comes again, and how often it hears that somebody is there, in milliseconds. */
const retry = 2000;
const signOfLife = 15_000;

/** Answers with an open stream that `subscribe` fills until it ends. */
export function streamTo(
  request: FastifyRequest,
  reply: FastifyReply,
  { connections, clock }: Pick<LiveDesk, 'connections'> & { readonly clock: Clock },
  subscribe: (outlet: Outlet) => () => void,
): FastifyReply {
  const { principal } = request;
  connections.mustHaveRoom(principal);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    // Whatever hooks have set for every answer.
    ...Object.fromEntries(Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that would collect it let it through.
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${retry}\n\n`);
  const remove = connections.add({ by: 'sse', principal, end: () => raw.end() });
  const leave = subscribe(new EventStreamOutlet(request, reply, () => connections.gaveUp('sse')));
  let disarm = clock.at(clock.now() + signOfLife, beat);
  function beat(): void {
    if (raw.writableLength === 0) raw.write(': here\n\n');
    disarm = clock.at(clock.now() + signOfLife, beat);
  }
  raw.on('error', () => undefined);
  raw.on('close', () => {
    disarm();
    remove();
    leave();
  });
  return reply;
}

class EventStreamOutlet implements Outlet {
  readonly #raw: FastifyReply['raw'];
  readonly #requestId: string;
  readonly #gaveUp: () => void;

  constructor(request: FastifyRequest, reply: FastifyReply, gaveUp: () => void) {
    this.#gaveUp = gaveUp;
    this.#raw = reply.raw;
    this.#requestId = request.id;
  }

  get waiting(): number {
    return this.#raw.writableLength;
  }

  write({ events }: Batch): void {
    if (!this.#raw.writableEnded) this.#raw.write(events);
  }

  taken(): Promise<void> {
    return taken(this.#raw);
  }

  /** What is not ended is opened again by the client, which goes on from the last id. */
  end(ending: Ending): void {
    if (this.#raw.writableEnded) return;
    if (ending.is === 'ended') this.#raw.write(`id: ${ending.cursor}\nevent: end\ndata: ${endOf(ending)}\n\n`);
    if (isGivenUp(ending)) this.#gaveUp();
    if (ending.is === 'failed') this.#raw.write(`event: problem\ndata: ${JSON.stringify(problemOf(ending.error, this.#requestId))}\n\n`);
    this.#raw.end();
  }
}
