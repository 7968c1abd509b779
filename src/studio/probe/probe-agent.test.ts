/** A whole film through the agents, and what the judge of films is told of it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openMemory } from '../../backends/memory/index.ts';
import { Orchestrator } from '../../compose.ts';
import { workflow } from '../../core/plan/builder.ts';
import type { RunResult } from '../../engine/orchestrator.ts';
import type { BlobRef } from '../../ports/agent.ts';
import { goodScenes, makeFilm } from './fixtures/films.ts';
import { probeAgent, type ProbeInput } from './probe-agent.ts';
import type { Probe } from './probe.ts';
import { reportFor } from './report-for.ts';

const prober = probeAgent();
const probe = workflow<ProbeInput>('probe')
  .step('seen', prober, ({ input }) => input)
  .output(({ seen }) => seen);

let folder = '';
let orchestrator: Orchestrator;
let film: BlobRef;

async function kept(bytes: Uint8Array, type: string): Promise<BlobRef> {
  const { id: blob, bytes: length } = await orchestrator.blobs.put(bytes, type, 0);
  return { blob, bytes: length, type };
}

async function run(change: Partial<ProbeInput> = {}): Promise<RunResult<Probe>> {
  const asked = { target: 5, aspect: '9:16', quality: 'standard', scenes: goodScenes, subtitles: null } as const;
  return (await orchestrator.start(probe, { film, ...asked, ...change })).result();
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-probe-'));
  orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [prober], workflows: [probe] });
  await makeFilm(join(folder, 'film.mp4'));
  film = await kept(await readFile(join(folder, 'film.mp4')), 'video/mp4');
});
after(async () => {
  await orchestrator.close();
  await rm(folder, { recursive: true, force: true });
});

test('a good film gets ten points, and is measured', async () => {
  const text = new TextEncoder();
  const srt = await kept(text.encode('1\n00:00:00,000 --> 00:00:05,000\nFold it now\n'), 'application/x-subrip');
  const vtt = await kept(text.encode('WEBVTT\n\n00:00.000 --> 00:05.000\nFold it now\n'), 'text/vtt');
  const { output } = await run({ subtitles: { srt, vtt } });
  assert.equal(output?.score, 10);
  assert.ok(output.checks.every(({ passed }) => passed));
  const { bytes, loudness, truePeak, captionCoverage, captionOffset, ...measured } = output.measured;
  assert.deepEqual(measured, {
    seconds: 5,
    width: 1080,
    height: 1920,
    frames: 150,
    framesPerSecond: 30,
    silent: [],
    black: [],
    frozen: [],
    captionsInSafeArea: true,
  });
  assert.equal(bytes, film.bytes);
  assert.ok(Math.abs((loudness ?? 0) + 14) < 0.3 && (truePeak ?? 0) < -10);
  assert.ok(Math.abs(captionCoverage - 1) < 1e-9 && Math.abs((captionOffset ?? 1) + 0.04) < 1e-9);
  assert.deepEqual(output.provenance.inputs, [film.blob, srt.blob, vtt.blob]);
});

test('what is measured in scenes is told in the time of the film', async () => {
  const scenes = goodScenes.map((scene, index) =>
    index === 1
      ? { ...scene, inspection: { ...scene.inspection, black: [{ start: 0.5, end: 1.5 }], frozen: [{ start: 0, end: 2.5 }] } }
      : scene,
  );
  const { output } = await run({ scenes });
  assert.deepEqual(output?.measured.black, [{ start: 2, end: 3 }]);
  assert.deepEqual(output.measured.frozen, [{ start: 1.5, end: 4 }]);
  assert.ok(output.score < 7);
});

test('the judge of films takes the report', async () => {
  const { output } = await run();
  const scenes = goodScenes.map(({ seconds, speechSeconds }) => ({
    narration: 'Fold it now.',
    picture: 'a sheet',
    shown: null,
    seconds,
    speechSeconds,
  }));
  const report = reportFor(output ?? assert.fail(), scenes);
  const schema: unknown = JSON.parse(
    await readFile(new URL('../../../systems/diy-video/config/schemas/video_input.json', import.meta.url), 'utf8'),
  );
  // The file is a schema: other tests hold it against the functions that use it.
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema as object);
  const asked = { topic: 'paper airplanes', content_mode: 'adult', target_duration: 20 };
  assert.ok(validate({ ...asked, report }), JSON.stringify(validate.errors));
  assert.deepEqual([report.duration, report.frames_per_second, report.scenes[1]?.number], [5, 30, 1]);
});

test('what is no film is refused by name', async () => {
  const { error } = await run({ film: await kept(new TextEncoder().encode('no film'), 'video/mp4') });
  assert.equal(error?.code, 'MEDIA_UNREADABLE');
  assert.match(error.message, /the film cannot be read/);
});
