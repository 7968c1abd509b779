/**
 * Connections that become sockets.
 *
 * W1. A request that asks to become a socket passes the same routes and the same guard as any other, and is answered by
 *     them where it is refused: before it has become anything.
 * W2. Where a browser says which page asks, it is a page of this server or of an origin that was allowed.
 * W3. A key travels in a header. Browsers can set none: they send it as a protocol, `continuo, key.<key>`, or have a
 *     ticket (tickets.ts). There is no key in a URL. A ticket opens sockets, and nothing else.
 * W4. Nobody watches over these connections but we: none waits for a body, and none outlives its answer.
 */
import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { ContinuoError } from '../../core/errors.ts';
import { answerClientError } from '../http/socket-options.ts';
import { presentedKey } from '../access/authenticate.ts';
import { vouchFor } from '../access/vouched.ts';
import type { App } from '../http/app.ts';
import type { Tickets } from './tickets.ts';

export const protocol = 'continuo';

/** Clients say next to nothing. */
const messageLimit = 1024;

interface Waiting {
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly response: ServerResponse;
  readonly refused: () => void;
}

export class Upgrades {
  readonly #app: App;
  readonly #tickets: Tickets;
  readonly #waiting = new WeakMap<IncomingMessage, Waiting>();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimit,
    clientTracking: false,
    perMessageDeflate: false,
    handleProtocols: (asked) => (asked.has(protocol) ? protocol : false),
  });

  constructor(app: App, tickets: Tickets) {
    this.#app = app;
    this.#tickets = tickets;
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#route(request, socket, head));
  }

  /** What the handler of a socket's route does when nothing speaks against it. */
  accept(request: FastifyRequest, reply: FastifyReply, opened: (socket: WebSocket, wire: Duplex) => void): FastifyReply {
    const { socket, head } = this.take(request, reply);
    this.#sockets.handleUpgrade(request.raw, socket, head, (accepted) => opened(accepted, socket));
    return reply;
  }

  /** The bare connection, which nobody else answers from now on. */
  take(request: FastifyRequest, reply: FastifyReply): Pick<Waiting, 'socket' | 'head'> {
    const waiting = this.#waiting.get(request.raw);
    if (waiting === undefined) throw new ContinuoError('REQUEST_INVALID', 'this is a WebSocket: it is asked for with `Upgrade: websocket`');
    reply.hijack();
    const { response, socket } = waiting;
    response.detachSocket(socket as Parameters<ServerResponse['detachSocket']>[0]);
    // Whoever counts and logs requests hears that this one is over.
    response.removeListener('finish', waiting.refused);
    response.statusCode = 101;
    response.emit('finish');
    response.emit('close');
    return waiting;
  }

  #route(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever breaks off while he is looked at breaks off nothing but his own.
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    // A socket of the server is one of `node:net`, with TLS or without.
    response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
    response.shouldKeepAlive = false;
    const refused = (): void => endSoon(socket);
    response.on('finish', refused);
    if (hasBody(request)) return answerClientError({}, socket);
    const opens = request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
    if (opens) this.#waiting.set(request, { socket, head, response, refused });
    this.#showKey(request, opens);
    this.#app.routing(request, response);
  }

  /** W3 */
  #showKey(request: IncomingMessage, opens: boolean): void {
    if (presentedKey(request.headers) !== undefined) return;
    const key = protocolsOf(request).find((one) => one.startsWith('key.'));
    if (key !== undefined) {
      request.headers['x-api-key'] = key.slice('key.'.length);
      return;
    }
    if (!opens) return;
    const ticket = URL.parse(request.url ?? '', 'http://here')?.searchParams.get('ticket');
    if (typeof ticket === 'string') vouchFor(request, () => this.#tickets.redeem(ticket));
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** When everything is written, whether or not the other side ends, too. */
function endSoon(socket: Duplex): void {
  socket.end(() => socket.destroy());
}

function protocolsOf({ headers }: IncomingMessage): readonly string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
}

/** W2 */
export function mustComeFrom(origins: readonly string[], host: string, origin: string | undefined): void {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return;
  if (URL.parse(origin)?.host === host) return;
  throw new ContinuoError('ACCESS_DENIED', `pages of ${origin} may not open sockets here: the server was not told to allow that origin`);
}
