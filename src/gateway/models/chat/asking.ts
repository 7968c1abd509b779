/** JSON is posted to a provider; what is no answer is thrown in the way of the provider packages. */
import { APICallError } from '@ai-sdk/provider';
import type { Post, Reply } from '../post.ts';

/** An answer, with where it came from. */
export interface Got {
  readonly to: URL;
  readonly reply: Reply;
}

export interface Asking {
  readonly post: Post;
  readonly to: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export async function ask({ post, to, headers, signal }: Asking, body: unknown): Promise<Got> {
  let reply;
  try {
    reply = await post(to, { headers, body: JSON.stringify(body), signal });
  } catch (error) {
    throw signal?.aborted === true ? error : unreached(to, error);
  }
  const got = { to, reply };
  if (reply.status < 200 || reply.status >= 300) throw noAnswer(got, reply.statusText, await textOf(got));
  return got;
}

/** The text, and what it says. */
export async function read(got: Got): Promise<{ readonly text: string; readonly body: unknown }> {
  const text = await textOf(got);
  try {
    return { text, body: JSON.parse(text) };
  } catch (cause) {
    throw noAnswer(got, 'it is no JSON', text, cause);
  }
}

export function noAnswer({ to, reply }: Got, message: string, text: string, cause?: unknown): APICallError {
  const { status: statusCode, headers: responseHeaders } = reply;
  return new APICallError({ message, url: to.href, requestBodyValues: undefined, statusCode, responseHeaders, responseBody: text, cause });
}

async function textOf({ to, reply }: Got): Promise<string> {
  try {
    return await reply.text();
  } catch (error) {
    throw unreached(to, error);
  }
}

function unreached(to: URL, cause: unknown): APICallError {
  return new APICallError({ message: 'the connection failed', url: to.href, requestBodyValues: undefined, cause });
}
