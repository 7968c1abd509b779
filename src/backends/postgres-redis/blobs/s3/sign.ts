/** Signature Version 4, as S3 wants it: the path is encoded once, and the digest of the body is signed. */
import { createHmac, hash } from 'node:crypto';

export interface Signing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hex. */
  readonly digest: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly now: Date;
}

/** The headers with those that say who asks, and when. */
export function signed({ method, url, headers, digest, region, accessKey, secretKey, now }: Signing): Readonly<Record<string, string>> {
  const instant = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const all: Record<string, string> = { ...headers, 'x-amz-content-sha256': digest, 'x-amz-date': instant };
  const canonical = Object.entries({ ...all, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = canonical.map(([name]) => name).join(';');
  const request = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...canonical.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    digest,
  ].join('\n');
  const scope = `${instant.slice(0, 8)}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', instant, scope, hash('sha256', request)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((secret, part) => mac(secret, part), `AWS4${secretKey}`);
  const signature = mac(key, toSign).toString('hex');
  return { ...all, authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}

/** Encodes what a path or a query of S3 may not hold as it is; the slashes of a path stay. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function encodedPath(path: string): string {
  return path.split('/').map(encoded).join('/');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
}

function mac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
