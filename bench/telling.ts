/** Measures scenes one after another: JSON lines on stdout, progress and a table for people on stderr, or in a document. */
import { tableOf, type Row } from './distributed/goals.ts';
import { writeInto } from './document.ts';
import { machine } from './machine.ts';

export interface Telling<Scene extends string> {
  readonly only: readonly Scene[];
  /** Where the data goes meanwhile. */
  readonly dir: string;
  readonly write: string | undefined;
}

/** `what`: between which markers of the document the table belongs. */
export async function tellScenes<Scene extends string>(
  { only, dir, write }: Telling<Scene>,
  measure: (scene: Scene) => Promise<readonly Row[]>,
  what: 'distributed' | 'server',
): Promise<void> {
  const on = machine(dir);
  process.stderr.write(`${on}\n`);
  const rows: Row[] = [];
  for (const scene of only) {
    process.stderr.write(`${scene}\n`);
    for (const row of await measure(scene)) {
      process.stdout.write(`${JSON.stringify(row)}\n`);
      rows.push(row);
    }
  }
  process.stderr.write(`\n${tableOf(rows)}`);
  if (write !== undefined) writeInto(write, `Measured: ${on}.\n\n${tableOf(rows)}`, what);
}
