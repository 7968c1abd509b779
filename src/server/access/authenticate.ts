/** Who asks, by the key that came with the request. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { KeyRecord, Keys } from '../../ports/access.ts';
import { claimedId } from './key-text.ts';
import type { Principal } from './principal.ts';

export interface Credentials {
  readonly authorization?: string | undefined;
  readonly 'x-api-key'?: string | readonly string[] | undefined;
}

/** The key as a request carries it. */
export function presentedKey(headers: Credentials): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const own = headers['x-api-key'];
  return bearer ?? (typeof own === 'string' ? own.trim() : undefined);
}

/** Undefined where the key does not count: unknown, expired, revoked. */
export async function authenticate(
  key: string,
  keys: Pick<Keys, 'get'>,
  adminKey: string | undefined,
  now: number,
): Promise<Principal | undefined> {
  const digest = digestOf(key);
  if (adminKey !== undefined && isSameDigest(digest, digestOfAdmin(adminKey))) return admin;
  const id = claimedId(key);
  const record = id === undefined ? undefined : await keys.get(id);
  if (record === undefined || !isSameDigest(digest, Buffer.from(record.hash, 'hex'))) return undefined;
  return principalOf(record, now);
}

/** Whoever has shown his key before, if it still counts. */
export async function recalled(
  id: string,
  keys: Pick<Keys, 'get'>,
  adminKey: string | undefined,
  now: number,
): Promise<Principal | undefined> {
  if (id === admin.id) return adminKey === undefined ? undefined : admin;
  const record = await keys.get(id);
  return record === undefined ? undefined : principalOf(record, now);
}

const admin: Principal = { who: 'admin', id: 'admin', scopes: ['admin'] };

function principalOf(record: KeyRecord, now: number): Principal | undefined {
  if (record.revokedAt !== undefined || (record.expiresAt ?? Infinity) <= now) return undefined;
  return {
    who: `key:${record.id}`,
    id: record.id,
    scopes: record.scopes,
    ...(record.projects === undefined ? {} : { projects: record.projects }),
  };
}

const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');

let ofAdmin: { readonly key: string; readonly digest: Buffer } | undefined;

/** A server has one such key, and compares it with that of every request. */
function digestOfAdmin(key: string): Buffer {
  if (ofAdmin?.key !== key) ofAdmin = { key, digest: digestOf(key) };
  return ofAdmin.digest;
}

const isSameDigest = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);
