/** Keys as people carry them: `ctn_<id>_<secret>`. */
import { hash, randomBytes } from 'node:crypto';

const form = /^ctn_([a-z0-9]{12})_([a-f0-9]{48})$/;

export interface FreshKey {
  readonly id: string;
  /** Shown once, and kept nowhere. */
  readonly text: string;
  readonly hash: string;
}

export function freshKey(id: string = randomBytes(6).toString('hex')): FreshKey {
  const text = `ctn_${id}_${randomBytes(24).toString('hex')}`;
  return { id, text, hash: hashOf(text) };
}

/** The id that a key claims to have; undefined where it is no key of ours. */
export function claimedId(text: string): string | undefined {
  return form.exec(text)?.[1];
}

export function hashOf(text: string): string {
  return hash('sha256', text);
}
