/** Taking away what is old: finished runs past their time, and blobs that nothing names. */
import type { Backend } from '../ports/backend.ts';
import { blobName } from './payloads.ts';

const page = 500;
/** How a large value of the journal is named: it is JSON, whatever type its bytes were first put as. */
const payloadName = /"blob":"(sha256-[0-9a-f]{64})","bytes":\d+\}/g;
const textual = /json|^text\//;

/** A blob that was put so recently may belong to an attempt that has not finished. */
export const defaultGrace: number = 3_600_000;

export async function removeExpired(backend: Backend, now: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const expired = await backend.runs.list({ expiredAt: now, oldestFirst: true, limit: page });
    if (expired.length === 0) return removed;
    await backend.journal.remove(expired.map((record) => record.run));
    removed += expired.length;
  }
}

/**
 * Removes unreachable blobs.
 *
 * U1. A blob is reachable when its name occurs in a journal, a snapshot, a memo, or a
 *     reachable blob that is text: a large value of the journal, or what an agent put
 *     as such. Names are looked for in the text, so that no place where
 *     one may stand can be forgotten.
 * U2. What was put or touched after `before` is spared, and so is what is touched while
 *     this goes on.
 */
export async function collectBlobs(backend: Backend, before: number): Promise<{ readonly removed: number; readonly bytes: number }> {
  if (!(await isAnyOld(backend, before))) return { removed: 0, bytes: 0 };
  const reachable = await mark(backend);
  let removed = 0;
  let bytes = 0;
  for (let after: string | undefined; ;) {
    const infos = await backend.blobs.list(after, page);
    for (const { id, bytes: size } of infos) {
      if (reachable.has(id) || !(await backend.blobs.remove(id, before))) continue;
      removed++;
      bytes += size;
    }
    after = infos.at(-1)?.id;
    if (infos.length < page || after === undefined) return { removed, bytes };
  }
}

/** Whether there is anything to decide: reading every journal is not cheap. */
async function isAnyOld(backend: Backend, before: number): Promise<boolean> {
  for (let after: string | undefined; ;) {
    const infos = await backend.blobs.list(after, page);
    if (infos.some(({ touchedAt }) => touchedAt < before)) return true;
    after = infos.at(-1)?.id;
    if (infos.length < page || after === undefined) return false;
  }
}

async function mark(backend: Backend): Promise<ReadonlySet<string>> {
  const reachable = new Set<string>();
  const todo: string[] = [];
  const values = new Set<string>();
  const see = (text: string): void => {
    for (const [, id] of text.matchAll(payloadName)) if (id !== undefined) values.add(id);
    for (const [id] of text.matchAll(blobName)) {
      if (reachable.has(id) && !values.has(id)) continue;
      reachable.add(id);
      todo.push(id);
    }
  };
  const followed = new Set<string>();
  for (const texts of [(after: number) => backend.journalTexts(after, page), (after: number) => backend.memos.texts(after, page)]) {
    for (let after = 0; ;) {
      const found = await texts(after);
      for (const { text } of found) see(text);
      if (found.length === 0) break;
      after = found.at(-1)?.id ?? after;
    }
  }
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (followed.has(id)) continue;
    const info = await backend.blobs.info(id);
    if (info === undefined || !(values.has(id) || textual.test(info.type))) continue;
    followed.add(id);
    see(new TextDecoder().decode(await backend.blobs.get(id)));
  }
  return reachable;
}
