import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readContainer, type Container } from './iso-boxes.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-boxes-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** A box with as many bytes in it, whose head says `says`. */
function box(type: string, bytes: number, says: number | 'long' = bytes + 8): Buffer {
  const head = Buffer.alloc(says === 'long' ? 16 : 8);
  head.writeUInt32BE(says === 'long' ? 1 : says, 0);
  head.write(type, 4, 'latin1');
  if (says === 'long') head.writeBigUInt64BE(BigInt(bytes + 16), 8);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

async function read(...boxes: readonly Buffer[]): Promise<Container> {
  const file = join(folder, 'film.mp4');
  await writeFile(file, Buffer.concat(boxes));
  return readContainer(file);
}

const begin = box('ftyp', 16);

test('the index stands first or last', async () => {
  assert.deepEqual(await read(begin, box('moov', 30), box('free', 0), box('mdat', 90)), { is: 'mp4', indexFirst: true, whole: true });
  assert.deepEqual(await read(begin, box('mdat', 90), box('moov', 30)), { is: 'mp4', indexFirst: false, whole: true });
});

test('lengths may be long, or reach until the end', async () => {
  assert.deepEqual(await read(begin, box('mdat', 90, 'long'), box('moov', 30)), { is: 'mp4', indexFirst: false, whole: true });
  assert.deepEqual(await read(begin, box('moov', 30), box('mdat', 90, 0)), { is: 'mp4', indexFirst: true, whole: true });
});

test('what is cut off is not whole', async () => {
  assert.deepEqual(await read(begin, box('moov', 30), box('mdat', 50, 98)), { is: 'mp4', indexFirst: true, whole: false });
  assert.deepEqual(await read(begin, box('mdat', 90)), { is: 'mp4', indexFirst: false, whole: false });
});

test('anything else is no MP4, and is not followed for ever', async () => {
  assert.deepEqual(await read(Buffer.from('this is no film at all')), { is: 'other' });
  assert.deepEqual(await read(Buffer.alloc(0)), { is: 'other' });
  assert.deepEqual(await read(begin, Buffer.alloc(7)), { is: 'mp4', indexFirst: false, whole: false });
});
