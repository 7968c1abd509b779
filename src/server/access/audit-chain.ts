/**
 * The chain of the audit log.
 *
 * H1. A record's hash is over its number, the hash before it and every field of its note. They are hashed as one JSON
 *     list, in which each text is quoted: nothing can move from one field to the next and give the same.
 * H2. Whoever changes, removes, adds or moves a record breaks the chain there. Only one thing leaves it whole: to cut
 *     off its end, and make it anew from there. That is found by whoever kept a hash of before.
 */
import { hash } from 'node:crypto';
import type { AuditNote, AuditRecord } from '../../ports/access.ts';

/** Where a chain has got to. */
export type Link = Pick<AuditRecord, 'seq' | 'hash'>;

export type Verdict = { readonly is: 'whole'; readonly last: Link } | { readonly is: 'broken'; readonly at: number; readonly why: string };

/** Before the first record. */
export const beginning: Link = { seq: 0, hash: '' };

export function seal(before: string, seq: number, note: AuditNote): AuditRecord {
  return { ...note, seq, before, hash: hashOf(before, seq, note) };
}

/** Whether the records follow from `last`, and from one another. */
export function verify(records: readonly AuditRecord[], last: Link = beginning): Verdict {
  let { seq, hash: before } = last;
  for (const record of records) {
    seq += 1;
    const why = faultOf(record, seq, before);
    if (why !== undefined) return { is: 'broken', at: seq, why };
    before = record.hash;
  }
  return { is: 'whole', last: { seq, hash: before } };
}

function faultOf(record: AuditRecord, seq: number, before: string): string | undefined {
  if (record.seq !== seq) return `record ${seq} is not there; record ${record.seq} stands in its place`;
  if (record.before !== before) return `record ${seq} does not follow from the one before it`;
  if (record.hash !== hashOf(before, seq, record)) return `record ${seq} is not what was written`;
  return undefined;
}

/** In a list, a field that is absent is written as null, which no text is. */
function hashOf(before: string, seq: number, { at, who, what, run, project, details }: AuditNote): string {
  return hash('sha256', JSON.stringify([before, seq, at, who, what, run, project, details]));
}
