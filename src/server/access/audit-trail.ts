import type { Audit, AuditRecord } from '../../ports/access.ts';

export interface TrailQuery {
  readonly run?: string;
  readonly who?: string;
  readonly limit: number;
}

const page = 500;

/** What the audit log says of a run, or of somebody: the newest first. */
export async function auditTrail(audit: Pick<Audit, 'last' | 'read'>, { run, who, limit }: TrailQuery): Promise<readonly AuditRecord[]> {
  const isMeant = (record: AuditRecord): boolean => (run === undefined || record.run === run) && (who === undefined || record.who === who);
  const found: AuditRecord[] = [];
  for (let end = (await audit.last())?.seq ?? 0; end > 0 && found.length < limit; end -= page) {
    const after = Math.max(0, end - page);
    const records = await audit.read(after, end - after);
    found.push(...records.toReversed().filter((record) => record.seq <= end && isMeant(record)));
  }
  return found.slice(0, limit);
}
