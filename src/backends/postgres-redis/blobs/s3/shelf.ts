/**
 * The bytes of blobs as objects of a bucket: `<prefix>sha256-….<place>`.
 *
 * O1. What is read is checked, and read again where it differs: a line may change bytes that are whole where they lie.
 */
import { hash } from 'node:crypto';
import type { Place } from '../../postgres/blob-index.ts';
import { markName, nameOf } from '../shelf.ts';
import type { Content, Shelf } from '../shelf.ts';
import type { BlobCache } from './cache.ts';
import { nothing } from './client.ts';
import type { Request, S3Client } from './client.ts';
import { ifThere } from './faults.ts';
import { abort, head, upload } from './upload.ts';
import { allIn, textIn } from './xml.ts';

/** How often bytes are read that are not those of the name. */
const readings = 3;

/** An upload that began so long ago has nobody who goes on with it. */
const abandoned = 86_400_000;

export interface S3ShelfParts {
  readonly location: string;
  readonly prefix: string;
  readonly client: S3Client;
  readonly cache: BlobCache;
  /** Around everything that is asked of S3. */
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
}

export class S3Shelf implements Shelf {
  readonly location: string;
  readonly #prefix: string;
  readonly #client: S3Client;
  readonly #cache: BlobCache;
  readonly #guard: S3ShelfParts['guard'];
  readonly #fetching = new Map<string, Promise<string | undefined>>();

  constructor({ location, prefix, client, cache, guard }: S3ShelfParts) {
    this.location = location;
    this.#prefix = prefix;
    this.#client = client;
    this.#cache = cache;
    this.#guard = guard;
  }

  async size(at: Place): Promise<number | undefined> {
    return (await this.#guard(() => head(this.#client, this.#keyOf(at))))?.size;
  }

  /** S3 checked the bytes when it took them, and keeps them. */
  async isWhole(at: Place, size: number): Promise<boolean> {
    const there = await this.#guard(() => head(this.#client, this.#keyOf(at)));
    return there?.size === size && (there.checksum === undefined || `sha256-${hexOf(there.checksum)}` === at.id);
  }

  async read(at: Place, size: number): Promise<Uint8Array | undefined> {
    let bytes: Uint8Array | undefined;
    for (let reading = 0; reading < readings; reading++) {
      bytes = await this.#get(this.#keyOf(at), size, async (response) => new Uint8Array(await response.arrayBuffer()));
      if (bytes === undefined || `sha256-${hash('sha256', bytes)}` === at.id) return bytes;
    }
    return bytes;
  }

  /** Whoever wants a blob as a file while it is fetched waits for the same. */
  path(at: Place, size: number): Promise<string | undefined> {
    const before = this.#fetching.get(at.id);
    if (before !== undefined) return before;
    const fetching = this.#fetch(at, size).finally(() => this.#fetching.delete(at.id));
    this.#fetching.set(at.id, fetching);
    return fetching;
  }

  hold(bytes: AsyncIterable<Uint8Array>): Promise<Content> {
    return this.#cache.take(bytes);
  }

  async write(at: Place, content: Content): Promise<void> {
    await this.#guard(() => upload(this.#client, this.#keyOf(at), content));
    // Whoever put a stream often wants it as a file next; where there is no room, it is fetched.
    if (content.is === 'file') await this.#cache.adopt(content.id, content.file).catch(() => undefined);
  }

  async drop(content: Content): Promise<void> {
    if (content.is === 'file') await this.#cache.drop(content.file);
  }

  remove(at: Place): Promise<void> {
    return this.#guard(() => this.#client.ask({ method: 'DELETE', key: this.#keyOf(at), read: nothing }));
  }

  async mark(): Promise<string | undefined> {
    return (await this.#get(this.#prefix + markName, 100, (response) => response.text()))?.trim();
  }

  async setMark(mark: string): Promise<void> {
    const body = Buffer.from(`${mark}\n`);
    await this.#guard(() => this.#client.ask({ method: 'PUT', key: this.#prefix + markName, body, read: nothing }));
  }

  async sweep(now: number): Promise<void> {
    await this.#cache.sweep(now);
    // Not everybody may list; then the bucket's own rules are to end what is unfinished.
    await this.#endUploads(now).catch(() => undefined);
  }

  async #fetch(at: Place, size: number): Promise<string | undefined> {
    const kept = await this.#cache.find(at.id, size);
    if (kept !== undefined) return kept;
    for (let reading = 0; reading < readings; reading++) {
      const spooled = await this.#get(this.#keyOf(at), size, (response) => this.#cache.take(chunks(response)));
      if (spooled === undefined) return undefined;
      if (spooled.id === at.id) return this.#cache.adopt(at.id, spooled.file);
      await this.#cache.drop(spooled.file);
    }
    return undefined;
  }

  async #endUploads(now: number): Promise<void> {
    const query = { uploads: '', prefix: `${this.#prefix}sha256-` };
    const xml = await this.#guard(() => this.#client.ask({ method: 'GET', key: '', query, read: (response) => response.text() }));
    for (const one of allIn(xml, 'Upload')) {
      const [key, uploadId, initiated] = [textIn(one, 'Key'), textIn(one, 'UploadId'), textIn(one, 'Initiated')];
      if (key === undefined || uploadId === undefined || !(now - Date.parse(initiated ?? '') > abandoned)) continue;
      await this.#guard(() => abort(this.#client, key, uploadId));
    }
  }

  #get<T>(key: string, size: number, read: Request<T>['read']): Promise<T | undefined> {
    return this.#guard(() => ifThere(this.#client.ask({ method: 'GET', key, size, read })));
  }

  #keyOf(at: Place): string {
    return this.#prefix + nameOf(at);
  }
}

async function* chunks(response: Response): AsyncIterable<Uint8Array> {
  if (response.body !== null) yield* response.body;
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
