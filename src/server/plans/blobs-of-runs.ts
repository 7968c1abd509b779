/**
 * Which blobs a run names: in its journal, in its large values, and in what its agents put as text.
 *
 * B1. What is found in a run is kept, and only what came since is read again.
 * B2. What is read of a run is bounded, and so is what is kept of all: beyond the bounds some blobs are not found, and
 *     never one too many.
 * B3. What somebody brought from outside names nothing: else whoever brings a text with the name of a foreign blob would
 *     be given it.
 */
import { blobName } from '../../engine/payloads.ts';
import type { Backend } from '../../ports/backend.ts';
import type { RunRecord } from '../../ports/journal.ts';

interface Named {
  /** The first event that was not looked at. */
  next: number;
  readonly names: Set<string>;
  /** Blobs that may name others, and were not looked into. */
  readonly unread: Set<string>;
  /** Bytes of the blobs that were looked into. */
  read: number;
}

const bounds = { runs: 512, names: 500_000, namesOfRun: 50_000, bytesOfRun: 64 * 1024 * 1024 };
const textual = /json|^text\//;

type Stores = Pick<Backend, 'journal' | 'blobs' | 'access'>;
type RunOf = Pick<RunRecord, 'run' | 'project'>;

export class BlobsOfRuns {
  readonly #stores: Stores;
  /** Who was asked for last stands last. */
  readonly #known = new Map<string, Named>();
  readonly #looking = new Map<string, Promise<Named>>();
  #held = 0;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  async names(run: RunOf, blob: string): Promise<boolean> {
    if (this.#known.get(run.run)?.names.has(blob) === true) return true;
    // One after another: two at once would both read what came since.
    const before = this.#looking.get(run.run)?.catch(() => undefined);
    const look = (async () => {
      await before;
      return this.#look(run, blob);
    })();
    this.#looking.set(run.run, look);
    try {
      return (await look).names.has(blob);
    } finally {
      if (this.#looking.get(run.run) === look) this.#looking.delete(run.run);
    }
  }

  async #look(run: RunOf, blob: string): Promise<Named> {
    const named = this.#known.get(run.run) ?? { next: 0, names: new Set<string>(), unread: new Set<string>(), read: 0 };
    const before = this.#known.has(run.run) ? named.names.size : 0;
    const entries = await this.#stores.journal.read(run.run, named.next);
    for (const { events } of entries) see(JSON.stringify(events), named);
    const last = entries.at(-1);
    if (last !== undefined) named.next = last.seq + last.events.length;
    for (const id of named.unread) {
      if (named.names.has(blob)) break;
      named.unread.delete(id);
      await this.#lookInto(id, named, run.project);
    }
    this.#keep(run.run, named, named.names.size - before);
    return named;
  }

  async #lookInto(id: string, named: Named, project: string): Promise<void> {
    const { blobs, access } = this.#stores;
    const info = await blobs.info(id);
    if (info === undefined || !textual.test(info.type) || named.read + info.bytes > bounds.bytesOfRun) return;
    if (await access.grants.granted([project], id)) return;
    named.read += info.bytes;
    // What is damaged names nothing; whoever reads it for itself is told.
    const bytes = await blobs.get(id).catch(() => undefined);
    if (bytes !== undefined) see(new TextDecoder().decode(bytes), named);
  }

  #keep(run: string, named: Named, added: number): void {
    this.#held += added;
    this.#known.delete(run);
    this.#known.set(run, named);
    for (const [oldest, { names }] of this.#known) {
      if (this.#known.size <= bounds.runs && this.#held <= bounds.names) return;
      this.#known.delete(oldest);
      this.#held -= names.size;
    }
  }
}

function see(text: string, { names, unread }: Named): void {
  for (const [id] of text.matchAll(blobName)) {
    if (names.has(id) || names.size >= bounds.namesOfRun) continue;
    names.add(id);
    unread.add(id);
  }
}
