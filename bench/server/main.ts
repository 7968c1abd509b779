/**
 * How fast the server is, and whether that is what it should be.
 *
 *   npm run bench:server -- --help
 *
 * Figures are JSON lines on stdout; progress and a table for people go to stderr. The server, what asks it and the model
 * that stands in for a provider are processes of their own, so that none waits for another's work; they share the cores.
 */
import { writeInto } from '../document.ts';
import { tableOf, type Row } from '../distributed/goals.ts';
import { machine } from '../machine.ts';
import { removeWhenStopped } from '../measurement.ts';
import { gateway } from './gateway.ts';
import { readOptions, usage, type Options, type Scene } from './options.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { subscribers } from './subscribers.ts';

const measure: Readonly<Record<Scene, (options: Options) => Promise<readonly Row[]>>> = { gateway, status, start, subscribers };

async function bench(options: Options): Promise<void> {
  const on = machine(options.dir);
  process.stderr.write(`${on}\n`);
  const rows: Row[] = [];
  for (const scene of options.only) {
    process.stderr.write(`${scene}\n`);
    for (const row of await measure[scene](options)) {
      process.stdout.write(`${JSON.stringify(row)}\n`);
      rows.push(row);
    }
  }
  process.stderr.write(`\n${tableOf(rows)}`);
  if (options.write !== undefined) writeInto(options.write, `Measured: ${on}.\n\n${tableOf(rows)}`, 'server');
}

try {
  removeWhenStopped();
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else await bench(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
