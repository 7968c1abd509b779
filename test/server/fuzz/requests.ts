/** Requests of an OpenAPI document: such as it says, and such as somebody would send who means harm, or was careless. */
import type { JsonSchema, OpenApi, Operation } from '../../../src/server/openapi/document-types.ts';
import type { Chance } from './chance.ts';
import { oddValues, validValue, type Known } from './values.ts';

export type Method = 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT';

export interface FuzzRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The route that is meant; absent where none is. */
  readonly operation?: Operation;
  /** A field stands in it that the document does not know, so that it must not be taken. */
  readonly surplus: boolean;
}

export interface Target {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

export function targetsOf(document: OpenApi): readonly Target[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    // The document has these methods alone.
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase() as Method, path, operation })),
  );
}

const methods: readonly [Method, ...Method[]] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const types = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'nonsense',
  '',
] as const;
const pathTricks = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%00',
  '%zz',
  '%ff',
  'a%2fb',
  '.',
  '..',
  '~',
  '%F0%9F%A6%8A',
  'x'.repeat(700),
  'constructor',
  '__proto__',
  '-',
  '%20',
] as const;

export class Requests {
  readonly #document: OpenApi;
  readonly #known: Known;
  readonly #keys: readonly [string, ...string[]];
  readonly #chance: Chance;

  constructor(document: OpenApi, known: Known, keys: readonly [string, ...string[]], chance: Chance) {
    this.#document = document;
    this.#known = known;
    this.#keys = keys;
    this.#chance = chance;
  }

  of(target: Target): FuzzRequest {
    const chance = this.#chance;
    const { method, path, operation } = target;
    const tricked = path.includes('{') && chance.isLucky(0.08);
    const { query, surplus } = this.#query(operation);
    const url = `${this.#path(path, tricked)}${query}`;
    const headers = { ...this.#key(), ...(chance.isLucky(0.03) ? { 'x-request-id': 'odd\tid' } : {}) };
    if (chance.isLucky(0.04)) return this.#otherMethod(path, url, headers);
    // A tricked path may lead to another route.
    if (tricked) return { method, url, headers, surplus: false };
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (schema === undefined) return this.#withoutSchema({ method, url, headers, operation, surplus });
    const { body, surplus: more } = this.#body(schema);
    const type = chance.isLucky(0.04) ? chance.oneOf(types) : 'application/json';
    return {
      method,
      url,
      headers: type === '' ? headers : { ...headers, 'content-type': type },
      body,
      operation,
      surplus: surplus || more,
    };
  }

  #otherMethod(path: string, url: string, headers: FuzzRequest['headers']): FuzzRequest {
    const method = this.#chance.oneOf(methods);
    const operation = this.#document.paths[path]?.[method.toLowerCase()];
    return { method, url, headers, surplus: false, ...(operation === undefined ? {} : { operation }) };
  }

  /** A route that takes no JSON: bytes of any type, or nothing. */
  #withoutSchema(request: FuzzRequest): FuzzRequest {
    if (request.method === 'GET' || this.#chance.isLucky(0.7)) return request;
    return {
      ...request,
      headers: { ...request.headers, 'content-type': this.#chance.oneOf(['application/json', ...types.slice(0, 3)]) ?? '' },
      body: this.#raw(),
    };
  }

  #key(): Readonly<Record<string, string>> {
    const key = this.#chance.oneOf(this.#keys);
    if (key === '') return {};
    return this.#chance.isLucky(0.5) ? { authorization: `Bearer ${key}` } : { 'x-api-key': key };
  }

  #path(path: string, tricked: boolean): string {
    return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (tricked) return this.#chance.oneOf(pathTricks);
      const good = this.#known[name];
      return encodeURIComponent(String(good !== undefined && this.#chance.isLucky(0.85) ? this.#chance.oneOf(good) : 'nothing'));
    });
  }

  #query({ parameters = [] }: Operation): { readonly query: string; readonly surplus: boolean } {
    const chance = this.#chance;
    const asked = parameters.filter(({ in: place }) => place === 'query');
    if (asked.length === 0) return { query: '', surplus: false };
    const given: string[] = [];
    for (const { name, schema = {}, required } of asked) {
      if (required !== true && chance.isLucky(0.6)) continue;
      const good = this.#known[name];
      const value = chance.isLucky(0.15)
        ? chance.oneOf(['', '-1', 'NaN', '1e999', '🦊', 'x'.repeat(5_000), '[object Object]'])
        : good !== undefined && chance.isLucky(0.7)
          ? chance.oneOf(good)
          : validValue(this.#document, schema, this.#known, chance);
      given.push(`${name}=${encodeURIComponent(String(value))}`);
    }
    const surplus = chance.isLucky(0.1);
    if (surplus) given.push('surplus=1');
    return { query: given.length === 0 ? '' : `?${given.join('&')}`, surplus };
  }

  #body(schema: JsonSchema): { readonly body: string | Buffer; readonly surplus: boolean } {
    const chance = this.#chance;
    if (chance.isLucky(0.07)) return { body: this.#raw(), surplus: false };
    if (chance.isLucky(0.05)) return { body: JSON.stringify(chance.oneOf(oddValues)), surplus: false };
    const value = validValue(this.#document, schema, this.#known, chance);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { body: JSON.stringify(value), surplus: false };
    const names = Object.keys(value);
    const name = chance.oneOf(names);
    if (chance.isLucky(0.12)) return { body: JSON.stringify({ ...value, surplus: chance.oneOf(oddValues) }), surplus: true };
    if (name !== undefined && chance.isLucky(0.3))
      return { body: JSON.stringify({ ...value, [name]: chance.oneOf(oddValues) }), surplus: false };
    if (name !== undefined && chance.isLucky(0.1))
      return { body: JSON.stringify(Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))), surplus: false };
    return { body: JSON.stringify(value), surplus: false };
  }

  /** What is no JSON, or not only. */
  #raw(): string | Buffer {
    return this.#chance.oneOf<string | Buffer>([
      '',
      '{',
      '{"a": 1, "a": 2}',
      '{"__proto__": {"x": 1}}',
      '['.repeat(10_000),
      `{"a": ${'['.repeat(200)}${']'.repeat(200)}}`,
      '{"a": 1e999}',
      '"\\ud800"',
      '\uFEFF{}',
      'a=1&b=2',
      Buffer.from([0xff, 0xfe, 0x00]),
      Buffer.from('{"a": "\u00ff"}', 'latin1'),
      `"${'x'.repeat(1_100_000)}"`,
    ]);
  }
}
