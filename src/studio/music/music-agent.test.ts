import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import { Orchestrator } from '../../compose.ts';
import { workflow } from '../../core/plan/builder.ts';
import type { RunResult } from '../../engine/orchestrator.ts';
import type { BlobRef } from '../../ports/agent.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { loudnessOf } from '../sound/loudness.ts';
import { readWav } from '../sound/wav.ts';
import { openStudioWorkers } from '../workers/studio-workers.ts';
import { musicAgent, type Music, type MusicInput } from './music-agent.ts';

const workers = openStudioWorkers({ workers: 1 });
const musician = musicAgent({ workers });
const music = workflow<MusicInput>('music')
  .step('played', musician, ({ input }) => input, { retry: { max: 0 } })
  .output(({ played }) => played);
let orchestrator: Orchestrator;

before(async () => {
  orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [musician], workflows: [music] });
});
after(async () => {
  await orchestrator.close();
  await workers.close();
});

async function run(change: Partial<MusicInput>): Promise<RunResult<Music>> {
  return (await orchestrator.start(music, { mood: 'calm', seconds: 6, seed: 1, file: null, ...change })).result();
}

async function kept(bytes: Uint8Array, type: string): Promise<BlobRef> {
  const { id: blob, bytes: length } = await orchestrator.blobs.put(bytes, type, 0);
  return { blob, bytes: length, type };
}

/** A sound that ffmpeg makes, in a format of its own. */
async function recorded(source: string, format: readonly string[]): Promise<BlobRef> {
  const { ffmpeg } = await findTools();
  const { stdout } = await runTool(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, ...format, '-'], { what: 'making a sound' });
  return kept(stdout, 'audio/mpeg');
}

const heard = async ({ audio }: Music): Promise<ReturnType<typeof readWav>> => readWav(await orchestrator.blobs.get(audio.blob));

test('music is composed in the length and at the loudness that were asked for', async () => {
  const { output } = await run({});
  assert.ok(output !== undefined);
  const { rate, channels } = await heard(output);
  assert.deepEqual([rate, channels.length, channels[0]?.length], [48_000, 2, 6 * 48_000]);
  assert.ok(Math.abs(loudnessOf(channels, rate) + 18) < 0.3);
  assert.equal(output.note, null);
  assert.deepEqual(output.provenance, { agent: 'studio.music', version: '1', by: 'offline', seed: 1, inputs: [] });
});

test('music of the user is repeated without a hole until the film is over', async () => {
  const file = await recorded('sine=f=330:d=2.5:r=44100', ['-f', 'ogg', '-c:a', 'flac']);
  const { output } = await run({ file, seconds: 7 });
  assert.ok(output !== undefined);
  const { channels } = await heard(output);
  const [left = new Float32Array(0)] = channels;
  assert.equal(left.length, 7 * 48_000);
  const tops = Array.from({ length: 50 }, (_, tenth) =>
    left.subarray(tenth * 4800, (tenth + 1) * 4800).reduce((top, sample) => Math.max(top, sample), 0),
  );
  assert.ok(Math.min(...tops) > 0.35 * Math.max(...tops), tops.map((top) => top.toFixed(2)).join(' '));
  assert.ok(Math.abs(left.at(-1) ?? 1) < 0.001);
  assert.deepEqual([output.provenance.by, output.provenance.inputs], ['user', [file.blob]]);
});

test('silent music is told', async () => {
  const { output } = await run({ file: await recorded('aevalsrc=0:d=3', ['-f', 'wav']), seconds: 2 });
  assert.equal(output?.note, 'The music that was given is silent.');
});

test('what is no sound is refused, with the reason', async () => {
  const picture = await recorded('testsrc2=s=64x64:d=0.1', ['-f', 'image2pipe', '-c:v', 'png']);
  for (const file of [
    await kept(new TextEncoder().encode('la la la'), 'audio/mpeg'),
    await kept(new Uint8Array(0), 'audio/wav'),
    picture,
  ]) {
    const { error } = await run({ file });
    assert.equal(error?.code, 'MEDIA_UNREADABLE');
    assert.match(
      error.message,
      /the music cannot be read: (?:Invalid data found|there is no sound in it|it is in none of the formats).*; give another file/,
    );
  }
});
