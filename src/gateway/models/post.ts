/** All that is asked of HTTP here: a text is posted, and something comes back. */
export type Fetch = typeof globalThis.fetch;

export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

export interface Reply {
  readonly status: number;
  readonly statusText: string;
  /** Their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** All of it. */
  text(): Promise<string>;
  /** As it comes; nothing is read before it is asked for. */
  bytes(): ReadableStream<Uint8Array>;
}

/** Fails as fetch does: with a TypeError that has its cause, or with the reason of the signal. */
export type Post = (to: URL, posted: Posted) => Promise<Reply>;

/** By any fetch. A redirect would take the key to another place, and turn the request into a GET. */
export function postBy(fetch: Fetch): Post {
  return async (to, { headers, body, signal }) => {
    const answer = await fetch(to, { method: 'POST', headers, body, redirect: 'manual', ...(signal === undefined ? {} : { signal }) });
    return {
      status: answer.status,
      statusText: answer.statusText,
      headers: Object.fromEntries(answer.headers),
      text: () => answer.text(),
      bytes: () => answer.body ?? new Blob([]).stream(),
    };
  };
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** The other way round, for packages that want a fetch: what is no text that is posted goes by the process's own. */
export function fetchBy(post: Post, otherwise: Fetch = fetch): Fetch {
  return async (to, init = {}) => {
    const { method, body, headers, signal } = init;
    if (typeof body !== 'string' || method !== 'POST' || to instanceof Request) return otherwise(to, { ...init, redirect: 'manual' });
    const reply = await post(new URL(to), { headers: Object.fromEntries(new Headers(headers)), body, signal: signal ?? undefined });
    return new Response(await bodyOf(reply), { status: reply.status, statusText: reply.statusText, headers: reply.headers });
  };
}

async function bodyOf(reply: Reply): Promise<ReadableStream | string | null> {
  const isEmpty = withoutBody.has(reply.status);
  // What does not say how long it is may be a stream.
  if (!isEmpty && reply.headers['content-length'] === undefined) return reply.bytes();
  const text = await reply.text();
  return isEmpty ? null : text;
}
