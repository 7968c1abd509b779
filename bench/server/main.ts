/**
 * How fast the server is, and whether that is what it should be.
 *
 *   npm run bench:server -- --help
 *
 * Figures are JSON lines on stdout; progress and a table for people go to stderr. The server, what asks it and the model
 * that stands in for a provider are processes of their own, so that none waits for another's work; they share the cores.
 */
import type { Row } from '../distributed/goals.ts';
import { removeWhenStopped } from '../measurement.ts';
import { tellScenes } from '../telling.ts';
import { gateway } from './gateway.ts';
import { readOptions, usage, type Options, type Scene } from './options.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { subscribers } from './subscribers.ts';

const measure: Readonly<Record<Scene, (options: Options) => Promise<readonly Row[]>>> = { gateway, status, start, subscribers };

try {
  removeWhenStopped();
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else await tellScenes(options, (scene) => measure[scene](options), 'server');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
