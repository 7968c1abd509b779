/** Blobs in S3, with their index in Postgres: against a server that checks every signature and fails on demand. */
import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DistributedBlobs } from '../../src/backends/postgres-redis/blobs/blobs.ts';
import { openBlobs } from '../../src/backends/postgres-redis/blobs/open.ts';
import { openS3 } from '../../src/backends/postgres-redis/blobs/s3/open.ts';
import type { Timing } from '../../src/backends/postgres-redis/blobs/s3/client.ts';
import type { S3Settings } from '../../src/backends/postgres-redis/options.ts';
import { BlobIndex } from '../../src/backends/postgres-redis/postgres/blob-index.ts';
import type { Sql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Blobs } from '../../src/ports/blobs.ts';
import { blobsConformance } from '../../src/testing/conformance/storage/blobs.ts';
import { rejectsWith, storeTests } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { startS3 } from '../servers/s3.ts';
import type { Fault, S3Request, S3Server } from '../servers/s3.ts';
import { openParts, openSchema, schemaOf } from './ledger-rig.ts';

const keys = { accessKey: 'AKEXAMPLE', secretKey: 'secret/with+signs' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const idOf = (bytes: Uint8Array): string => `sha256-${hash('sha256', bytes)}`;
const isPart = ({ query, method }: S3Request): boolean => method === 'PUT' && query.has('partNumber');

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('blobs in S3', { concurrency: 2 }, () => {
  let postgres: PostgresServer;
  let s3: S3Server;
  before(async () => {
    [postgres, s3] = await Promise.all([startPostgres(), startS3(keys)]);
    s3.buckets.add('films');
  });
  after(() => Promise.all([postgres.stop(), s3.stop()]));

  const settingsFor = (dir: string): S3Settings => ({ ...keys, endpoint: s3.endpoint, bucket: 'films', prefix: `${schemaOf(dir)}/ü &=+/` });

  const open = async (sql: Sql, dir: string, room?: number, timing: Timing = { firstPause: 1 }): Promise<Blobs> => {
    const { shelf, check } = openS3(settingsFor(dir), {
      cache: { dir: join(dir, 'cache'), ...(room === undefined ? {} : { room, inUse: 0 }) },
      timing,
    });
    await check();
    return new DistributedBlobs(new BlobIndex(sql), shelf);
  };

  describe('what every backend must do', { concurrency: 4 }, () => {
    const damage = async (id: string): Promise<void> => {
      for (const [name, object] of s3.objects)
        if (name.includes(id)) s3.objects.set(name, { ...object, bytes: Buffer.from('other bytes') });
    };
    blobsConformance(
      storeTests((dir) => openParts(postgres.url, dir, (sql) => open(sql, dir))),
      (_, id) => damage(id),
    );
  });

  interface World {
    readonly sql: Sql;
    readonly dir: string;
    readonly blobs: Blobs;
    /** A fault for requests under this test's prefix alone. */
    readonly fail: (what: Fault['what'], times: number, when: (request: S3Request) => boolean) => () => void;
    readonly asked: () => readonly S3Request[];
    readonly objects: () => readonly string[];
  }

  const s3Test = (title: string, body: (world: World) => Promise<void>, room?: number): void => {
    it(title, async () => {
      const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
      const sql = await openSchema(postgres.url, schemaOf(dir));
      const own = ({ key }: S3Request): boolean => key.startsWith(schemaOf(dir));
      try {
        const blobs = await open(sql, dir, room);
        await body({
          sql,
          dir,
          blobs,
          fail: (what, times, when) => s3.fail({ what, times, when: (request) => own(request) && when(request) }),
          asked: () => s3.requests.filter(own),
          objects: () => [...s3.objects.keys()].filter((name) => name.startsWith(`films/${schemaOf(dir)}`) && name.includes('sha256-')),
        });
      } finally {
        await sql.close();
        await rm(dir, { recursive: true, force: true });
      }
    });
  };

  s3Test('a large stream goes in parts, and comes back whole', async ({ blobs, asked }) => {
    const bytes = randomBytes(20_000_000);
    const { id } = await blobs.put(inPieces(bytes, 1_000_000), 'video/mp4', 1);
    assert.ok(bytes.equals(await blobs.get(id)));
    assert.equal(asked().filter(isPart).length, 3);
    assert.ok(bytes.equals(await readFile((await blobs.path(id)) ?? '')));
    const earlier = asked().length;
    await blobs.put(bytes, 'video/mp4', 2);
    assert.deepEqual(
      asked()
        .slice(earlier)
        .map(({ method }) => method),
      ['HEAD'],
      'what is there is not sent again',
    );
  });

  s3Test('what passes is tried again: slow down, cut lines, wrong bytes', async ({ blobs, fail, asked }) => {
    fail({ is: 'answer', status: 503, code: 'SlowDown' }, 2, ({ method }) => method === 'PUT');
    fail({ is: 'refuse' }, 1, ({ method }) => method === 'PUT');
    const bytes = randomBytes(100_000);
    const { id } = await blobs.put(bytes, 'a/b', 1);
    assert.equal(asked().filter(({ method, key }) => method === 'PUT' && key.includes(id)).length, 4);
    fail({ is: 'cut' }, 1, ({ method }) => method === 'GET');
    fail({ is: 'flip' }, 2, ({ method }) => method === 'GET');
    assert.ok(bytes.equals(await blobs.get(id)));
    fail({ is: 'cut' }, 1, ({ method }) => method === 'GET');
    fail({ is: 'flip' }, 1, ({ method }) => method === 'GET');
    assert.ok(bytes.equals(await readFile((await blobs.path(id)) ?? '')));
  });

  s3Test('an upload whose parts do not get through is ended, and nothing of it is there', async ({ blobs, fail, objects }) => {
    fail({ is: 'answer', status: 403, code: 'AccessDenied' }, 1, (request) => isPart(request) && request.query.get('partNumber') === '2');
    const bytes = randomBytes(17_000_000);
    const error = await rejectsWith('STORE_FAILED', blobs.put(inPieces(bytes, 1_000_000), 'a/b', 1));
    assert.match(error.message, /AccessDenied/);
    assert.deepEqual(objects(), []);
    assert.ok(![...s3.uploads.values()].some(({ key }) => key.includes(idOf(bytes))));
    assert.equal(await blobs.info(idOf(bytes)), undefined);
    await blobs.put(bytes, 'a/b', 2);
    assert.ok(bytes.equals(await blobs.get(idOf(bytes))));
  });

  s3Test('an upload whose last answer was lost is there', async ({ blobs, fail }) => {
    fail({ is: 'cut' }, 1, ({ method, query }) => method === 'POST' && query.has('uploadId'));
    const bytes = randomBytes(9_000_000);
    const { id } = await blobs.put(bytes, 'a/b', 1);
    assert.ok(bytes.equals(await blobs.get(id)));
  });

  s3Test('an upload that fails in its answer of success is tried again', async ({ blobs, fail, asked }) => {
    fail({ is: 'answer', status: 200, code: 'InternalError' }, 1, ({ method, query }) => method === 'POST' && query.has('uploadId'));
    const bytes = randomBytes(9_000_000);
    await blobs.put(bytes, 'a/b', 1);
    assert.equal(asked().filter(({ method, query }) => method === 'POST' && query.has('uploadId')).length, 2);
  });

  s3Test(
    'bytes that are damaged where they lie are found by whoever reads, and sent anew by whoever puts',
    async ({ sql, dir, blobs, objects }) => {
      const bytes = randomBytes(9_000_000);
      const { id } = await blobs.put(bytes, 'a/b', 1);
      const [name = ''] = objects();
      const object = s3.objects.get(name);
      assert.ok(object);
      s3.objects.set(name, { ...object, bytes: Buffer.from(bytes).fill(0, 0, 10) });
      await rejectsWith('BLOB_CORRUPT', blobs.get(id));
      assert.equal(await blobs.path(id), undefined);
      const other = await open(sql, join(dir));
      await other.put(bytes, 'a/b', 2);
      assert.ok(bytes.equals(await blobs.get(id)));
    },
  );

  s3Test(
    'S3 that does not answer is a store that failed, and the rest of what is asked does not wait for it',
    async ({ blobs, fail, asked }) => {
      const { id } = await blobs.put(utf8('there'), 'a/b', 1);
      const heal = fail({ is: 'refuse' }, Infinity, () => true);
      for (let n = 0; n < 3; n++) await rejectsWith('STORE_FAILED', blobs.get(id));
      const earlier = asked().length;
      await rejectsWith('STORE_FAILED', blobs.get(id));
      assert.equal(asked().length, earlier);
      heal();
    },
  );

  s3Test(
    'files for tools are checked, and those unused for the longest go',
    async ({ dir, blobs }) => {
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) ids.push((await blobs.put(utf8(`blob ${n}`.padEnd(1000)), 'a/b', 1)).id);
      const [first = '', second = '', third = '', fourth = ''] = ids;
      const paths = [await blobs.path(first), await blobs.path(second)];
      await blobs.path(third);
      const there = async (path: string | undefined): Promise<boolean> =>
        readFile(path ?? '').then(
          () => true,
          () => false,
        );
      assert.deepEqual(await Promise.all(paths.map(there)), [false, true], 'room for two');
      await writeFile(join(dir, 'cache', third), 'shortened');
      assert.equal((await readFile((await blobs.path(third)) ?? '')).byteLength, 1000);
      await writeFile(join(dir, 'cache', fourth), 'x'.repeat(1000));
      assert.match(await readFile((await blobs.path(fourth)) ?? '', 'utf8'), /^blob 3/);
    },
    2000,
  );

  s3Test('S3 that takes a request and says nothing is given up, and asked again', async ({ sql, dir, blobs, fail, asked }) => {
    const { id } = await blobs.put(utf8('there'), 'a/b', 1);
    const hasty = await open(sql, dir, undefined, { firstPause: 1, patience: 300 });
    const heal = fail({ is: 'hang' }, Infinity, ({ method }) => method === 'GET');
    const earlier = asked().length;
    assert.match((await rejectsWith('STORE_FAILED', hasty.get(id))).message, /no answer/);
    assert.equal(asked().length - earlier, 5);
    heal();
    assert.deepEqual(await blobs.get(id), utf8('there'));
  });

  s3Test(
    'two nodes that put and remove the same bytes at once leave them where whoever put last finds them',
    async ({ sql, dir, blobs }) => {
      const other = await open(sql, dir);
      const bytes = utf8('wanted and unwanted');
      const id = idOf(bytes);
      for (let round = 1; round <= 20; round++) {
        const [one, two] = round % 2 === 0 ? [blobs, other] : [other, blobs];
        await Promise.all([two.remove(id, round * 10 + 5), one.put(bytes, 'a/b', round * 10 + 6), two.remove(id, round * 10 + 5)]);
        for (const node of [one, two]) assert.deepEqual(await node.get(id), bytes);
      }
    },
  );

  s3Test('a file that several want at once is fetched once', async ({ blobs, asked }) => {
    const bytes = randomBytes(200_000);
    const { id } = await blobs.put(bytes, 'a/b', 1);
    const paths = await Promise.all(Array.from({ length: 5 }, () => blobs.path(id)));
    assert.equal(new Set(paths).size, 1);
    assert.ok(bytes.equals(await readFile(paths[0] ?? '')));
    assert.equal(asked().filter(({ method, key }) => method === 'GET' && key.includes(id)).length, 1);
  });

  s3Test('a folder for tools that leads elsewhere is not used', async ({ sql, dir }) => {
    await symlink(dir, join(dir, 'link'));
    const { check } = openS3(settingsFor(dir), { cache: { dir: join(dir, 'link') } });
    assert.match((await rejectsWith('STORE_DENIED', check())).message, /link/);
    await assert.doesNotReject(open(sql, dir));
  });

  s3Test('what is removed is gone from the bucket, also when S3 was away at first', async ({ blobs, fail, objects }) => {
    const { id } = await blobs.put(utf8('x'), 'a/b', 1);
    fail({ is: 'answer', status: 403, code: 'AccessDenied' }, 1, ({ method }) => method === 'DELETE');
    assert.equal(await blobs.remove(id, 10), true);
    assert.equal(objects().length, 1);
    await rejectsWith('BLOB_MISSING', blobs.get(id));
    const other = await blobs.put(utf8('y'), 'a/b', 1);
    assert.equal(await blobs.remove(other.id, 10), true);
    assert.deepEqual(objects(), []);
  });

  s3Test('uploads that nobody goes on with are ended when a day old', async ({ sql, dir }) => {
    const key = `${settingsFor(dir).prefix}sha256-${'0'.repeat(64)}.x`;
    for (const [id, initiated] of [
      ['old', new Date(0)],
      ['young', new Date()],
    ] as const)
      s3.uploads.set(`${key} ${id}`, { bucket: 'films', key, initiated, parts: new Map() });
    await openBlobs(sql, { s3: settingsFor(dir) });
    assert.deepEqual(
      [...s3.uploads.keys()].filter((id) => id.startsWith(key)),
      [`${key} young`],
    );
  });

  s3Test('what is wrong with S3 is said when it is opened', async ({ sql, dir, fail }) => {
    const settings = settingsFor(dir);
    const opened = (changes: Partial<S3Settings>): Promise<unknown> => openBlobs(sql, { s3: { ...settings, ...changes } });
    await opened({});
    const denied = await rejectsWith('STORE_DENIED', opened({ secretKey: 'another' }));
    assert.match(denied.message, /SignatureDoesNotMatch/);
    assert.doesNotMatch(denied.message, /another/);
    assert.match((await rejectsWith('STORE_DENIED', opened({ accessKey: 'unknown' }))).message, /InvalidAccessKeyId/);
    assert.match((await rejectsWith('STORE_UNFIT', opened({ bucket: 'missing' }))).message, /bucket/);
    assert.match((await rejectsWith('STORE_UNFIT', opened({ region: 'eu-central-1' }))).message, /region/);
    await rejectsWith('STORE_UNFIT', opened({ prefix: 'another place/' }));
    fail({ is: 'answer', status: 403, code: 'AccessDenied' }, 1, ({ method }) => method === 'PUT');
    assert.match((await rejectsWith('STORE_DENIED', opened({}))).message, /AccessDenied/);
    await rejectsWith('USAGE', opened({ endpoint: 's3.example.com' }));
    await rejectsWith('USAGE', opened({ bucket: 'No Bucket' }));
    await rejectsWith('USAGE', opened({ secretKey: '' }));
    const gone = await startS3(keys);
    await gone.stop();
    assert.match((await rejectsWith('STORE_UNREACHABLE', opened({ endpoint: gone.endpoint }))).message, /ECONNREFUSED/);
  });
});
