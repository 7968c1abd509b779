/** Blobs in a folder that all nodes share, with their index in Postgres. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DistributedBlobs } from '../../src/backends/postgres-redis/blobs/blobs.ts';
import { FolderShelf } from '../../src/backends/postgres-redis/blobs/folder.ts';
import { openBlobs } from '../../src/backends/postgres-redis/blobs/open.ts';
import type { Shelf } from '../../src/backends/postgres-redis/blobs/shelf.ts';
import { BlobIndex } from '../../src/backends/postgres-redis/postgres/blob-index.ts';
import type { Sql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import { blobsConformance } from '../../src/testing/conformance/storage/blobs.ts';
import { rejectsWith, storeTests } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { openParts, openSchema, schemaOf } from './ledger-rig.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const idOf = (bytes: Uint8Array): string => `sha256-${hash('sha256', bytes)}`;

describe('blobs in a shared folder', { concurrency: 4 }, () => {
  let server: PostgresServer;
  before(async () => (server = await startPostgres()));
  after(() => server.stop());

  describe('what every backend must do', { concurrency: 4 }, () => {
    const open = async (sql: Sql, dir: string) => (await openBlobs(sql, join(dir, 'blobs'))).blobs;
    blobsConformance(
      storeTests((dir) => openParts(server.url, dir, open)),
      undefined,
    );
  });

  const folderTest = (title: string, body: (sql: Sql, dir: string) => Promise<void>): void => {
    it(title, async () => {
      const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
      const sql = await openSchema(server.url, schemaOf(dir));
      try {
        await body(sql, dir);
      } finally {
        await sql.close();
        await rm(dir, { recursive: true, force: true });
      }
    });
  };

  /** A shelf whose removals wait until they are let go, as those of a node that pauses. */
  const pausing = (dir: string): { readonly shelf: Shelf; readonly reached: Promise<void>; readonly goOn: () => void } => {
    const shelf = new FolderShelf(dir);
    const reached = Promise.withResolvers<void>();
    const paused = Promise.withResolvers<void>();
    const remove = shelf.remove.bind(shelf);
    shelf.remove = async (at) => {
      reached.resolve();
      await paused.promise;
      await remove(at);
    };
    return { shelf, reached: reached.promise, goOn: paused.resolve };
  };

  folderTest('K1: a node that pauses in the middle of a removal takes nothing that was put again meanwhile', async (sql, dir) => {
    const bytes = utf8('wanted again');
    const { shelf, reached, goOn } = pausing(dir);
    const slow = new DistributedBlobs(new BlobIndex(sql), shelf);
    const other = new DistributedBlobs(new BlobIndex(sql), new FolderShelf(dir));
    const { id } = await slow.put(bytes, 'text/plain', 1);
    await other.get(id);
    const removal = slow.remove(id, 10);
    await reached;
    assert.equal((await other.put(bytes, 'text/plain', 20)).touchedAt, 20);
    goOn();
    assert.equal(await removal, true);
    for (const blobs of [slow, other]) assert.deepEqual(new Uint8Array(await blobs.get(id)), bytes);
    assert.equal((await readdir(join(dir, id.slice(7, 9)))).length, 1, 'the bytes of before are gone');
  });

  folderTest('a removal that was killed before it took the bytes is finished by another', async (sql, dir) => {
    const index = new BlobIndex(sql);
    const blobs = new DistributedBlobs(index, new FolderShelf(dir));
    const { id } = await blobs.put(utf8('half removed'), 'text/plain', 1);
    assert.equal(await index.condemn(id, 10), true);
    const other = new DistributedBlobs(index, new FolderShelf(dir));
    await rejectsWith('BLOB_MISSING', other.get(id));
    assert.equal((await readdir(join(dir, id.slice(7, 9)))).length, 1);
    const next = await other.put(utf8('removed too'), 'text/plain', 1);
    assert.equal(await other.remove(next.id, 10), true);
    assert.deepEqual(await readdir(join(dir, id.slice(7, 9))), []);
    assert.deepEqual(await index.waste(10), []);
  });

  folderTest('K2: what a killed put left is not there, is listed for collection, and is mended by the next', async (sql, dir) => {
    const bytes = utf8('never written');
    const id = idOf(bytes);
    const index = new BlobIndex(sql);
    const blobs = new DistributedBlobs(index, new FolderShelf(dir));
    await index.touch(id, bytes.byteLength, 'text/plain', 1);
    await rejectsWith('BLOB_MISSING', blobs.get(id));
    assert.equal(await blobs.info(id), undefined);
    assert.equal(await blobs.path(id), undefined);
    assert.deepEqual(
      (await blobs.list(undefined, 10)).map((info) => info.id),
      [id],
    );
    await blobs.put(bytes, 'text/html', 2);
    assert.deepEqual(await blobs.info(id), { id, bytes: bytes.byteLength, type: 'text/plain', touchedAt: 2 });
  });

  folderTest('a put whose place was taken away meanwhile says so, and leaves no bytes behind', async (sql, dir) => {
    const bytes = utf8('slow');
    const index = new BlobIndex(sql);
    const shelf = new FolderShelf(dir);
    const write = shelf.write.bind(shelf);
    shelf.write = async (at, content) => {
      await index.condemn(at.id, 10);
      await index.forget(at);
      await write(at, content);
    };
    await rejectsWith('BLOB_MISSING', new DistributedBlobs(index, shelf).put(bytes, 'text/plain', 1));
    assert.deepEqual(await readdir(join(dir, idOf(bytes).slice(7, 9))), []);
  });

  folderTest('blobs that a node knows are read while Postgres is away', async (sql, dir) => {
    const { blobs } = await openBlobs(sql, dir);
    const { id } = await blobs.put(utf8('known'), 'text/plain', 1);
    const away = { ...sql, query: () => Promise.reject(new Error('away')) };
    const cut = new DistributedBlobs(new BlobIndex(away), new FolderShelf(dir));
    await assert.rejects(cut.get(id), /away/);
    await sql.close();
    assert.deepEqual(new Uint8Array(await blobs.get(id)), utf8('known'));
    assert.equal(await readFile((await blobs.path(id)) ?? '', 'utf8'), 'known');
  });

  folderTest('a node that sees another folder than the rest is not let in', async (sql, dir) => {
    await openBlobs(sql, join(dir, 'shared'));
    await openBlobs(sql, join(dir, 'shared'));
    const error = await rejectsWith('STORE_UNFIT', openBlobs(sql, join(dir, 'own')));
    assert.match(error.message, /continuo-store/);
    const cluster = await openSchema(server.url, `${sql.schema}_other`);
    try {
      await rejectsWith('STORE_UNFIT', openBlobs(cluster, join(dir, 'shared')));
      await openBlobs(cluster, join(dir, 'own'));
    } finally {
      await cluster.close();
    }
  });

  folderTest('what cannot be a folder is refused at once', async (sql, dir) => {
    await writeFile(join(dir, 'file'), '');
    await rejectsWith('STORE_DENIED', openBlobs(sql, join(dir, 'file')));
  });

  folderTest('what a killed process left half-written is swept when it is a day old', async (sql, dir) => {
    await mkdir(join(dir, 'tmp'), { recursive: true });
    for (const name of ['old', 'young']) await writeFile(join(dir, 'tmp', name), '');
    await utimes(join(dir, 'tmp', 'old'), 0, 0);
    await openBlobs(sql, dir);
    assert.deepEqual(await readdir(join(dir, 'tmp')), ['young']);
  });
});
