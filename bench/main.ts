/**
 * How fast the engine is, beside a bare loop and beside its peers.
 *
 *   npm run bench -- --help
 *
 * Figures are JSON lines on stdout; progress and a table for people go to stderr.
 * Repeats are interleaved (a, b, a, b), because machines are noisy, and ratios are
 * computed within one repeat.
 */
import type { Told } from './child.ts';
import { writeInto } from './document.ts';
import { install, type Contender } from './engines.ts';
import { growth } from './growth/growth.ts';
import { machine } from './machine.ts';
import { measurement, removeWhenStopped } from './measurement.ts';
import { readOptions, usage, type Options } from './options.ts';
import { linesOf, type Line } from './report.ts';
import { forDocument, forTerminal } from './table.ts';

async function bench(options: Options): Promise<void> {
  install(options.engines);
  const on = machine(options.dir);
  process.stderr.write(`${on}\n`);
  if (options.growth) return growth(options, `Measured: ${on}`);
  const lines: Line[] = [];
  for (const workload of options.only) {
    for (const line of await measureAll(workload, options)) {
      process.stdout.write(`${JSON.stringify(line)}\n`);
      lines.push(line);
    }
  }
  process.stderr.write(`\n${forTerminal(lines)}`);
  if (options.write === undefined) return;
  writeInto(options.write, `Measured: ${on}${options.repeat > 1 ? `; medians of ${options.repeat}` : ''}.\n\n${forDocument(lines)}`);
}

async function measureAll(workload: string, options: Options): Promise<readonly Line[]> {
  const told = new Map<Contender, Told[]>(options.engines.map((engine) => [engine, []]));
  for (let repeat = 1; repeat <= options.repeat; repeat++) {
    for (const [engine, before] of told) {
      // What it cannot do once, it need not be asked again.
      if (before.some((one) => 'cannot' in one)) continue;
      process.stderr.write(`${workload}  ${engine.name}  ${repeat}/${options.repeat}\n`);
      before.push(await measurement(engine, workload, options));
    }
  }
  return linesOf(workload, told);
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
