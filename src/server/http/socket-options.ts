/**
 * How long somebody may take, and how many may be connected: a connection that sends slowly, sends nothing, or is
 * there no more costs a bounded time.
 */
import type { ServerOptions } from 'node:http';
import { catalogue } from '../../core/errors.ts';
import type { ServerSettings, ServerTimeouts } from '../parts.ts';

const usual: Required<ServerTimeouts> = { headers: 15_000, request: 120_000, keepAlive: 72_000, checkedEvery: 5_000 };

/** How long nothing may move on a connection at all, in milliseconds: longer than any model takes for its first word. */
const stillAtMost = 900_000;

export const usualConnections = 10_000;

/** Options of Node's server, plain or TLS. */
export function socketOptions({ timeouts = {} }: ServerSettings): ServerOptions {
  const { headers, request, checkedEvery } = { ...usual, ...timeouts };
  return {
    headersTimeout: Math.min(headers, request),
    requestTimeout: request,
    connectionsCheckingInterval: checkedEvery,
    maxHeaderSize: 16_384,
    // The system finds out about peers that vanished without a word.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  };
}

/** Options of Fastify that become the server's. */
export function connectionOptions({ timeouts = {} }: ServerSettings): {
  readonly connectionTimeout: number;
  readonly keepAliveTimeout: number;
  readonly requestTimeout: number;
  readonly maxRequestsPerSocket: number;
} {
  const { keepAlive, request } = { ...usual, ...timeouts };
  return { connectionTimeout: stillAtMost, keepAliveTimeout: keepAlive, requestTimeout: request, maxRequestsPerSocket: 10_000 };
}

interface Answerable {
  readonly writable: boolean;
  readonly destroyed: boolean;
  end(text: string, done: () => void): unknown;
  destroy(): unknown;
}

const told = {
  late: { status: 408, words: 'Request Timeout', code: 'REQUEST_TIMED_OUT', detail: 'the request did not arrive whole in time' },
  large: { status: 431, words: 'Request Header Fields Too Large', code: 'REQUEST_INVALID', detail: 'the headers are larger than 16 KiB' },
  odd: { status: 400, words: 'Bad Request', code: 'REQUEST_INVALID', detail: 'what came is not HTTP' },
} as const;

/** What never became a request has an answer all the same, and is its connection's last. */
export function answerClientError(error: { readonly code?: string }, socket: Answerable): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const { status, words, code, detail } =
    told[error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'late' : error.code === 'HPE_HEADER_OVERFLOW' ? 'large' : 'odd'];
  const { meaning: title, mend } = catalogue[code];
  const body = JSON.stringify({ type: `/errors/${code}`, title, status, detail, code, mend });
  const headers = ['content-type: application/problem+json', `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
  socket.end(`HTTP/1.1 ${status} ${words}\r\n${headers.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
