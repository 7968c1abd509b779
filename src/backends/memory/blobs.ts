import { hash } from 'node:crypto';
import { ContinuoError } from '../../core/errors.ts';
import type { BlobInfo, Blobs } from '../../ports/blobs.ts';
import type { MemoryData, StoredBlob } from './data.ts';

export class MemoryBlobs implements Blobs {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;

  constructor(data: MemoryData, mustBeOpen: () => void) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>, type: string, now: number): Promise<BlobInfo> {
    this.#mustBeOpen();
    const own = bytes instanceof Uint8Array ? bytes.slice() : await joined(bytes);
    const id = idOf(own);
    const before = this.#data.blobs.get(id);
    const after = before === undefined ? { bytes: own, type, touchedAt: now } : { ...before, touchedAt: Math.max(before.touchedAt, now) };
    this.#data.blobs.set(id, after);
    return infoOf(id, after);
  }

  async get(id: string): Promise<Uint8Array> {
    const blob = this.#data.blobs.get(id);
    if (blob === undefined) throw new ContinuoError('BLOB_MISSING', `blob ${id} is not in memory`);
    if (idOf(blob.bytes) !== id) throw new ContinuoError('BLOB_CORRUPT', `the bytes of blob ${id} in memory do not give its name`);
    return blob.bytes.slice();
  }

  async info(id: string): Promise<BlobInfo | undefined> {
    const blob = this.#data.blobs.get(id);
    return blob === undefined ? undefined : infoOf(id, blob);
  }

  async path(): Promise<undefined> {
    return undefined;
  }

  async list(after: string | undefined, limit: number): Promise<readonly BlobInfo[]> {
    return [...this.#data.blobs]
      .map(([id, blob]) => infoOf(id, blob))
      .filter(({ id }) => after === undefined || id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async remove(id: string, ifUntouchedSince: number): Promise<boolean> {
    this.#mustBeOpen();
    const blob = this.#data.blobs.get(id);
    return blob !== undefined && blob.touchedAt < ifUntouchedSince && this.#data.blobs.delete(id);
  }
}

function idOf(bytes: Uint8Array): string {
  return `sha256-${hash('sha256', bytes, 'hex')}`;
}

function infoOf(id: string, blob: StoredBlob): BlobInfo {
  return { id, bytes: blob.bytes.byteLength, type: blob.type, touchedAt: blob.touchedAt };
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const own: Uint8Array[] = [];
  for await (const chunk of chunks) own.push(chunk.slice());
  return new Uint8Array(Buffer.concat(own));
}
