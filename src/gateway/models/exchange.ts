/** What is done to every HTTP request on its way out. */
import type { Json } from '../../core/data/json.ts';
import { merged } from './merge.ts';
import { fetchBy, type Fetch, type Post } from './post.ts';
import type { Fields } from '../../core/data/fields.ts';

/**
 * Adds fields to the body of those requests for which there are some. The provider packages have no place for them that
 * works with each, but hand the request's signal through: by it a request is known again.
 */
export class Exchange {
  /** For packages that want a fetch. */
  readonly send: Fetch;
  readonly #post: Post;
  readonly #extra = new WeakMap<AbortSignal, Fields>();

  constructor(post: Post) {
    this.#post = post;
    this.send = fetchBy(this.post);
  }

  addTo(signal: AbortSignal, fields: Fields): void {
    this.#extra.set(signal, fields);
  }

  readonly post: Post = (to, posted) => {
    const extra = posted.signal === undefined ? undefined : this.#extra.get(posted.signal);
    return this.#post(to, extra === undefined ? posted : { ...posted, body: withFields(posted.body, extra) });
  };

  /** For servers that want no key, where the package insists on sending one; it gives headers as a plain object. */
  readonly sendWithoutKey: Fetch = (url, init = {}) => {
    const headers = Object.entries(init.headers ?? {}).filter(([, value]) => typeof value !== 'string' || !value.includes(placeholder));
    return this.send(url, { ...init, headers: Object.fromEntries(headers) });
  };
}

/** Stands where a key would, and is taken out again. */
export const placeholder = 'no-key-is-sent';

function withFields(body: string, extra: Fields): string {
  const sent: Json = JSON.parse(body);
  return JSON.stringify(typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? merged(asFields(sent), extra) : sent);
}

/** `Array.isArray` does not narrow readonly arrays away. */
const asFields = (value: Json & object): Fields => value as Fields;
