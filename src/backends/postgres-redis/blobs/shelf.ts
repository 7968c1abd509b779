/** Where the bytes of blobs lie, the same for all nodes. What lies where is the index's to say. */
import type { Place } from '../postgres/blob-index.ts';

/** Bytes in hand, on their way to a shelf. */
export type Content =
  | { readonly is: 'bytes'; readonly id: string; readonly size: number; readonly bytes: Uint8Array }
  | { readonly is: 'file'; readonly id: string; readonly size: number; readonly file: string };

/**
 * H1. At a place there are all bytes that were written there, or none.
 * H2. Bytes that `write` has put at their place survive a power cut.
 */
export interface Shelf {
  /** In words, for messages. */
  readonly location: string;
  /** How many bytes are there. */
  size(at: Place): Promise<number | undefined>;
  /** Whether they are those that the id names, as far as can be told without moving them all over a network. */
  isWhole(at: Place, size: number): Promise<boolean>;
  read(at: Place, size: number): Promise<Uint8Array | undefined>;
  /** A file with the bytes, for tools; undefined where they are absent or damaged. */
  path(at: Place, size: number): Promise<string | undefined>;
  /** Takes a stream in and names it. An error of the stream itself goes through as it is. */
  hold(bytes: AsyncIterable<Uint8Array>): Promise<Content>;
  write(at: Place, content: Content): Promise<void>;
  /** Lets go of what `hold` took in. */
  drop(content: Content): Promise<void>;
  remove(at: Place): Promise<void>;
  mark(): Promise<string | undefined>;
  setMark(mark: string): Promise<void>;
  /** Takes away what killed processes left half-written. */
  sweep(now: number): Promise<void>;
}

/** The name of the bytes at a place. */
export function nameOf({ id, place }: Place): string {
  return `${id}.${place}`;
}

/** The name of the mark that tells the store of one cluster from that of another. */
export const markName = 'continuo-store';
