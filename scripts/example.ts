/**
 * The first thing that anybody runs: the example, with a person at the terminal to ask,
 * or, where there is none, with the answer given from "another terminal".
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const waiting = 4;
const launcher = join(import.meta.dirname, '../bin/continuo.mjs');
const run = ['run', 'examples/trip.ts', '--input', '{"city":"Lisbon"}', '--run-id', `trip-${Date.now().toString(36)}`];
const id = run.at(-1) ?? '';

function continuo(...words: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [launcher, ...words], { stdio: 'inherit', cwd: join(import.meta.dirname, '..') });
  return status ?? 1;
}

// Ctrl-C reaches the run itself, which says how to go on; this only has to wait for it.
process.on('SIGINT', () => undefined);

let code = continuo(...run, ...process.argv.slice(2));
const isAttended = process.stdin.isTTY && process.stdout.isTTY;
if (code === waiting && !isAttended) {
  process.stdout.write('\n  nobody is at this terminal: the answer comes from another one, and the run goes on where it was\n\n');
  code = continuo('answer', id, 'pace', 'steadily', '--by', 'another terminal', ...process.argv.slice(2));
  if (code === 0) code = continuo(...run, ...process.argv.slice(2));
}
process.exitCode = code;
