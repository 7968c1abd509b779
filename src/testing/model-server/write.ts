/** Writes a scripted reply down, with all its faults. */
import type { ServerResponse } from 'node:http';
import { answer, Gate, piecesOf, wholeText } from './script.ts';
import type { Answer, Reply, Sent } from './script.ts';
import type { Chunk } from './wire.ts';
import type { Route } from './route.ts';

export async function write(response: ServerResponse, route: Route, reply: Reply, sent: Sent): Promise<void> {
  switch (reply.is) {
    case 'held':
      await reply.gate.opened;
      return await write(response, route, reply.reply, sent);
    case 'hang':
      return;
    case 'status':
      response.writeHead(reply.status, { 'content-type': reply.contentType ?? 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'function' ? reply.body(sent) : (reply.body ?? ''));
      return;
    case 'body':
      response.writeHead(200, { 'content-type': reply.contentType ?? (route.streamed ? 'text/event-stream' : 'application/json') });
      response.end(reply.body);
      return;
    case 'image':
    case 'speech': {
      const within = route.wire.media(reply);
      if (within !== undefined) return json(response, within);
      response.writeHead(200, { 'content-type': reply.type });
      response.end(reply.bytes);
      return;
    }
    case 'vectors':
      return json(response, route.wire.vectors(reply.vectors, reply.tokens ?? reply.vectors.length, route.texts?.one ?? false));
    case 'answer':
      if (!route.streamed) return json(response, route.wire.whole(reply, route.model));
      if (await stream(response, route, reply.text, reply)) response.end(route.wire.done);
      return;
    case 'without_done':
      if (!route.streamed) return json(response, route.wire.whole(reply.answer, route.model));
      if (await stream(response, route, reply.answer.text, reply.answer)) response.end();
      return;
    case 'unfinished':
      if (await stream(response, route, reply.after)) response.end();
      return;
    case 'stream_error':
      if (await stream(response, route, reply.after)) response.end(route.wire.error(reply.message).map(eventOf).join(''));
      return;
    case 'cut':
      return await cut(response, route, reply.after);
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function cut(response: ServerResponse, route: Route, after: Answer['text']): Promise<void> {
  if (route.streamed) {
    if (await stream(response, route, after)) response.destroy();
    return;
  }
  const whole = JSON.stringify(route.wire.whole(answer(wholeText(after)), route.model));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) });
  response.write(whole.slice(0, whole.length / 2), () => response.destroy());
}

/** All but the end; with `finish` also the finish reason and the usage. Answers whether the client is still there. */
async function stream(response: ServerResponse, route: Route, text: Answer['text'], finish?: Answer): Promise<boolean> {
  const { wire, model } = route;
  const tokens = finish?.usage === 'none' ? undefined : finish?.usage;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const send = async (chunks: readonly Chunk[]): Promise<void> => {
    for (const chunk of chunks) {
      if (response.destroyed || response.write(eventOf(chunk))) continue;
      await drained(response);
    }
  };
  const pieces = piecesOf(text);
  // A stream that is broken before its first token has not even begun.
  if (pieces.length > 0 || finish !== undefined) await send(wire.begin(model, tokens));
  for (const piece of pieces) {
    if (piece instanceof Gate) await piece.opened;
    else await send(wire.text(piece, model));
  }
  if (finish !== undefined) await send(wire.finish(finish, model));
  return !response.destroyed;
}

/** Or gone: nobody drains it then. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function eventOf({ event, data }: Chunk): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}
