/**
 * The whole command, as somebody types it: a film of a sentence, and then the same film with one scene's text changed.
 *
 *   npm run bench:film:whole -- --duration 60 --quality standard
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryOfTree } from './process-tree.ts';

const { values } = parseArgs({
  options: {
    topic: { type: 'string', default: 'how to make paper airplanes that fly far' },
    duration: { type: 'string', default: '60' },
    quality: { type: 'string', default: 'standard' },
    aspect: { type: 'string', default: '9:16' },
  },
});
const launcher = join(import.meta.dirname, '../../bin/continuo.mjs');

interface Made {
  readonly seconds: number;
  readonly film: number;
  readonly peak: number;
}

async function make(folder: string, words: readonly string[]): Promise<Made> {
  const began = performance.now();
  const common = ['--dir', join(folder, 'data'), '--out', join(folder, 'film'), '--aspect', values.aspect, '--quality', values.quality];
  const child = spawn(process.execPath, [launcher, 'make', values.topic, ...common, '--duration', values.duration, '--json', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, memoryOfTree(child.pid ?? 0))), 100);
  const [code] = (await once(child, 'close')) as [number];
  clearInterval(watch);
  if (code !== 0) throw new Error(`make ended with ${code}: ${out}`);
  const { output } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { readonly output: { readonly seconds: number } };
  return { seconds: (performance.now() - began) / 1000, film: output.seconds, peak };
}

/** One sentence more in one of its steps. */
async function edited(file: string): Promise<void> {
  const script = JSON.parse(await readFile(file, 'utf8')) as { steps: { narration: string }[] };
  const step = script.steps[2];
  if (step !== undefined) step.narration = `${step.narration} Take your time.`;
  await writeFile(file, JSON.stringify(script));
}

const folder = await mkdtemp(join(tmpdir(), 'continuo-bench-whole-'));
const first = await make(folder, []);
console.log(
  `${values.quality} ${values.aspect}: a film of ${first.film.toFixed(1)} s in ${first.seconds.toFixed(1)} s, peak ${first.peak.toFixed(0)} MB`,
);
const script = join(folder, 'film', 'script.json');
await edited(script);
const second = await make(folder, ['--script', script]);
const share = (100 * second.seconds) / first.seconds;
console.log(`one scene changed: ${second.seconds.toFixed(1)} s, ${share.toFixed(0)} % of the first, peak ${second.peak.toFixed(0)} MB`);
await rm(folder, { recursive: true });
