/** What went wrong, in the provider's own words, on one line. Not yet without keys, not yet short. */
import { APICallError } from '@ai-sdk/provider';
import { fieldsOf } from './named-fields.ts';

export function sentenceOf(error: unknown): string {
  const said = APICallError.isInstance(error) ? ofResponse(error) : (inValue(error) ?? String(error));
  return said.slice(0, readable).replace(/\s+/g, ' ').trim();
}

/** Far more than is shown, so that a key which the cut goes through is not in what is shown. */
const readable = 4000;

function ofResponse(error: APICallError): string {
  const body = error.responseBody?.trim() ?? '';
  const ok = error.statusCode !== undefined && error.statusCode < 300;
  if (body === '') return error.statusCode !== undefined && !ok ? withoutWords(error.statusCode, error.message) : rootOf(error);
  const said = inText(body);
  if (ok) return said ?? `it answered with something that is no answer (${error.message}): ${opening(body)}`;
  return said ?? opening(body);
}

function withoutWords(status: number, statusText: string): string {
  return statusText === '' ? `it said nothing but ${status}` : statusText;
}

/** The innermost message: "fetch failed" says nothing, its cause does. */
function rootOf(error: Error): string {
  let root = error;
  for (let depth = 0; depth < 8 && root.cause instanceof Error; depth += 1) root = root.cause;
  const code = 'code' in root && typeof root.code === 'string' ? root.code : '';
  const text = root.message === '' ? error.message : root.message;
  return code === '' || text.includes(code) ? text : `${text} (${code})`;
}

function inText(body: string): string | undefined {
  if (!/^[[{]/.test(body)) return undefined;
  try {
    return inValue(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** Providers hide their sentence under different names, some in a list. */
function inValue(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 4) return undefined;
  if (Array.isArray(value)) return inValue(value[0], depth + 1);
  const fields = fieldsOf(value);
  for (const name of ['error', 'message', 'detail', 'msg', 'error_description', 'title']) {
    const found = inValue(fields[name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of a page its title, of a text its beginning. */
function opening(body: string): string {
  if (!/^\s*</.test(body)) return body;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1] ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(body)?.[1];
  return title === undefined ? 'it answered with a page of HTML' : `it answered with a page of HTML: ${title}`;
}
