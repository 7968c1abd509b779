/**
 * The server's API, typed, for browsers and for Node: nothing but `fetch`.
 *
 * C1. What may be asked again without harm is: reading, and starting with an idempotency key. Anything else is sent once.
 * C2. An answer that is a problem is thrown as an `ApiError`, with all that the server said.
 */
import { ApiError, passes, problemIn } from './api-error.ts';
import { operations, type Operations } from './api.ts';
import { followStream, type LiveEvent } from './follow.ts';

export interface ClientOptions {
  /** Where the server is: `https://continuo.example.org`. */
  readonly url: string;
  readonly key?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** How often what may be asked again is asked again; 3 when absent. */
  readonly retries?: number;
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

type Nothing = {};
type Asked<O extends keyof Operations> = Operations[O]['asked'];
/** What may be left out altogether where no part of it is needed. */
type Words<O extends keyof Operations> =
  Nothing extends Asked<O> ? [asked?: Asked<O>, options?: CallOptions] : [asked: Asked<O>, options?: CallOptions];

type Calls = { readonly [O in keyof Operations]: (...words: Words<O>) => Promise<Operations[O]['answer']> };

export type Client = Calls & {
  /** The run's events from the first, or from after a cursor, to its end; a connection that breaks is made again. */
  follow(workflowId: string, options?: CallOptions & { readonly cursor?: number }): AsyncGenerator<LiveEvent, void, undefined>;
};

/**
 * ```ts
 * const continuo = client({ url: 'http://127.0.0.1:8787', key });
 * const { workflow_id } = await continuo.startWorkflow({ body: { workflow: 'diy-video', input: { topic: 'kites' } } });
 * for await (const { event } of continuo.follow(workflow_id)) console.log(event);
 * ```
 */
export function client(options: ClientOptions): Client {
  const calls = Object.entries(operations).map(([name, [method, path]]) => [
    name,
    (asked: Parts = {}, { signal }: CallOptions = {}) => call(options, { method, path, asked, signal }),
  ]);
  const follow = (id: string, { cursor = 0, signal }: CallOptions & { readonly cursor?: number } = {}): ReturnType<Client['follow']> =>
    followStream({ open: (after) => stream(options, id, after, signal), cursor, signal });
  // Each name is paired with its types in the document that both were made of.
  return Object.assign(Object.fromEntries(calls) as Calls, { follow });
}

interface Parts {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly asked: Parts;
  readonly signal: AbortSignal | undefined;
}

async function call(options: ClientOptions, { method, path, asked, signal }: Call): Promise<unknown> {
  const { fetch = globalThis.fetch, retries = 3 } = options;
  const url = urlOf(options, path, asked);
  const init: RequestInit = {
    method,
    headers: {
      ...authorization(options),
      ...(asked.body === undefined || isBytes(asked.body) ? {} : { 'content-type': 'application/json' }),
    },
    ...(asked.body === undefined ? {} : { body: isBytes(asked.body) ? asked.body : JSON.stringify(asked.body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  for (let left = mayRepeat(method, asked) ? retries : 0; ; left--) {
    const answer = await fetch(url, init).catch((error: unknown) => {
      if (left <= 0 || signal?.aborted === true) throw error;
      return undefined;
    });
    if (answer !== undefined && (left <= 0 || !passes(answer.status))) return read(answer);
    await pause(waitOf(answer) ?? 200 * 2 ** (retries - left), signal);
  }
}

const isBytes = (body: unknown): body is Blob | ArrayBuffer | Uint8Array<ArrayBuffer> =>
  body instanceof Blob || body instanceof ArrayBuffer || body instanceof Uint8Array;

/** C1 */
function mayRepeat(method: string, { body }: Parts): boolean {
  return method === 'GET' || (typeof body === 'object' && body !== null && 'idempotency_key' in body && body.idempotency_key !== undefined);
}

function waitOf(answer: Response | undefined): number | undefined {
  const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

async function read(answer: Response): Promise<unknown> {
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok) throw new ApiError(answer.status, await problemIn(answer));
  if (answer.status === 204 || type === '') return undefined;
  return /\bjson\b/.test(type) ? answer.json() : answer.blob();
}

function urlOf({ url }: ClientOptions, path: string, { params = {}, query = {} }: Parts): URL {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const whole = new URL(`${url.replace(/\/$/, '')}${filled}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) whole.searchParams.set(name, String(value));
  return whole;
}

const authorization = ({ key }: ClientOptions): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` });

async function stream(options: ClientOptions, id: string, after: number, signal: AbortSignal | undefined): Promise<Response> {
  const { fetch = globalThis.fetch } = options;
  const answer = await fetch(urlOf(options, '/api/v1/workflows/{id}/stream', { params: { id } }), {
    headers: { ...authorization(options), accept: 'text/event-stream', 'last-event-id': String(after) },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) throw new ApiError(answer.status, await problemIn(answer));
  return answer;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      // What an abort is for, its signal says.
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
