export interface BlobInfo {
  /** `sha256-<hex>`: the name is the content. */
  readonly id: string;
  readonly bytes: number;
  /** Media type, as the one who put it said. */
  readonly type: string;
  /** When it was last put: collection spares the young. */
  readonly touchedAt: number;
}

/**
 * B1. The same bytes have the same id, and putting them again only touches them: the
 *     type stays as it was first put.
 * B2. A blob is there whole or not at all.
 * B3. `get` checks what it reads against the id: damage is BLOB_CORRUPT, absence BLOB_MISSING. Putting the bytes again
 *     mends either.
 */
export interface Blobs {
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>, type: string, now: number): Promise<BlobInfo>;
  get(id: string): Promise<Uint8Array>;
  /** Undefined where it is absent, or plainly not whole: a file that was cut short. */
  info(id: string): Promise<BlobInfo | undefined>;
  /** Where the bytes lie as a file, for tools that want one; undefined where there are no files. */
  path(id: string): Promise<string | undefined>;
  list(after: string | undefined, limit: number): Promise<readonly BlobInfo[]>;
  /** Only if nobody has put it again at that time or later. Answers whether it is gone. */
  remove(id: string, ifUntouchedSince: number): Promise<boolean>;
}
