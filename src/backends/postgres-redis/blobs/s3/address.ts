/** Where the objects of a bucket are. */
import { ContinuoError } from '../../../../core/errors.ts';
import type { S3Settings } from '../../options.ts';
import { encoded, encodedPath } from './sign.ts';

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Says the address of an object, or of the bucket itself where the key is empty. */
export function addressing({
  endpoint,
  bucket,
  addressing: how,
}: S3Settings): (key: string, query?: Readonly<Record<string, string>>) => URL {
  const base = parsed(endpoint);
  if (!bucketName.test(bucket)) throw new ContinuoError('USAGE', `${JSON.stringify(bucket)} cannot be the name of a bucket`);
  // The certificates of Amazon's do not cover a name with dots.
  const inHost = how === undefined ? /(^|\.)amazonaws\.com(\.cn)?$/.test(base.hostname) && !bucket.includes('.') : how === 'host';
  const origin = inHost ? `${base.protocol}//${bucket}.${base.host}` : base.origin;
  const folder = base.pathname.replace(/\/+$/, '');
  return (key, query = {}) => {
    const path = inHost ? `/${encodedPath(key)}` : `/${encoded(bucket)}${key === '' ? '' : `/${encodedPath(key)}`}`;
    const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
    return new URL(`${origin}${folder}${path}${search.length === 0 ? '' : `?${search.join('&')}`}`);
  };
}

function parsed(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '') return url;
  throw new ContinuoError('USAGE', `the endpoint of S3 is an address as https://s3.eu-central-1.amazonaws.com, with the keys beside it`);
}
