/**
 * Requests to providers over connections that are kept, for a third of what the process's own fetch works on each.
 *
 * N1. It is for what models are asked with: a text that is posted. Everything else, and everything where the process
 *     has proxies in its environment, goes by the process's own fetch.
 * N2. It fails as fetch does: a TypeError with its cause, or the reason of the signal.
 * N3. Nothing of a stream is read before it is asked for; an answer whose length is known is whole, or it is none.
 * N4. Nothing is sent anew: who has asked knows whether it may be asked twice.
 */
import { Agent, request as requestOverHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestOverTls } from 'node:https';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Fetch } from './exchange.ts';

/** Providers close what nobody uses: after some seconds, and say after how many where it is less. */
const unused = 4000;
const connecting = 10_000;
/** Bytes of an answer that are gathered before it is handed on. */
const whole = 1_048_576;
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

export function keptConnections(otherwise: Fetch = fetch): Fetch {
  const kept = { keepAlive: true, scheduling: 'lifo', timeout: unused } as const;
  const [plain, secret] = [new Agent(kept), new TlsAgent(kept)];
  return (to, init = {}) => {
    const { method, body, headers, signal } = init;
    if (typeof body !== 'string' || method !== 'POST' || to instanceof Request || hasProxies()) return otherwise(to, init);
    return new Promise((resolve, reject) => {
      const url = new URL(to);
      if (signal?.aborted === true) throw signal.reason;
      const options = { method, headers: sent(headers, body), ...(signal === null || signal === undefined ? {} : { signal }) };
      const asking =
        url.protocol === 'https:' ? requestOverTls(url, { ...options, agent: secret }) : requestOverHttp(url, { ...options, agent: plain });
      const failed = (cause: Error): void => reject(signal?.aborted === true ? signal.reason : new TypeError('fetch failed', { cause }));
      asking.on('error', failed);
      asking.on('response', (message) => void answerOf(message).then(resolve, failed));
      endWhereNobodyIs(asking);
      asking.end(body);
    });
  };
}

function hasProxies(): boolean {
  return process.env['NODE_USE_ENV_PROXY'] === '1' || process.execArgv.includes('--use-env-proxy');
}

function sent(headers: RequestInit['headers'], body: string): Record<string, string> {
  return {
    accept: '*/*',
    ...Object.fromEntries(new Headers(headers)),
    // Answers are small, and whoever reads a stream wants each piece at once.
    'accept-encoding': 'identity',
    'content-length': String(Buffer.byteLength(body)),
  };
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

async function answerOf(message: IncomingMessage): Promise<Response> {
  const { statusCode: status = 0, statusMessage: statusText = '' } = message;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) for (const value of values) headers.append(name, value);
  const init = { status, statusText, headers };
  if (withoutBody.has(status)) {
    message.resume();
    return new Response(null, init);
  }
  const isEncoded = /gzip|deflate|br/.exec(headers.get('content-encoding') ?? '')?.[0];
  if (isEncoded === undefined && Number(headers.get('content-length') ?? Infinity) <= whole)
    return new Response(await gathered(message), init);
  const read = isEncoded === undefined ? message : message.compose(isEncoded === 'br' ? createBrotliDecompress() : createUnzip());
  // Node's type of a web stream and the DOM's are the same stream.
  return new Response(Readable.toWeb(read) as ReadableStream<Uint8Array>, init);
}

function gathered(message: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    message.on('data', (piece: Buffer) => void pieces.push(piece));
    message.on('end', () => resolve(Buffer.concat(pieces)));
    message.on('error', reject);
  });
}
