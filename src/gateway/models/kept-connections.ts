/**
 * Requests to providers over connections that are kept, for a small part of what the process's own fetch works on each.
 *
 * N1. Where the process has proxies in its environment, everything goes by its own fetch.
 * N2. It fails as fetch does: a TypeError with its cause, or the reason of the signal.
 * N3. Nothing of a stream is read before it is asked for. What is short, and says so, is no stream.
 * N4. Nothing is sent anew: who has asked knows whether it may be asked twice.
 */
import { Agent, request as requestOverHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as requestOverTls } from 'node:https';
import { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { postBy, type Fetch, type Post, type Reply } from './post.ts';

/** Providers close what nobody uses: after some seconds, and say after how many where it is less. */
const unused = 4000;
const connecting = 10_000;
/** Bytes. */
const short = 1_048_576;

export function keptConnections(otherwise: Fetch = fetch): Post {
  const kept = { keepAlive: true, scheduling: 'lifo', timeout: unused } as const;
  const [plain, secret] = [new Agent(kept), new TlsAgent(kept)];
  const byFetch = postBy(otherwise);
  return (to, posted) => {
    if (hasProxies()) return byFetch(to, posted);
    const { headers, body, signal } = posted;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const options = { ...placeOf(to), method: 'POST', headers: sent(headers, body) };
      const asking =
        to.protocol === 'https:' ? requestOverTls({ ...options, agent: secret }) : requestOverHttp({ ...options, agent: plain });
      const abort = (): void => void asking.destroy();
      signal?.addEventListener('abort', abort);
      asking.on('close', () => signal?.removeEventListener('abort', abort));
      const failed = (cause: unknown): unknown => (signal?.aborted === true ? signal.reason : new TypeError('fetch failed', { cause }));
      asking.on('error', (error) => reject(failed(error)));
      asking.on('response', (message) => resolve(new Arrived(message, failed)));
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
    // The connection outlives this request, and need not keep it.
    const settled = (): void => {
      clearTimeout(late);
      socket.off('connect', settled).off('close', settled);
    };
    socket.on('connect', settled).on('close', settled);
  });
}

const places = new WeakMap<URL, Place>();

type Place = Pick<RequestOptions, 'protocol' | 'hostname' | 'port' | 'path' | 'auth'>;

/** An endpoint is asked again and again. */
function placeOf(to: URL): Place {
  const known = places.get(to);
  if (known !== undefined) return known;
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(to);
  const place = { protocol, hostname, port, path, ...(auth === undefined ? {} : { auth }) };
  places.set(to, place);
  return place;
}

/** A class, because each object that is written out with a getter has a shape of its own, and shapes are collected late. */
class Arrived implements Reply {
  readonly status: number;
  readonly statusText: string;
  readonly #message: IncomingMessage;
  readonly #failed: (cause: unknown) => unknown;
  /** Absent where nothing may be read before it is asked for. */
  readonly #gathered: Promise<string> | undefined;

  constructor(message: IncomingMessage, failed: (cause: unknown) => unknown) {
    const { statusCode = 0, statusMessage = '' } = message;
    this.status = statusCode;
    this.statusText = statusMessage;
    this.#message = message;
    this.#failed = failed;
    if (packingOf(message) !== undefined || !(Number(headerOf(message, 'content-length')) <= short)) return;
    this.#gathered = shortTextOf(message, failed);
    // Whoever does not want it has no use for its failure.
    this.#gathered.catch(() => undefined);
  }

  get headers(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.#message.headers).map(([name, value]) => [name, String(value)]));
  }

  text(): Promise<string> {
    return this.#gathered ?? textOf(unpacked(this.#message), this.#failed);
  }

  bytes(): ReadableStream<Uint8Array> {
    return this.#gathered === undefined ? asBytes(unpacked(this.#message)) : ReadableStream.from(encoded(this.#gathered));
  }
}

// Node's type of a web stream and the DOM's are the same stream.
const asBytes = (read: Readable): ReadableStream<Uint8Array> => Readable.toWeb(read) as ReadableStream<Uint8Array>;

async function* encoded(text: Promise<string>): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(await text);
}

/** Node reads all headers when it is asked for one of them. */
function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === name) return rawHeaders[at + 1];
  return undefined;
}

function packingOf(message: IncomingMessage): string | undefined {
  const encoding = headerOf(message, 'content-encoding');
  return encoding === undefined ? undefined : /gzip|deflate|br/.exec(encoding)?.[0];
}

/** Some pack although nobody asked for that. */
function unpacked(message: IncomingMessage): Readable {
  const packed = packingOf(message);
  return packed === undefined ? message : message.compose(packed === 'br' ? createBrotliDecompress() : createUnzip());
}

/**
 * What is short mostly comes in one piece with its headers. It is taken as soon as the parser is through, and not when the
 * message says that it has ended: between the two the connection is put away, and whoever waits need not wait for that.
 */
function shortTextOf(message: IncomingMessage, failed: (cause: unknown) => unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    message.on('error', (error) => reject(failed(error)));
    queueMicrotask(() => resolve(message.complete ? String(message.read() ?? '') : textOf(message, failed)));
  });
}

function textOf(read: Readable, failed: (cause: unknown) => unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    read.on('data', (piece: Buffer) => void pieces.push(piece));
    read.on('end', () => resolve(String(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))));
    read.on('error', (error) => reject(failed(error)));
  });
}
