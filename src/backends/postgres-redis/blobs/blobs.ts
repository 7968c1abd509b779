/**
 * Blobs that all nodes share: an index in Postgres, and bytes on a shelf.
 *
 * K1. A put touches the row, durably, before it looks whether the bytes are there; a removal takes the row away before
 *     the bytes (postgres/blob-index.ts X1). So no put relies on bytes that are about to go, whichever node does either,
 *     and however long it pauses in between.
 * K2. A row without its bytes is what a kill may leave; such a blob is not there, and the next put of its bytes mends
 *     it. Bytes without a row are noted in the index as waste.
 * K3. Names come from outside. Only a well-formed one is looked for.
 */
import { hash } from 'node:crypto';
import { ContinuoError } from '../../../core/errors.ts';
import type { BlobInfo, Blobs } from '../../../ports/blobs.ts';
import type { BlobIndex, Placed } from '../postgres/blob-index.ts';
import type { Content, Shelf } from './shelf.ts';

const wellFormed = /^sha256-[0-9a-f]{64}$/;

/** How many places are remembered. */
const known = 10_000;

/** How much waste one removal takes along. */
const along = 16;

export class DistributedBlobs implements Blobs {
  readonly #index: BlobIndex;
  readonly #shelf: Shelf;
  /** Where blobs were lately: what is there is found without asking, also while Postgres is away. */
  readonly #places = new Map<string, Placed>();

  constructor(index: BlobIndex, shelf: Shelf) {
    this.#index = index;
    this.#shelf = shelf;
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>, type: string, now: number): Promise<BlobInfo> {
    const content = bytes instanceof Uint8Array ? contentOf(bytes) : await this.#shelf.hold(bytes);
    try {
      return await this.#put(content, type, now);
    } finally {
      await this.#shelf.drop(content);
    }
  }

  async get(id: string): Promise<Uint8Array> {
    const { placed, found: bytes } = await this.#at(id, (at) => this.#shelf.read(at, at.info.bytes));
    if (bytes === undefined || placed === undefined)
      throw new ContinuoError('BLOB_MISSING', `blob ${id} is not in ${this.#shelf.location}`);
    if (idOf(bytes) === id) return bytes;
    // Whether or not that can be noted, the bytes are not those.
    await this.#index.judge(placed, true).catch(() => undefined);
    throw new ContinuoError('BLOB_CORRUPT', `the bytes of blob ${id} in ${this.#shelf.location} do not give its name`);
  }

  async info(id: string): Promise<BlobInfo | undefined> {
    const placed = wellFormed.test(id) ? await this.#index.find(id) : undefined;
    if (placed === undefined || (await this.#shelf.size(placed)) !== placed.info.bytes) return undefined;
    return placed.info;
  }

  async path(id: string): Promise<string | undefined> {
    return (await this.#at(id, (at) => this.#shelf.path(at, at.info.bytes))).found;
  }

  /** What was put, whether or not its bytes are still there: so what a kill left is collected too. */
  list(after: string | undefined, limit: number): Promise<readonly BlobInfo[]> {
    return this.#index.list(after ?? '', limit);
  }

  async remove(id: string, ifUntouchedSince: number): Promise<boolean> {
    if (!wellFormed.test(id) || !(await this.#index.condemn(id, ifUntouchedSince))) return false;
    this.#places.delete(id);
    await this.#clear().catch(() => undefined);
    return true;
  }

  async #put(content: Content, type: string, now: number): Promise<BlobInfo> {
    const { id, size } = content;
    const placed = await this.#index.touch(id, size, type, now);
    if (placed.damaged || !(await this.#shelf.isWhole(placed, size))) {
      await this.#shelf.write(placed, content);
      if (placed.damaged) await this.#index.judge(placed, false);
      if ((await this.#index.find(id))?.place !== placed.place) {
        // The bytes came after whoever took the place away, and are nobody's.
        await this.#shelf.remove(placed);
        throw new ContinuoError('BLOB_MISSING', `blob ${id} was removed while it was put`);
      }
    }
    this.#remember(placed);
    return placed.info;
  }

  /** What is found where the blob was last, or else where it is now. */
  async #at<T>(id: string, look: (placed: Placed) => Promise<T | undefined>): Promise<{ readonly placed?: Placed; readonly found?: T }> {
    if (!wellFormed.test(id)) return {};
    const before = this.#places.get(id);
    const there = before === undefined ? undefined : await look(before);
    if (before !== undefined && there !== undefined) return { placed: before, found: there };
    const placed = await this.#index.find(id);
    if (placed === undefined) return {};
    const found = await look(placed);
    if (found === undefined) return { placed };
    this.#remember(placed);
    return { placed, found };
  }

  #remember(placed: Placed): void {
    this.#places.delete(placed.id);
    this.#places.set(placed.id, placed);
    if (this.#places.size <= known) return;
    const [oldest] = this.#places.keys();
    if (oldest !== undefined) this.#places.delete(oldest);
  }

  async #clear(): Promise<void> {
    for (const place of await this.#index.waste(along)) {
      await this.#shelf.remove(place);
      await this.#index.forget(place);
    }
  }
}

function idOf(bytes: Uint8Array): string {
  return `sha256-${hash('sha256', bytes, 'hex')}`;
}

function contentOf(bytes: Uint8Array): Content {
  // The caller may go on to write into its array.
  const own = bytes.slice();
  return { is: 'bytes', id: idOf(own), size: own.byteLength, bytes: own };
}
