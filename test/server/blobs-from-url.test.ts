import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import type { Blobs } from '../../src/ports/blobs.ts';
import { served } from './served.ts';

interface Brought {
  readonly blob: string;
  readonly bytes: number;
}

const text = 'ten bytes!';

suite('blobs that are fetched', () => {
  async function source(t: TestContext, tell = (response: ServerResponse): unknown => response.end(text)): Promise<string> {
    const server = createServer((_, response) => void tell(response.writeHead(200, { 'content-type': 'image/png; x=y' })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    // It listens on a port.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
  }

  test('what a URL leads to is kept for the project', async (t) => {
    const url = await source(t);
    const { ask, key } = await served(t, { settings: { allowedHosts: ['127.0.0.1'] } });
    const own = await key(['run'], ['acme']);
    const answer = await ask('POST', '/api/v1/blobs/from-url', { key: own, body: { url } });
    const { blob, ...rest } = answer.as<Brought>();
    assert.deepEqual([answer.status, rest], [201, { bytes: 10, type: 'image/png', project_id: 'acme' }]);
    assert.equal((await ask('GET', `/api/v1/blobs/${blob}`, { key: own })).text, text);
  });

  test('R2: the store has what came while the rest is still on its way', { timeout: 30_000 }, async (t) => {
    const begun = Promise.withResolvers<undefined>();
    const url = await source(t, async (response) => {
      response.write(text.slice(0, 4));
      await begun.promise;
      response.end(text.slice(4));
    });
    const { blobs, ...rest } = openMemory();
    async function* looked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const part of bytes) {
        begun.resolve(undefined);
        yield part;
      }
    }
    const put: Blobs['put'] = (bytes, type, now) => blobs.put(bytes instanceof Uint8Array ? bytes : looked(bytes), type, now);
    const looking: Blobs = {
      put,
      get: blobs.get.bind(blobs),
      info: blobs.info.bind(blobs),
      path: blobs.path.bind(blobs),
      list: blobs.list.bind(blobs),
      remove: blobs.remove.bind(blobs),
    };
    const { ask } = await served(t, { backend: { ...rest, blobs: looking }, settings: { allowedHosts: ['127.0.0.1'] } });
    const answer = await ask('POST', '/api/v1/blobs/from-url', { body: { url } });
    assert.deepEqual([answer.status, answer.as<Brought>().bytes], [201, text.length]);
  });

  test('what is inside is not fetched, and nothing too large', async (t) => {
    const url = await source(t);
    const closed = await served(t);
    for (const inner of [url, 'http://localhost/', 'http://169.254.169.254/latest/meta-data/', 'file:///etc/passwd', 'not a url'])
      assert.ok(
        ['ADDRESS_FORBIDDEN', 'SOURCE_FAILED'].includes(
          (await closed.ask('POST', '/api/v1/blobs/from-url', { body: { url: inner } })).as().code,
        ),
        inner,
      );
    const small = await served(t, { settings: { allowedHosts: ['127.0.0.1'], blobLimit: 5 } });
    const { status, as } = await small.ask('POST', '/api/v1/blobs/from-url', { body: { url } });
    assert.deepEqual([status, as().code], [413, 'BODY_TOO_LARGE']);
    assert.deepEqual(await small.backend.blobs.list(undefined, 10), []);
  });
});
