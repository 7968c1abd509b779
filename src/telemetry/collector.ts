/**
 * Bringing spans to a collector by HTTP.
 *
 * C1. Nothing follows a redirection: the headers may be a key, and are for this address alone.
 * C2. What is said of a failure names the host, and nothing that was sent to it.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../ports/clock.ts';

const compress = promisify(gzip);
/** What a collector has to say is short. */
const longestAnswer = 65_536;

export type Delivery =
  | { readonly is: 'delivered'; readonly rejected: number }
  /** It may go well another time; the collector may say when, in milliseconds from now. */
  | { readonly is: 'later'; readonly why: string; readonly after?: number }
  | { readonly is: 'refused'; readonly why: string };

export interface CollectorOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly compress: boolean;
  /** Milliseconds for a request. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
}

export async function deliver(body: object, options: CollectorOptions): Promise<Delivery> {
  const { url, timeout, clock } = options;
  const late = new AbortController();
  const cancel = clock.at(clock.now() + timeout, () => late.abort(new Error('late')));
  try {
    return await post(body, options, late.signal);
  } catch (error) {
    if (late.signal.aborted) return { is: 'later', why: `${url.host} did not answer within ${timeout} ms` };
    return { is: 'later', why: `${url.host} cannot be reached (${reasonOf(error)})` };
  } finally {
    cancel();
  }
}

async function post(body: object, options: CollectorOptions, signal: AbortSignal): Promise<Delivery> {
  const { url, clock } = options;
  const text = JSON.stringify(body);
  const response = await options.fetch(url, {
    method: 'POST',
    headers: { ...options.headers, 'content-type': 'application/json', ...(options.compress ? { 'content-encoding': 'gzip' } : {}) },
    body: options.compress ? await compress(text) : text,
    redirect: 'manual',
    signal,
  });
  if (response.ok) return { is: 'delivered', rejected: rejectedIn(await answerOf(response)) };
  const { status } = response;
  await response.body?.cancel();
  const why = `${url.host} answered ${status}`;
  if (![429, 502, 503, 504].includes(status)) return { is: 'refused', why };
  const after = retryAfter(response.headers.get('retry-after'), clock.now());
  return { is: 'later', why, ...(after === undefined ? {} : { after }) };
}

async function answerOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > longestAnswer) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Some were not taken, though the request was; whatever else is answered says nothing of the kind. */
function rejectedIn(answer: string): number {
  try {
    const { partialSuccess } = JSON.parse(answer) as { readonly partialSuccess?: { readonly rejectedSpans?: unknown } };
    const rejected = Number(partialSuccess?.rejectedSpans ?? 0);
    return Number.isSafeInteger(rejected) && rejected > 0 ? rejected : 0;
  } catch {
    return 0;
  }
}

function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'the connection failed';
}
