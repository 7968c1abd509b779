/** Segments as the renderer makes them, and damaged ones, looked at by the agent that a workflow calls. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import { Orchestrator } from '../../compose.ts';
import type { RunResult } from '../../engine/orchestrator.ts';
import { workflow } from '../../core/plan/builder.ts';
import { ffmpeg } from './fixtures/films.ts';
import { inspectSegmentAgent, type InspectSegment } from './inspect-segment-agent.ts';
import type { Inspection } from './inspection.ts';

const inspector = inspectSegmentAgent();
const inspect = workflow<InspectSegment>('inspect')
  .step('seen', inspector, ({ input }) => input)
  .output(({ seen }) => seen);

let folder = '';
let orchestrator: Orchestrator;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-inspect-'));
  orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [inspector], workflows: [inspect] });
});
after(async () => {
  await orchestrator.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two and a half seconds of what the filter makes. */
async function segment(source: string, filter = 'null'): Promise<Uint8Array> {
  const file = join(folder, 'segment.ts');
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '60'];
  await ffmpeg('-f', 'lavfi', '-i', `${source}=size=270x480:rate=30:duration=2.5`, '-vf', filter, ...encoder, '-f', 'mpegts', file);
  return readFile(file);
}

async function inspection(bytes: Uint8Array, frames: number): Promise<RunResult<Inspection>> {
  const { id, ...info } = await orchestrator.blobs.put(bytes, 'video/mp2t', 0);
  const run = await orchestrator.start(inspect, { video: { blob: id, bytes: info.bytes, type: info.type }, frames });
  return run.result();
}

const look = async (bytes: Uint8Array, frames = 75): Promise<Inspection> => (await inspection(bytes, frames)).output ?? assert.fail();

suite('an inspection', () => {
  test('of a good scene finds all of its frames and nothing wrong', async () => {
    const { signature, ...seen } = await look(await segment('testsrc2'));
    assert.deepEqual(seen, { black: [], frozen: [], frames: 75, problems: [] });
    assert.equal(Buffer.from(signature, 'base64').length, 256);
  });

  test('of the same bytes gives the same', async () => {
    const bytes = await segment('testsrc2');
    assert.deepEqual(await look(bytes), await look(bytes));
  });

  test('sees the luma that stands in the file', async () => {
    const { signature } = await look(await segment('color', 'drawbox=x=0:y=0:w=135:h=480:color=white:t=fill'));
    const cells = Buffer.from(signature, 'base64');
    assert.deepEqual([cells[0], cells[15]], [235, 16]);
  });

  test('finds a black second', async () => {
    const { black, frozen } = await look(await segment('testsrc2', "drawbox=t=fill:color=black:enable='between(t,1,1.99)'"));
    assert.deepEqual([black, frozen], [[{ start: 1, end: 2 }], []]);
  });

  test('finds a slide under moving words', async () => {
    const words = "drawbox=x=40:y=310:w=190:h=60:color=white:t=fill:enable='lt(mod(t,0.8),0.4)'";
    const { frozen } = await look(await segment('smptebars', words));
    assert.deepEqual(frozen, [{ start: 0, end: 2.5 }]);
  });

  test('says how many frames are missing', async () => {
    const { frames, problems } = await look(await segment('testsrc2'), 80);
    assert.equal(frames, 75);
    assert.deepEqual(problems, ['it has 75 frames where 80 were planned']);
  });

  test('finds damage', async () => {
    const bytes = await segment('testsrc2');
    const damaged = bytes.map((byte, index) => (index > bytes.length / 2 && index < bytes.length / 2 + 3000 ? (index * 7) & 255 : byte));
    assert.notDeepEqual((await look(damaged)).problems, []);
  });

  test('refuses what is no video', async () => {
    for (const bytes of [new TextEncoder().encode('no film'), new Uint8Array()]) {
      const { error } = await inspection(bytes, 75);
      assert.equal(error?.code, 'MEDIA_UNREADABLE');
      assert.match(error.message, /the rendered scene cannot be read: Invalid data/);
    }
  });
});
