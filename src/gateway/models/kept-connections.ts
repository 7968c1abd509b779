/**
 * Requests to providers over connections that are kept, for a small part of what the process's own fetch works on each.
 *
 * N1. Where the process has proxies in its environment, everything goes by its own fetch.
 * N2. It fails as fetch does: a TypeError with its cause, or the reason of the signal.
 * N3. Nothing of a stream is read before it is asked for; a text is whole, or it is none.
 * N4. Nothing is sent anew: who has asked knows whether it may be asked twice.
 */
import { Agent, request as requestOverHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestOverTls } from 'node:https';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { postBy, type Fetch, type Post, type Reply } from './post.ts';

/** Providers close what nobody uses: after some seconds, and say after how many where it is less. */
const unused = 4000;
const connecting = 10_000;

export function keptConnections(otherwise: Fetch = fetch): Post {
  const kept = { keepAlive: true, scheduling: 'lifo', timeout: unused } as const;
  const [plain, secret] = [new Agent(kept), new TlsAgent(kept)];
  const byFetch = postBy(otherwise);
  return (to, posted) => {
    if (hasProxies()) return byFetch(to, posted);
    const { headers, body, signal } = posted;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const options = { method: 'POST', headers: sent(headers, body) };
      const asking =
        to.protocol === 'https:' ? requestOverTls(to, { ...options, agent: secret }) : requestOverHttp(to, { ...options, agent: plain });
      const abort = (): void => void asking.destroy();
      signal?.addEventListener('abort', abort);
      asking.on('close', () => signal?.removeEventListener('abort', abort));
      const failed = (cause: unknown): unknown => (signal?.aborted === true ? signal.reason : new TypeError('fetch failed', { cause }));
      asking.on('error', (error) => reject(failed(error)));
      asking.on('response', (message) => resolve(replyOf(message, failed)));
      endWhereNobodyIs(asking);
      asking.end(body);
    });
  };
}

const hasProxies = (): boolean => process.env['NODE_USE_ENV_PROXY'] === '1' || hasProxyOption;

const hasProxyOption = process.execArgv.includes('--use-env-proxy');

function sent(headers: Readonly<Record<string, string>>, body: string): Record<string, string> {
  // Answers are small, and whoever reads a stream wants each piece at once.
  return { accept: '*/*', ...headers, 'accept-encoding': 'identity', 'content-length': String(Buffer.byteLength(body)) };
}

/** What is not connected to soon is not there: the next provider may be. */
function endWhereNobodyIs(asking: ClientRequest): void {
  asking.once('socket', (socket) => {
    if (!socket.connecting) return;
    const late = setTimeout(
      () => asking.destroy(Object.assign(new Error(`nobody answers within ${connecting / 1000} s`), { code: 'CONNECT_TIMED_OUT' })),
      connecting,
    );
    socket.once('connect', () => clearTimeout(late)).once('close', () => clearTimeout(late));
  });
}

function replyOf(message: IncomingMessage, failed: (cause: unknown) => unknown): Reply {
  const { statusCode: status = 0, statusMessage: statusText = '' } = message;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) if (value !== undefined) headers[name] = String(value);
  return {
    status,
    statusText,
    headers,
    text: () => textOf(unpacked(message), failed),
    // Node's type of a web stream and the DOM's are the same stream.
    bytes: () => Readable.toWeb(unpacked(message)) as ReadableStream<Uint8Array>,
  };
}

/** Some pack although nobody asked for that. */
function unpacked(message: IncomingMessage): Readable {
  const packed = /gzip|deflate|br/.exec(message.headers['content-encoding'] ?? '')?.[0];
  return packed === undefined ? message : message.compose(packed === 'br' ? createBrotliDecompress() : createUnzip());
}

function textOf(read: Readable, failed: (cause: unknown) => unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    read.on('data', (piece: Buffer) => void pieces.push(piece));
    read.on('end', () => resolve(String(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))));
    read.on('error', (error) => reject(failed(error)));
  });
}
