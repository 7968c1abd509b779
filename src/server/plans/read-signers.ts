/** Whose signatures count: public keys in files. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';

/** A signer is called as the file of his public key: `keys/ada.pem` is ada's. `name=path` gives him another name. */
export function readSigners(paths: readonly string[]): ReadonlyMap<string, KeyObject> {
  const signers = new Map<string, KeyObject>();
  for (const word of paths) {
    const [, said, path = word] = /^([\w.@-]+)=(.+)$/.exec(word) ?? [];
    const name = said ?? basename(path, extname(path)).replace(/\.pub$/, '');
    if (signers.has(name)) throw unusable(path, `two signers are called ${JSON.stringify(name)}; write name=${path}`);
    signers.set(name, readPublicKey(path));
  }
  return signers;
}

export function readPublicKey(path: string): KeyObject {
  const text = textOf(path);
  // A public key could be drawn from it; a server has no business with the private one.
  if (text.includes('PRIVATE KEY'))
    throw unusable(path, 'it holds a private key: give the server the public one, and keep this to yourself');
  try {
    return mustBeEd25519(createPublicKey(text), path);
  } catch (error) {
    throw error instanceof ContinuoError ? error : unusable(path, 'it holds no public key in PEM');
  }
}

export function mustBeEd25519(key: KeyObject, path: string): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw unusable(
    path,
    `it is a key of ${key.asymmetricKeyType ?? 'another kind'}, and plans are signed with Ed25519 (\`continuo plans keygen\`)`,
  );
}

export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(
      path,
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : 'it cannot be read',
    );
  }
}

const unusable = (path: string, why: string): ContinuoError => new ContinuoError('USAGE', `the key ${path} cannot be used: ${why}`);
