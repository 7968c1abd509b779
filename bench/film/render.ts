/**
 * How fast scenes become segments, drawing and encoding together, with as many at a time as the studio has workers.
 *
 *     npm run bench:film -- [--scenes 4] [--seconds 6] [--aspect 9:16] [--quality standard] [--workers 2] [--keep folder]
 *
 * Without `--quality`: draft and standard.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { aspectSchema } from '../../src/studio/film/aspect.ts';
import { qualitySchema, type Quality } from '../../src/studio/film/quality.ts';
import { findTools } from '../../src/studio/ffmpeg/find.ts';
import { openStudioWorkers } from '../../src/studio/workers/studio-workers.ts';
import type { RenderTask } from '../../src/studio/render/render-segment-task.ts';
import { cpuSeconds, memoryOfTree } from './process-tree.ts';
import type { SceneTask, SetOptions } from './scene-set.ts';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '6' },
    aspect: { type: 'string', default: '9:16' },
    quality: { type: 'string' },
    workers: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const aspect = aspectSchema.parse(values.aspect);
const scenes = Number(values.scenes);
const frames = Math.round(Number(values.seconds) * 30);
const qualities: readonly Quality[] = values.quality === undefined ? ['draft', 'standard'] : [qualitySchema.parse(values.quality)];

/** In a process of its own, so that what drawing takes is not counted. */
async function drawn(options: SetOptions): Promise<readonly SceneTask[]> {
  const script = join(import.meta.dirname, 'draw-scene-set.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, JSON.stringify(options)]);
  return JSON.parse(stdout) as readonly SceneTask[];
}

async function measure(quality: Quality, folder: string): Promise<string> {
  const { ffmpeg } = await findTools();
  const set = await drawn({ folder, aspect, quality, scenes, frames });
  const workers = openStudioWorkers({ workers: Number(values.workers) });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, memoryOfTree())), 100);
  const before = { cpu: cpuSeconds(), at: performance.now() };
  await Promise.all(
    set.map(async (scene, index) => {
      const task: RenderTask = { ...scene, ffmpeg, output: join(folder, `${quality}-${index}.ts`) };
      await workers.run('render-segment', task);
    }),
  );
  const took = (performance.now() - before.at) / 1000;
  clearInterval(watch);
  // What has ended counts: the processes that drew, and their encoders.
  await workers.close();
  const film = (scenes * frames) / 30;
  const cpu = (cpuSeconds() - before.cpu) / film;
  return [
    quality.padEnd(9),
    `${(film / took).toFixed(2)} × real time`,
    `${cpu.toFixed(2)} CPU s per second of film`,
    `${(cpu * (1000 / 30)).toFixed(1)} ms a frame`,
    `peak ${peak.toFixed(0)} MB`,
  ].join('  ');
}

const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'continuo-bench-film-')));
await mkdir(folder, { recursive: true });
console.log(`${scenes} scenes of ${frames} frames, ${aspect}, ${values.workers} workers`);
for (const quality of qualities) console.log(await measure(quality, folder));
if (values.keep === undefined) await rm(folder, { recursive: true });
