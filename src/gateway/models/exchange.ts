/** What is done to every HTTP request on its way out. */
import type { Json } from '../../core/data/json.ts';
import { merged } from './merge.ts';
import type { Fields } from '../../core/data/fields.ts';

export type Fetch = typeof globalThis.fetch;

/**
 * A fetch that adds fields to the body of those requests for which there are some. The provider packages have no place
 * for them that works with each, but hand the request's signal through: by it a request is known again.
 */
export class Exchange {
  readonly #fetch: Fetch;
  readonly #extra = new WeakMap<AbortSignal, Fields>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  addTo(signal: AbortSignal, fields: Fields): void {
    this.#extra.set(signal, fields);
  }

  readonly send: Fetch = (url, init = {}) => {
    const extra = init.signal === null || init.signal === undefined ? undefined : this.#extra.get(init.signal);
    const body = extra === undefined || typeof init.body !== 'string' ? init.body : withFields(init.body, extra);
    // A redirect would take the key to another place, and turn the request into a GET.
    return this.#fetch(url, { ...init, ...(body === undefined ? {} : { body }), redirect: 'manual' });
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
