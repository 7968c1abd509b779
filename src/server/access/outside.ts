/**
 * What the server fetches from where a client says.
 *
 * O1. It goes only to public addresses that are not this machine's, and to hosts that whoever runs the server has allowed; by http or https, to the
 *     ports of the web, without credentials in the URL.
 * O2. A name is resolved once. All of its addresses are checked, one that is not public refuses the name, and the
 *     connection goes to one that was checked: what the name says a moment later changes nothing.
 * O3. Each redirect is a URL of a client like the first one.
 * O4. What comes is bounded in bytes and in time, whatever the other side says of its length.
 */
import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ContinuoError } from '../../core/errors.ts';
import { isPublic } from './addresses.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface OutsideSettings {
  /** Hosts (`files.internal`, `10.0.0.5`, `[fd00::1]`), or hosts with a port, that may be private. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** The system's resolver when absent. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
}

export interface FetchOptions extends OutsideSettings {
  readonly atMostBytes: number;
  /** For all of it: redirects, and the last byte. */
  readonly milliseconds: number;
}

export interface Fetched {
  /** As the other side says, without parameters. */
  readonly type: string | undefined;
  /** To be read to its end, or left by `return`. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A URL that may be gone to, with the addresses that were checked for it. */
export interface Checked {
  readonly url: URL;
  readonly addresses: readonly Address[];
}

const webPorts: ReadonlySet<string> = new Set(['', '80', '443', '8080', '8443']);
const mostRedirects = 5;

/** Throws ADDRESS_FORBIDDEN where the server may not go, and SOURCE_FAILED where the name cannot be resolved. */
export async function mustBeOutside(text: string, settings: OutsideSettings): Promise<Checked> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw forbidden(text, 'it is no http or https URL');
  if (url.username !== '' || url.password !== '') throw forbidden(text, 'it carries a user name or a password');
  const host = url.hostname.replace(/\.$/, '');
  const isAllowed = (settings.allowedHosts ?? []).some((one) => [host, `${host}:${url.port || portOf(url)}`].includes(one.toLowerCase()));
  if (!isAllowed && !webPorts.has(url.port)) throw forbidden(text, `its port ${url.port} is none of the web’s`);
  const addresses = await addressesOf(host, settings.resolve ?? resolveBySystem);
  if (!isAllowed && !addresses.every(({ address }) => isPublic(address) && !isOurs(address)))
    throw forbidden(text, 'its host is not on the open internet');
  return { url, addresses };
}

/** Fetches what a client names. Resolves with the head of the answer; the bytes come as they are read. */
export async function fetchOutside(text: string, options: FetchOptions): Promise<Fetched> {
  const end = AbortSignal.timeout(options.milliseconds);
  let next = text;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await ask(await beforeTheEnd(mustBeOutside(next, options), end), end);
    const { statusCode = 0, headers } = answer;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return taken(answer, options);
    answer.destroy();
    if (!URL.canParse(headers.location, next)) throw failed(text, 'it leads on to what is no URL');
    next = new URL(headers.location, next).href;
  }
  throw failed(text, `it leads on more than ${mostRedirects} times`);
}

function taken(answer: IncomingMessage, options: FetchOptions): Fetched {
  const { statusCode = 0, headers } = answer;
  const refused =
    statusCode !== 200
      ? failed(undefined, `the other side answers with status ${statusCode}`)
      : !['identity', undefined].includes(headers['content-encoding'])
        ? failed(undefined, 'the other side sends it compressed without being asked to')
        : Number(headers['content-length'] ?? 0) > options.atMostBytes
          ? tooLarge(options.atMostBytes)
          : undefined;
  if (refused !== undefined) {
    answer.destroy();
    throw refused;
  }
  return { type: headers['content-type']?.split(';')[0]?.trim().toLowerCase(), bytes: bounded(answer, options.atMostBytes) };
}

async function* bounded(answer: IncomingMessage, atMost: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      // Nothing decodes it: a chunk is bytes.
      const part = chunk as Uint8Array;
      bytes += part.byteLength;
      if (bytes > atMost) throw tooLarge(atMost);
      yield part;
    }
  } catch (error) {
    throw error instanceof ContinuoError ? error : failed(undefined, 'it broke off, or took too long');
  } finally {
    answer.destroy();
  }
}

function ask({ url, addresses }: Checked, end: AbortSignal): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  // O2: whatever is asked for, these are the addresses. An agent of its own shares no connection and heeds no proxy.
  const pinned: LookupFunction = (_name, how, done) => {
    const [first] = addresses;
    if (how.all === true) done(null, [...addresses]);
    else if (first === undefined) done(new Error('no address'), '');
    else done(null, first.address, first.family);
  };
  const agent = isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'continuo' };
  return new Promise((resolve, reject) => {
    const asked = (isSecure ? httpsRequest : httpRequest)(url, { agent, lookup: pinned, headers, signal: end });
    asked.on('response', resolve);
    asked.on('error', (error) => reject(failed(url.href, whyOf(error, end))));
    asked.end();
  });
}

function whyOf(error: Error, end: AbortSignal): string {
  if (end.aborted) return 'it took too long';
  const code = 'code' in error ? error.code : undefined;
  return code === 'ECONNREFUSED' ? 'nobody answers there' : `the connection failed (${typeof code === 'string' ? code : 'unknown'})`;
}

async function addressesOf(host: string, resolve: NonNullable<OutsideSettings['resolve']>): Promise<readonly Address[]> {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(literal);
  if (family !== 0) return [{ address: literal, family }];
  try {
    const found = await resolve(host);
    if (found.length > 0) return found;
  } catch {
    // Said below, like a name without addresses.
  }
  throw failed(undefined, `the host ${JSON.stringify(host)} cannot be found`);
}

const resolveBySystem = (name: string): Promise<readonly Address[]> => lookup(name, { all: true });

const isOurs = (address: string): boolean =>
  Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address.toLowerCase()));

const portOf = ({ protocol }: URL): string => (protocol === 'https:' ? '443' : '80');

/** A resolver that does not answer holds nobody up. */
function beforeTheEnd<T>(work: Promise<T>, end: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(failed(undefined, 'it took too long'));
    if (end.aborted) late();
    end.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => end.removeEventListener('abort', late));
  });
}

const forbidden = (url: string, why: string): ContinuoError =>
  new ContinuoError('ADDRESS_FORBIDDEN', `the server does not go to ${JSON.stringify(shown(url))}: ${why}`);

const failed = (url: string | undefined, why: string): ContinuoError =>
  new ContinuoError('SOURCE_FAILED', `${url === undefined ? 'the URL' : JSON.stringify(shown(url))} could not be fetched: ${why}`);

const tooLarge = (atMost: number): ContinuoError =>
  new ContinuoError('BODY_TOO_LARGE', `what the URL leads to has more than the ${atMost} bytes that are taken`);

/** Without what may be secret in it. */
function shown(text: string): string {
  if (!URL.canParse(text)) return text.slice(0, 100);
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`.slice(0, 200);
}
