import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { openMemory } from '../../src/backends/memory/index.ts';
import type { AgentContext } from '../../src/ports/agent.ts';
import { adminKey, served, type Answered, type Served } from './served.ts';

interface Brought {
  readonly blob: string;
  readonly bytes: number;
  readonly type: string;
  readonly project_id: string;
}

const text = 'ten bytes!';
const missing = `sha256-${'0'.repeat(64)}`;

async function bring({ ask }: Served, body: string, type = 'text/plain', key?: string): Promise<Brought> {
  const answer = await ask('POST', '/api/v1/blobs', { body, headers: { 'content-type': type }, ...(key === undefined ? {} : { key }) });
  assert.equal(answer.status, 201, answer.text);
  return answer.as<Brought>();
}

const problemOf = ({ status, as }: Answered): readonly unknown[] => [status, as().code];

/** Without what differs from request to request. */
const sameness = (answer: Answered, blob: string): string => answer.text.replaceAll(blob, 'ID').replace(answer.as().request_id, '');

/** An agent that puts a film and a page, and names one of them in a text of its own. */
const maker = {
  id: 'maker',
  actions: {
    run: async (input: { readonly say?: string }, ctx: AgentContext) => {
      const film = await ctx.blobs.put(input.say ?? 'a film', 'video/mp4');
      const listed = await ctx.blobs.put(`a picture of ${ctx.runId}`, 'image/png');
      const list = await ctx.blobs.put(JSON.stringify([listed.blob]), 'application/json');
      return { film, list, large: 'x'.repeat(70_000) };
    },
  },
};
const making = { id: 'making', steps: [{ id: 'make', agentId: 'maker', action: 'run', input: { $from: 'input' }, dependencies: [] }] };

interface Made {
  readonly runId: string;
  readonly film: string;
  readonly listed: string;
}

async function produce({ orchestrator }: Served, project: string, input: object = {}): Promise<Made> {
  const { runId, output } = await orchestrator.run(making, input, { project });
  const { make } = output as unknown as { make: { film: { blob: string }; list: { blob: string } } };
  const [listed = ''] = JSON.parse(Buffer.from(await orchestrator.blobs.get(make.list.blob)).toString()) as string[];
  return { runId, film: make.film.blob, listed };
}

suite('blobs that are brought', () => {
  test('bytes are kept as they are, whatever their type says, and the same bytes once', async (t) => {
    const server = await served(t);
    const json = await bring(server, '{"not": "read", "not": 1', 'application/json');
    assert.deepEqual([json.bytes, json.type, json.project_id], [24, 'application/json', 'default']);
    const put = await server.ask('PUT', '/api/v1/blobs?project_id=acme', {
      body: '{"not": "read", "not": 1',
      headers: { 'content-type': 'image/png' },
    });
    assert.deepEqual(put.as<Brought>(), { ...json, project_id: 'acme' });
    assert.equal((await bring(server, 'x', 'Text/HTML; charset="x"')).type, 'text/html');
    assert.equal((await server.ask('POST', '/api/v1/blobs')).as<Brought>().bytes, 0);
  });

  test('what is longer than a blob may be is refused by what it says, and by what comes', async (t) => {
    const { ask, backend, app } = await served(t, { settings: { blobLimit: 5 } });
    assert.deepEqual(problemOf(await ask('POST', '/api/v1/blobs', { body: text, headers: { 'content-type': 'text/plain' } })), [
      413,
      'BODY_TOO_LARGE',
    ]);
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /api/v1/blobs HTTP/1.1\r\nhost: x\r\nx-api-key: ${adminKey}\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    socket.write('4\r\naaaa\r\n4\r\nbbbb\r\n');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // It does not wait for the rest.
    await once(socket, 'close');
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1.1 413 /);
    assert.deepEqual(await backend.blobs.list(undefined, 10), []);
  });

  test('a body that breaks off leaves nothing', async (t) => {
    const backend = openMemory();
    const put = backend.blobs.put.bind(backend.blobs);
    const ended = new Promise<unknown>((resolve) => {
      backend.blobs.put = (...given) => {
        const result = put(...given);
        void result.then(resolve, resolve);
        return result;
      };
    });
    const { app } = await served(t, { backend });
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /api/v1/blobs HTTP/1.1\r\nhost: x\r\nx-api-key: ${adminKey}\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nhalf`,
    );
    socket.end();
    assert.equal(((await ended) as { code?: string }).code, 'BODY_UNREADABLE');
    assert.deepEqual(await backend.blobs.list(undefined, 10), []);
  });

  test('whoever may only look brings nothing, and nobody brings to a foreign project', async (t) => {
    const { ask, key } = await served(t);
    assert.equal(
      (await ask('POST', '/api/v1/blobs', { key: await key(['read']), body: text, headers: { 'content-type': 'text/plain' } })).status,
      403,
    );
    const bound = await key(['run'], ['acme']);
    assert.equal(
      (await ask('POST', '/api/v1/blobs?project_id=other', { key: bound, body: text, headers: { 'content-type': 'text/plain' } })).status,
      403,
    );
    assert.equal((await ask('POST', '/api/v1/blobs', { key: '', body: text })).status, 401);
  });
});

suite('blobs that are read', () => {
  test('what a project brought is read by its keys; for others it is as if it were not there', async (t) => {
    const server = await served(t);
    const { ask, key } = server;
    const [own, foreign] = [await key(['run'], ['acme']), await key(['run'], ['other'])];
    const { blob } = await bring(server, text, 'text/plain', own);
    const read = await ask('GET', `/api/v1/blobs/${blob}`, { key: own });
    assert.deepEqual([read.status, read.text], [200, text]);
    const [one, other] = [
      await ask('GET', `/api/v1/blobs/${blob}`, { key: foreign }),
      await ask('GET', `/api/v1/blobs/${missing}`, { key: foreign }),
    ];
    assert.deepEqual(problemOf(one), [404, 'BLOB_MISSING']);
    assert.equal(sameness(one, blob), sameness(other, missing));
    assert.equal((await ask('HEAD', `/api/v1/blobs/${blob}`, { key: foreign })).status, 404);
    // Whoever has the bytes himself may read them.
    await bring(server, text, 'text/plain', foreign);
    assert.equal((await ask('GET', `/api/v1/blobs/${blob}`, { key: foreign })).status, 200);
  });

  test('what a run names is read by keys of its project: in results, in large values, and in texts of its agents', async (t) => {
    const server = await served(t, { agents: [maker] });
    const { ask, key } = server;
    const { runId, film, listed } = await produce(server, 'acme');
    await produce(server, 'other', { say: 'another film' });
    const [own, foreign] = [await key(['read'], ['acme']), await key(['read'], ['other'])];
    for (const blob of [film, listed]) {
      for (const route of [`/api/v1/blobs/${blob}`, `/api/v1/workflows/${runId}/blobs/${blob}`]) {
        assert.equal((await ask('GET', route, { key: own })).status, 200, route);
        assert.equal((await ask('GET', route, { key: foreign })).status, 404, route);
      }
    }
  });

  test('a run gives only what it names, for whoever asks', async (t) => {
    const server = await served(t, { agents: [maker] });
    const one = await produce(server, 'default');
    const other = await produce(server, 'default', { say: 'another film' });
    assert.equal((await server.ask('GET', `/api/v1/workflows/${one.runId}/blobs/${one.film}`)).status, 200);
    assert.deepEqual(problemOf(await server.ask('GET', `/api/v1/workflows/${one.runId}/blobs/${other.film}`)), [404, 'BLOB_MISSING']);
    assert.deepEqual(problemOf(await server.ask('GET', `/api/v1/workflows/nowhere/blobs/${one.film}`)), [404, 'RUN_UNKNOWN']);
  });

  test('what a run names only later is found then', async (t) => {
    const waiting = {
      id: 'waiting',
      steps: [
        { id: 'ask', kind: 'ask', question: 'go on?', choices: ['yes'], dependencies: [] },
        { id: 'make', agentId: 'maker', action: 'run', input: {}, dependencies: ['ask'] },
      ],
    };
    const server = await served(t, { agents: [maker] });
    const { orchestrator, ask } = server;
    const run = await orchestrator.start(waiting);
    await orchestrator.idle();
    const { film } = await produce(server, 'elsewhere');
    const route = `/api/v1/workflows/${run.id}/blobs/${film}`;
    assert.equal((await ask('GET', route)).status, 404);
    await orchestrator.answer(run.id, 'ask', { choice: 'yes' });
    await run.result();
    assert.equal((await ask('GET', route)).status, 200);
  });

  test('bringing a text with the name of a foreign blob opens nothing', async (t) => {
    const server = await served(t, { agents: [maker] });
    const { ask, key, orchestrator } = server;
    const { film } = await produce(server, 'acme');
    const foreign = await key(['run'], ['other']);
    const list = await bring(server, JSON.stringify({ film }), 'application/json', foreign);
    const echo = { id: 'echo', actions: { run: async (input: unknown) => input } };
    orchestrator.register(echo);
    const plan = { id: 'echo', steps: [{ id: 'say', agentId: 'echo', action: 'run', input: { $from: 'input' }, dependencies: [] }] };
    const { runId } = await orchestrator.run(plan, { blob: list.blob, bytes: list.bytes }, { project: 'other' });
    assert.equal((await ask('GET', `/api/v1/workflows/${runId}/blobs/${list.blob}`, { key: foreign })).status, 200);
    assert.equal((await ask('GET', `/api/v1/workflows/${runId}/blobs/${film}`, { key: foreign })).status, 404);
    assert.equal((await ask('GET', `/api/v1/blobs/${film}`, { key: foreign })).status, 404);
  });

  test('a plan that names a foreign blob is refused like one that names none that is there', async (t) => {
    const server = await served(t, { agents: [maker] });
    const { ask, key } = server;
    const { film } = await produce(server, 'acme');
    const foreign = await key(['run'], ['other']);
    const naming = (input: unknown) => ({
      plan: { id: 'p', steps: [{ id: 's', agentId: 'maker', action: 'run', input, dependencies: [] }] },
    });
    for (const hidden of [{ blob: film }, { deep: [{ note: `see ${film}.mp4` }] }, { [film]: 1 }, { $text: ['x', film] }]) {
      const refused = await ask('POST', '/api/v1/plans', { key: foreign, body: naming(hidden) });
      const unknown = await ask('POST', '/api/v1/plans', {
        key: foreign,
        body: naming(JSON.parse(JSON.stringify(hidden).replaceAll(film, missing))),
      });
      assert.deepEqual(problemOf(refused), [404, 'BLOB_MISSING'], JSON.stringify(hidden));
      assert.equal(sameness(refused, film), sameness(unknown, missing));
    }
    assert.equal((await ask('POST', '/api/v1/plans', { key: await key(['run'], ['acme']), body: naming({ blob: film }) })).status, 201);
  });

  test('whatever is said to a run names no foreign blob', async (t) => {
    const server = await served(t, { agents: [maker] });
    const { ask, key } = server;
    const { film } = await produce(server, 'acme');
    const foreign = await key(['run', 'approve'], ['other']);
    const plan = { id: 'asks', steps: [{ id: 'q', kind: 'ask', question: '?', choices: ['yes'], quorum: 2, dependencies: [] }] };
    const started = await ask('POST', '/api/v1/workflows', { key: foreign, body: { plan } });
    const { workflow_id: run } = started.as<{ readonly workflow_id: string }>();
    const at = `/api/v1/workflows/${run}`;
    for (const [method, url, body] of [
      ['POST', '/api/v1/workflows', { plan, idempotency_key: film }],
      ['POST', `${at}/answer`, { step: 'q', choice: 'yes', note: film }],
      ['POST', `${at}/answer`, { step: 'q', choice: film }],
      ['POST', `${at}/signal`, { name: 'go', data: [film] }],
      ['POST', `${at}/fork`, { input: { [film]: 1 } }],
      ['DELETE', at, { reason: film }],
      ['DELETE', `${at}?reason=${film}`, undefined],
    ] as const)
      assert.deepEqual(problemOf(await ask(method, url, { key: foreign, body })), [404, 'BLOB_MISSING'], `${method} ${url}`);
    assert.equal((await ask('GET', `${at}/blobs/${film}`, { key: foreign })).status, 404);
  });

  test('the name of a foreign blob cannot be joined out of pieces', async (t) => {
    const server = await served(t, { agents: [maker] });
    const { ask, key, orchestrator } = server;
    const { film } = await produce(server, 'acme');
    const foreign = await key(['run'], ['other']);
    const plan = {
      id: 'p',
      steps: [{ id: 's', kind: 'emit', event: 'e', data: { $text: ['sha256-', { $from: 'input' }] }, dependencies: [] }],
    };
    const started = await ask('POST', '/api/v1/workflows', { key: foreign, body: { plan, input: film.slice(7) } });
    const { workflow_id: run } = started.as<{ readonly workflow_id: string }>();
    await orchestrator.handle(run).result();
    assert.equal((await orchestrator.get(run)).error?.code, 'REFERENCE_INVALID');
    assert.equal((await ask('GET', `/api/v1/workflows/${run}/blobs/${film}`, { key: foreign })).status, 404);
  });

  test('parts of a blob are had by their range', async (t) => {
    const server = await served(t);
    const { blob } = await bring(server, text);
    const get = (headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET'): Promise<Answered> =>
      server.ask(method, `/api/v1/blobs/${blob}`, { headers });
    const told = ({ status, headers, text: body }: Answered): readonly unknown[] => [
      status,
      headers['content-range'],
      headers['content-length'],
      body,
    ];
    assert.deepEqual(told(await get({ range: 'bytes=0-2' })), [206, 'bytes 0-2/10', '3', 'ten']);
    assert.deepEqual(told(await get({ range: 'bytes=4-' })), [206, 'bytes 4-9/10', '6', 'bytes!']);
    assert.deepEqual(told(await get({ range: 'bytes=-1' })), [206, 'bytes 9-9/10', '1', '!']);
    assert.deepEqual(told(await get({ range: 'bytes=0-0,5-6' })), [200, undefined, '10', text]);
    const beyond = await get({ range: 'bytes=10-' });
    assert.deepEqual([...problemOf(beyond), beyond.headers['content-range']], [416, 'RANGE_UNSATISFIABLE', 'bytes */10']);
    assert.deepEqual(told(await get({ range: 'bytes=0-2', 'if-range': `"${blob}"` })), [206, 'bytes 0-2/10', '3', 'ten']);
    for (const held of ['"another"', `W/"${blob}"`, 'Sat, 21 Nov 2026 10:00:00 GMT'])
      assert.deepEqual(told(await get({ range: 'bytes=0-2', 'if-range': held })), [200, undefined, '10', text]);
    assert.deepEqual(told(await get({}, 'HEAD')), [200, undefined, '10', '']);
    const known = await get({ 'if-none-match': `"x", "${blob}"` });
    assert.deepEqual([known.status, known.text, known.headers['etag']], [304, '', `"${blob}"`]);
  });

  test('bytes that lie in a file are streamed from it, and one that is damaged names no place', async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'continuo-blobs-'));
    const backend = await openSqlite({ dir, role: 'engine' });
    const server = await served(t, { backend });
    t.after(() => rmSync(dir, { recursive: true }));
    const film = Buffer.alloc(1_000_003, 'abcdefg');
    const { blob } = await bring(server, film.toString(), 'video/mp4');
    const path = await backend.blobs.path(blob);
    assert.ok(path !== undefined);
    const whole = await server.ask('GET', `/api/v1/blobs/${blob}`);
    assert.deepEqual([whole.headers['content-length'], whole.text === film.toString()], ['1000003', true]);
    const part = await server.ask('GET', `/api/v1/blobs/${blob}`, { headers: { range: 'bytes=700000-700006' } });
    assert.deepEqual([part.status, part.text], [206, film.toString().slice(700_000, 700_007)]);
    truncateSync(path, 10);
    const { status, text: told } = await server.ask('GET', `/api/v1/blobs/${blob}`);
    assert.deepEqual([status, told.includes(dir)], [404, false]);
  });

  test('an empty blob is answered, and has no parts', async (t) => {
    const server = await served(t);
    const { blob } = await bring(server, '');
    assert.deepEqual((await server.ask('GET', `/api/v1/blobs/${blob}`)).text, '');
    assert.equal((await server.ask('GET', `/api/v1/blobs/${blob}`, { headers: { range: 'bytes=0-' } })).status, 416);
  });

  test('a browser is not tricked into running what somebody brought', async (t) => {
    const server = await served(t);
    const headersOf = async (body: string, type: string, query = ''): Promise<Readonly<Record<string, unknown>>> => {
      const { blob } = await bring(server, body, type);
      return (await server.ask('GET', `/api/v1/blobs/${blob}${query}`)).headers;
    };
    for (const type of [
      'text/html',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'application/pdf',
      'text/javascript',
      'application/x-thing',
    ]) {
      const headers = await headersOf(`<script>${type}</script>`, type);
      assert.deepEqual([headers['content-disposition'], headers['x-content-type-options']], ['attachment', 'nosniff'], type);
      assert.match(String(headers['content-security-policy']), /sandbox/);
    }
    const film = await headersOf('film', 'video/mp4');
    assert.deepEqual(
      [film['content-type'], film['content-disposition'], film['cache-control']],
      ['video/mp4', 'inline', 'private, max-age=31536000, immutable'],
    );
    const saved = await headersOf('film', 'video/mp4', `?download=${encodeURIComponent('Füße "1".mp4')}`);
    assert.equal(saved['content-disposition'], `attachment; filename="F__e _1_.mp4"; filename*=UTF-8''F%C3%BC%C3%9Fe%20%221%22.mp4`);
  });

  test('names with tricks in them lead nowhere', async (t) => {
    const server = await served(t);
    const { blob } = await bring(server, text);
    for (const name of [
      '..%2f..%2fetc%2fpasswd',
      '../../etc/passwd',
      '%2e%2e',
      'sha256-',
      `${blob}%00`,
      `${blob}/..`,
      `.%2f${blob}`,
      blob.toUpperCase(),
      `${blob}x`,
      encodeURIComponent(`sha256-${'../'.repeat(21)}x`),
    ]) {
      const { status } = await server.ask('GET', `/api/v1/blobs/${name}`);
      assert.ok(status === 404 || status === 400, `${name}: ${status}`);
    }
    for (const name of ['..', '.', 'a/b', '..\\b', 'a\nb', 'a\u202e4pm.exe', '', 'x'.repeat(201)])
      assert.equal(
        (await server.ask('GET', `/api/v1/blobs/${blob}?download=${encodeURIComponent(name)}`)).status,
        400,
        JSON.stringify(name),
      );
  });
});
