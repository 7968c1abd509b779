import { ContinuoError } from '../../core/errors.ts';
import type { Audit } from '../../ports/access.ts';
import { beginning, verify, type Link } from './audit-chain.ts';

const page = 1000;

/**
 * Reads the whole log; answers with its last record, and rejects with AUDIT_BROKEN where the chain breaks. `expected`
 * is a hash that the log had: it must be in it.
 */
export async function verifyAudit(audit: Pick<Audit, 'read'>, expected?: string): Promise<Link> {
  let last = beginning;
  let isThere = expected === undefined || expected === beginning.hash;
  for (;;) {
    const records = await audit.read(last.seq, page);
    const verdict = verify(records, last);
    if (verdict.is === 'broken')
      throw new ContinuoError('AUDIT_BROKEN', `the audit log breaks at record ${verdict.at}: ${verdict.why}`, { record: verdict.at });
    isThere ||= records.some(({ hash }) => hash === expected);
    last = verdict.last;
    if (records.length < page) break;
  }
  if (isThere) return last;
  const message = `the audit log has no record whose hash is ${expected}: its end was cut off, or made anew; it ends with record ${last.seq} now`;
  throw new ContinuoError('AUDIT_BROKEN', message, { record: last.seq + 1 });
}
