/**
 * Socket.IO beside everything else on one port.
 *
 * I1. Requests come in by routes of the app. Nobody is told anything before a key was shown, with the handshake
 *     (`auth: { key }` or `{ ticket }`) or as a header; who shows none is not kept.
 * I2. To show a key is counted as a request is, and so is what a client asks; what carries it (a poll) is not.
 * I3. What a client asks is answered by its acknowledgement, where it gives one: `{ room }`, or `{ problem }`. Who asks on
 *     and takes no answers is cut off.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Server, type DefaultEventsMap } from 'socket.io';
import { presentedKey } from '../access/authenticate.ts';
import type { App } from '../http/app.ts';
import { problemOf } from '../http/problem.ts';
import { limits, mustHaveRoom, type Limits } from '../http/limits.ts';
import type { ServerParts } from '../parts.ts';
import { admit } from './admit.ts';
import type { LiveDesk } from './desk.ts';
import { askLearning } from './learning.ts';
import { Post, type ClientSocket, type SocketData } from './post.ts';
import { Rooms } from './rooms.ts';
import { mustComeFrom } from './upgrades.ts';

const path = '/socket.io/';

/** Where the requests come from, proxies that count taken into account. */
type Addresses = WeakMap<IncomingMessage, string>;

/** What a client may ask in a minute. */
const asksPerMinute = 600;

/** Questions whose answers lie, before no more are taken. */
const untakenAtMost = 500;

type Reply = (answer: object) => void;

export function socketIo(app: App, parts: ServerParts, desk: LiveDesk): () => void {
  // It believes that it has a server of its own, so that there is one door to this one.
  const host = createServer();
  const io = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>({
    path,
    serveClient: false,
    maxHttpBufferSize: 65_536,
    connectTimeout: 10_000,
    ...corsOf(parts.settings.origins ?? []),
  });
  io.attach(host, { destroyUpgrade: false });
  const counting = limits(parts);
  const addresses: Addresses = new WeakMap();
  io.use((socket, next) => {
    const ip = addresses.get(socket.request) ?? socket.handshake.address;
    admitted(socket, parts, desk, counting, ip).then(
      () => next(),
      (error: unknown) => next(Object.assign(new Error('refused'), { data: problemOf(error, socket.id) })),
    );
  });
  io.on('connection', (socket) => attend(socket, parts, desk));
  routeTo(host, app, parts, desk, addresses);
  return () => void io.engine.close();
}

/** Browsers may ask across origins only where that was said. */
function corsOf(origins: readonly string[]): { readonly cors?: { readonly origin: string | string[] } } {
  if (origins.length === 0) return {};
  return { cors: { origin: origins.includes('*') ? '*' : [...origins] } };
}

function routeTo(host: ReturnType<typeof createServer>, app: App, { settings }: ServerParts, desk: LiveDesk, addresses: Addresses): void {
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: path,
    config: { access: { open: 'a client of Socket.IO shows its key when it is connected, and is told nothing before' }, uncounted: true },
    schema: { hide: true },
    // Before the body is read: that is Socket.IO's affair.
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      mustComeFrom(settings.origins ?? [], request.host, request.headers.origin);
      addresses.set(request.raw, request.ip);
      const isUpgrade = request.headers.upgrade !== undefined;
      if (isUpgrade) {
        const { socket, head } = desk.upgrades.take(request, reply);
        host.emit('upgrade', request.raw, socket, head);
      } else {
        reply.hijack();
        host.emit('request', request.raw, reply.raw);
      }
      return reply;
    },
    handler: async (_request, reply) => reply,
  });
}

async function admitted(socket: ClientSocket, parts: ServerParts, desk: LiveDesk, counting: Limits, ip: string): Promise<void> {
  const { auth, headers } = socket.handshake;
  const text = (name: string): string | undefined => (typeof auth[name] === 'string' ? auth[name] : undefined);
  const principal = await admit(parts, desk.tickets, counting, { key: text('key') ?? presentedKey(headers), ticket: text('ticket'), ip });
  desk.connections.mustHaveRoom(principal);
  socket.data.principal = principal;
}

function attend(socket: ClientSocket, parts: ServerParts, desk: LiveDesk): void {
  const { principal } = socket.data;
  const rooms = new Rooms(socket, new Post(socket, parts.clock), parts, desk);
  const remove = desk.connections.add({
    by: 'socketio',
    principal,
    // Clients come again by themselves where the line broke, and not where they were sent away.
    end: (why) => (why === 'leaving' ? socket.conn.close(true) : socket.disconnect(true)),
  });
  let untaken = 0;
  socket.conn.on('drain', () => (untaken = 0));
  const answer = (name: string, what: (asked: unknown) => Promise<object>): void => {
    socket.on(name, (...given: readonly unknown[]) => {
      const reply = given.at(-1);
      const tell: Reply = typeof reply === 'function' ? (said) => (reply as Reply)(said) : () => undefined;
      if (++untaken > untakenAtMost) return socket.conn.close(true);
      const room = mustHaveRoom(parts, { principal }, { name: 'questions over sockets', perMinute: asksPerMinute });
      room.then(() => what(given[0])).then(tell, (error: unknown) => tell({ problem: problemOf(error, socket.id) }));
    });
  };
  answer('subscribe', async (asked) => ({ room: await rooms.enter(asked) }));
  answer('unsubscribe', async (asked) => ({ room: rooms.leaveAsked(asked) }));
  answer('agent:learning', (asked) => askLearning(parts, socket, asked));
  socket.on('disconnect', () => {
    rooms.leaveAll();
    remove();
  });
}
