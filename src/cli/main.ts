/** The command line: importing this file runs it. */
import { enableCompileCache } from 'node:module';
import { quietWarnings } from './quiet-warnings.ts';
import { systemShell } from './shell.ts';

quietWarnings();
// The second start is several times as fast: commands from another terminal should feel like keys.
enableCompileCache();
// Whoever reads the output may stop reading, and a terminal may close: what was asked for is done all the same.
for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', () => undefined);

const { main } = await import('./program.ts');
const shell = systemShell();
const exitCode = await main(process.argv.slice(2), shell);
await Promise.all([shell.out.flushed(), shell.err.flushed()]);
// Agents may leave timers and sockets behind: what they wait for is nobody's business any more.
process.exit(exitCode);
