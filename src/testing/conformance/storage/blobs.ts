import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Backend } from '../../../ports/backend.ts';
import { rejectsWith } from './store.ts';
import type { StoreTest } from './store.ts';

const idOf = (bytes: Uint8Array): string => `sha256-${createHash('sha256').update(bytes).digest('hex')}`;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const absent = idOf(utf8('absent'));

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  const piece = new Uint8Array(size);
  for (let from = 0; from < bytes.length; from += size) {
    // One buffer for all pieces: a consumer that keeps what it got is found out.
    const part = bytes.subarray(from, from + size);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}

async function* broken(): AsyncIterable<Uint8Array> {
  yield utf8('half');
  throw new RangeError('the source broke off');
}

async function damageFile(backend: Backend, id: string, bytes = 'other bytes'): Promise<boolean> {
  const path = await backend.blobs.path(id);
  if (path !== undefined) await writeFile(path, bytes);
  return path !== undefined;
}

export function blobsConformance(test: StoreTest, damage: ((backend: Backend, id: string) => Promise<void>) | undefined): void {
  test('B1: a blob is named by its bytes, whether they come at once or in a stream', async (backend, store) => {
    const bytes = randomBytes(300_000);
    for (const [put, at] of [
      [bytes, 10],
      [inPieces(bytes, 7001), 20],
    ] as const) {
      assert.deepEqual(await backend.blobs.put(put, 'video/mp4', at), {
        id: idOf(bytes),
        bytes: 300_000,
        type: 'video/mp4',
        touchedAt: at,
      });
    }
    const { blobs } = await store.reopen();
    assert.ok(bytes.equals(await blobs.get(idOf(bytes))));
    assert.deepEqual(await blobs.info(idOf(bytes)), { id: idOf(bytes), bytes: 300_000, type: 'video/mp4', touchedAt: 20 });
    assert.equal((await blobs.list(undefined, 10)).length, 1);
  });

  test('B1: putting the same bytes again only touches them, and never back in time', async ({ blobs }) => {
    const { id } = await blobs.put(utf8('x'), 'text/plain', 10.5);
    assert.equal((await blobs.put(utf8('x'), 'text/html', 20)).touchedAt, 20);
    assert.deepEqual(await blobs.put(utf8('x'), 'text/css', 15), { id, bytes: 1, type: 'text/plain', touchedAt: 20 });
  });

  test('a blob of no bytes, and a stream of many megabytes', async ({ blobs }) => {
    const empty = await blobs.put(new Uint8Array(), 'text/plain', 1);
    assert.equal(empty.bytes, 0);
    assert.equal((await blobs.get(empty.id)).byteLength, 0);
    const large = randomBytes(5_000_000);
    const { id } = await blobs.put(inPieces(large, 65_536), 'video/mp4', 1);
    assert.ok(large.equals(await blobs.get(id)));
  });

  test('the same bytes put many times at once are one blob', async ({ blobs }) => {
    const bytes = randomBytes(50_000);
    const infos = await Promise.all(Array.from({ length: 20 }, (_, i) => blobs.put(i % 2 === 0 ? bytes : inPieces(bytes, 999), 'a/b', i)));
    assert.deepEqual(new Set(infos.map(({ id }) => id)), new Set([idOf(bytes)]));
    assert.equal((await blobs.info(idOf(bytes)))?.touchedAt, 19);
    assert.ok(bytes.equals(await blobs.get(idOf(bytes))));
  });

  test('B2: of a stream that breaks off nothing is there, and its own error comes through', async ({ blobs }) => {
    await assert.rejects(blobs.put(broken(), 'text/plain', 1), RangeError);
    assert.deepEqual(await blobs.list(undefined, 10), []);
    await rejectsWith('BLOB_MISSING', blobs.get(idOf(utf8('half'))));
  });

  test('B3: what is absent is BLOB_MISSING', async ({ blobs }) => {
    const error = await rejectsWith('BLOB_MISSING', blobs.get(absent));
    assert.match(error.message, new RegExp(absent));
    assert.equal(await blobs.info(absent), undefined);
    assert.equal(await blobs.path(absent), undefined);
  });

  test('B3: a name that no blob can have is absent, and reaches nothing else', async ({ blobs }) => {
    const { id } = await blobs.put(utf8('x'), 'text/plain', 1);
    for (const name of ['', 'x', '../../../etc/passwd', `${id}/..`, `../${id}`, id.toUpperCase(), id.slice(0, -1), `${id}\u0000`]) {
      await rejectsWith('BLOB_MISSING', blobs.get(name));
      assert.equal(await blobs.info(name), undefined);
      assert.equal(await blobs.path(name), undefined);
      assert.equal(await blobs.remove(name, 100), false);
    }
    assert.equal((await blobs.get(id)).byteLength, 1);
  });

  test('B3: damage is BLOB_CORRUPT, and putting the bytes again mends it', async (backend) => {
    const bytes = utf8('the bytes as they were');
    const { id } = await backend.blobs.put(bytes, 'text/plain', 1);
    if (damage !== undefined) await damage(backend, id);
    else assert.ok(await damageFile(backend, id), 'give `damage`, since these blobs are not files');
    const error = await rejectsWith('BLOB_CORRUPT', backend.blobs.get(id));
    assert.match(error.message, new RegExp(id));
    if ((await backend.blobs.path(id)) === undefined) return;
    assert.equal(await backend.blobs.info(id), undefined, 'it was cut short');
    await backend.blobs.put(bytes, 'text/plain', 2);
    assert.deepEqual(new Uint8Array(await backend.blobs.get(id)), bytes);
    for (const again of [bytes, inPieces(bytes, 5)]) {
      await damageFile(backend, id, 'as many bytes as those');
      await rejectsWith('BLOB_CORRUPT', backend.blobs.get(id));
      await backend.blobs.put(again, 'text/plain', 3);
      assert.deepEqual(new Uint8Array(await backend.blobs.get(id)), bytes);
    }
  });

  test('a path, where there is one, leads to the bytes', async ({ blobs }) => {
    const { id } = await blobs.put(utf8('on disk'), 'text/plain', 1);
    const path = await blobs.path(id);
    if (path !== undefined) assert.equal(await readFile(path, 'utf8'), 'on disk');
  });

  test('later changes to the bytes that were put, or got, do not reach the store', async ({ blobs }) => {
    const bytes = utf8('as given');
    const put = blobs.put(bytes, 'text/plain', 1);
    bytes.fill(0);
    const { id } = await put;
    assert.equal(id, idOf(utf8('as given')));
    (await blobs.get(id)).fill(0);
    assert.deepEqual(new Uint8Array(await blobs.get(id)), utf8('as given'));
  });

  test('blobs are listed by name, a page at a time', async ({ blobs }) => {
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push((await blobs.put(utf8(`blob ${i}`), 'text/plain', i)).id);
    const listed: string[] = [];
    for (;;) {
      const page = await blobs.list(listed.at(-1), 3);
      listed.push(...page.map(({ id }) => id));
      if (page.length < 3) break;
    }
    assert.deepEqual(listed, ids.toSorted());
  });

  test('only a blob that has rested is removed', async (backend, store) => {
    const { id } = await backend.blobs.put(utf8('x'), 'text/plain', 10);
    const other = await backend.blobs.put(utf8('y'), 'text/plain', 10);
    await backend.blobs.put(utf8('x'), 'text/plain', 20);
    assert.equal(await backend.blobs.remove(id, 15), false);
    assert.equal((await backend.blobs.get(id)).byteLength, 1);
    assert.equal(await backend.blobs.remove(id, 25), true);
    assert.equal(await backend.blobs.remove(id, 25), false);
    assert.equal(await backend.blobs.remove(absent, 25), false);
    const { blobs } = await store.reopen();
    await rejectsWith('BLOB_MISSING', blobs.get(id));
    assert.equal(await blobs.info(id), undefined);
    assert.deepEqual(
      (await blobs.list(undefined, 10)).map((info) => info.id),
      [other.id],
    );
    await blobs.put(utf8('x'), 'text/html', 30);
    assert.deepEqual(await blobs.info(id), { id, bytes: 1, type: 'text/html', touchedAt: 30 });
  });

  test('a put that races with a removal leaves the blob in its place', async ({ blobs }) => {
    for (let round = 0; round < 20; round++) {
      const bytes = utf8(`round ${round}`);
      const { id } = await blobs.put(bytes, 'text/plain', 10);
      const remove = (): Promise<boolean> => blobs.remove(id, 15);
      const put = (): Promise<unknown> => blobs.put(round % 2 === 0 ? bytes : inPieces(bytes, 3), 'text/plain', 20);
      await Promise.all(round % 4 < 2 ? [remove(), put(), remove()] : [put(), remove(), put()]);
      assert.deepEqual(new Uint8Array(await blobs.get(id)), bytes);
      assert.equal((await blobs.info(id))?.touchedAt, 20);
    }
  });
}
