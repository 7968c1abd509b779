/** Results that other runs of the project may use again. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Payload } from '../core/run/events.ts';
import type { AgentDefinition } from '../ports/agent.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Memos } from '../ports/journal.ts';
import { blobName } from './payloads.ts';

export class MemoShelf {
  readonly #memos: Memos;
  readonly #blobs: Blobs;

  constructor(memos: Memos, blobs: Blobs) {
    this.#memos = memos;
    this.#blobs = blobs;
  }

  /** The same agent in the same version, given the same input, is taken to give the same. */
  key(agent: AgentDefinition, action: string, input: Json): string {
    return createHash('sha256')
      .update(canonicalJson([agent.id, agent.version, action, input]))
      .digest('hex');
  }

  /** A result that names a blob which is no longer there is not the result: it is made anew, and remembered again. */
  async get(project: string, key: string): Promise<Payload | undefined> {
    const text = await this.#memos.get(project, key);
    if (text === undefined || !(await this.#hasAll(text))) return undefined;
    const known = JSON.parse(text) as Payload;
    if ('value' in known) return known;
    const value = await this.#blobs.get(known.blob).catch(unlessLost);
    return value !== undefined && (await this.#hasAll(new TextDecoder().decode(value))) ? known : undefined;
  }

  async #hasAll(text: string): Promise<boolean> {
    for (const name of new Set(text.match(blobName))) if ((await this.#blobs.info(name)) === undefined) return false;
    return true;
  }
}

function unlessLost(error: unknown): undefined {
  if (error instanceof ContinuoError && (error.code === 'BLOB_MISSING' || error.code === 'BLOB_CORRUPT')) return undefined;
  throw error;
}
