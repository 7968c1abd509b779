import type { Backend } from '../serving/watch-parts.ts';
import type { Paint } from '../terminal/screen.ts';
import { table } from '../terminal/table.ts';
import { moment } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';

type AuditRecord = Awaited<ReturnType<Backend['access']['audit']['read']>>[number];

export function auditLines(records: readonly AuditRecord[], columns: number, paint: Paint): readonly string[] {
  const heads = [
    { head: '#', align: 'right' as const },
    { head: 'WHEN' },
    { head: 'WHO', atMost: 28 },
    { head: 'WHAT', atMost: 24 },
    { head: 'RUN', atMost: 40 },
    { head: 'PROJECT', atMost: 20 },
    { head: 'DETAILS' },
  ];
  const rows = records.map(({ seq, at, who, what, run = '', project = '', details = '' }) => [
    String(seq),
    moment(at),
    oneLine(who),
    { text: oneLine(what), paint: (text: string) => paint('bold', text) },
    oneLine(run),
    oneLine(project),
    { text: oneLine(details), paint: (text: string) => paint('dim', text) },
  ]);
  return table(heads, rows, columns, paint);
}
