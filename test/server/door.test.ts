import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { z } from 'zod';
import type { AuditNote } from '../../src/ports/access.ts';
import type { App } from '../../src/server/http/app.ts';
import { served, type Served, type ServedOptions } from './served.ts';

const access = { scope: 'run', of: 'some' } as const;

/** A server with a few routes of its own: what all routes have in common is tried on them. */
async function door(t: TestContext, options: ServedOptions = {}): Promise<Served> {
  const all = await served(t, options);
  plant(all.app);
  return all;
}

function plant(app: App): void {
  const body = z.strictObject({ name: z.string().max(100) });
  app.post('/planted', { config: { access, audit: 'planted.make' }, schema: { body } }, async (request) => {
    request.noted = { project: 'p', details: { name: request.body.name } };
    return request.body;
  });
  app.post('/planted/optional', { config: { access }, schema: { body: body.optional() } }, async (request) => ({
    got: request.body ?? null,
  }));
  app.get('/planted/:id', { config: { access } }, async () => ({ is: 'planted' }));
  app.delete('/planted/:id', { config: { access, audit: 'planted.end' } }, async () => {
    throw new Error('a password of somebody');
  });
  app.get('/planted/runs/:id', { config: { access: { scope: 'read', of: 'run' } } }, async () => ({}));
  app.get('/planted/all', { config: { access: { scope: 'read', of: 'all' } } }, async () => ({}));
}

function auditor(): { readonly notes: AuditNote[]; readonly note: (note: AuditNote) => Promise<void> } {
  const notes: AuditNote[] = [];
  return { notes, note: async (note) => void notes.push(note) };
}

suite('the door', () => {
  test('what is not there is told as a problem document', async (t) => {
    const { ask } = await served(t);
    const { status, headers, as } = await ask('GET', '/nowhere');
    assert.deepEqual([status, headers['content-type'], as().code], [404, 'application/problem+json', 'ROUTE_UNKNOWN']);
    assert.equal(as().type, '/errors/ROUTE_UNKNOWN');
  });

  test('a body that is not the JSON it should be is refused before anything is done', async (t) => {
    const { ask } = await door(t);
    const send = async (payload: string, type = 'application/json'): Promise<readonly unknown[]> => {
      const { status, as } = await ask('POST', '/planted', { body: payload, headers: { 'content-type': type } });
      return [status, as().code];
    };
    assert.deepEqual(await send('{"name": "a", "name": "b"}'), [400, 'BODY_UNREADABLE']);
    assert.deepEqual(await send('{"name": '), [400, 'BODY_UNREADABLE']);
    assert.deepEqual(await send(''), [400, 'BODY_UNREADABLE']);
    assert.deepEqual(await send('{"name": "a", "other": 1}'), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await send('null'), [400, 'BODY_UNREADABLE']);
    assert.deepEqual(await send('name=a', 'application/x-www-form-urlencoded'), [415, 'CONTENT_TYPE_UNKNOWN']);
    assert.deepEqual(await send('{"name": "a"}', 'text/plain'), [415, 'CONTENT_TYPE_UNKNOWN']);
    assert.deepEqual(await send('{"name": "a"}', 'nonsense'), [415, 'CONTENT_TYPE_UNKNOWN']);
    assert.deepEqual(await send('{"name": "a"}', 'application/json; charset=utf-8'), [200, undefined]);
    assert.deepEqual(await send(`{"name": "${'a'.repeat(2 ** 20)}"}`), [413, 'BODY_TOO_LARGE']);
    const unknown = await ask('POST', '/planted', { body: { name: 'a', other: 1 } });
    assert.equal(unknown.as().detail, 'body: Unrecognized key: "other"');
    const none = await ask('POST', '/planted');
    assert.deepEqual([none.status, none.as().code], [400, 'BODY_UNREADABLE']);
  });

  test('a body without a type, or packed, is refused', async (t) => {
    const { app, key } = await door(t);
    const authorization = `Bearer ${await key(['run'])}`;
    const send = async (headers: Record<string, string>): Promise<number> =>
      (await app.inject({ method: 'POST', url: '/planted', headers: { authorization, ...headers }, payload: Buffer.from('{"name":"a"}') }))
        .statusCode;
    assert.equal(await send({}), 415);
    assert.equal(await send({ 'content-type': 'application/json', 'content-encoding': 'gzip' }), 415);
    assert.equal(await send({ 'content-type': 'application/json' }), 200);
  });

  test('a body that may be left out may be left out', async (t) => {
    const { ask } = await door(t);
    assert.deepEqual((await ask('POST', '/planted/optional')).as<unknown>(), { got: null });
    assert.deepEqual((await ask('POST', '/planted/optional', { body: { name: 'x' } })).as<unknown>(), { got: { name: 'x' } });
  });

  test('another method is answered with those that there are; OPTIONS too', async (t) => {
    const { ask } = await door(t);
    const put = await ask('PUT', '/planted/1', { key: '' });
    assert.deepEqual([put.status, put.as().code, put.headers['allow']], [405, 'METHOD_UNKNOWN', 'DELETE, GET, HEAD, OPTIONS']);
    const options = await ask('OPTIONS', '/planted/1', { key: '' });
    assert.deepEqual([options.status, options.headers['allow'], options.text], [204, 'DELETE, GET, HEAD, OPTIONS', '']);
    assert.equal((await ask('OPTIONS', '/nowhere', { key: '' })).status, 404);
    const head = await ask('HEAD', '/planted/1');
    assert.deepEqual([head.status, head.text], [200, '']);
    assert.equal((await ask('HEAD', '/planted/1', { key: '' })).status, 401);
  });

  test('paths that cannot be read have their answer', async (t) => {
    const { ask } = await door(t);
    const bad = await ask('GET', '/planted/%zz');
    assert.deepEqual([bad.status, bad.headers['content-type'], bad.as().code], [400, 'application/problem+json', 'REQUEST_INVALID']);
    assert.equal((await ask('GET', `/planted/${'x'.repeat(600)}`)).status, 404);
    assert.equal((await ask('GET', '/planted/../nowhere')).status, 404);
  });

  test('a request has its id, and the caller may choose it when it is a sane one', async (t) => {
    const { ask } = await door(t);
    const given = async (id: string): Promise<string> =>
      (await ask('GET', '/nowhere', { headers: { 'x-request-id': id } })).as().request_id;
    assert.equal(await given('0af7651916cd43dd-1'), '0af7651916cd43dd-1');
    for (const odd of ['short', 'with space in it', '<script>alert(1)</script>', 'x'.repeat(129)])
      assert.match(await given(odd), /^[0-9a-f-]{36}$/);
  });

  test('what was changed is noted before the answer leaves, and nothing else', async (t) => {
    const { notes, note } = auditor();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { ask, key } = await door(t, { parts: { auditor: { note: (one) => held.then(() => note(one)) } } });
    const text = await key(['run'], ['p']);
    let answered = false;
    const asking = ask('POST', '/planted', { key: text, body: { name: 'x' } }).finally(() => (answered = true));
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    assert.equal(answered, false);
    release();
    assert.equal((await asking).status, 200);
    const { at, ...rest } = notes[0] ?? { at: 0 };
    assert.ok(at > 0);
    assert.deepEqual(rest, { who: `key:${text.split('_')[1]}`, what: 'planted.make', project: 'p', details: '{"name":"x"}' });
    await ask('POST', '/planted', { key: text, body: { name: 5 } });
    await ask('GET', '/planted/1', { key: text });
    assert.equal(notes.length, 1);
  });

  test('a change that cannot be noted is not said to be done', async (t) => {
    const failing = { note: () => Promise.reject(Object.assign(new Error('the disk is full'), { code: 'X' })) };
    const { ask } = await door(t, { parts: { auditor: failing } });
    const { status, text } = await ask('POST', '/planted', { body: { name: 'x' } });
    assert.equal(status, 500);
    assert.doesNotMatch(text, /disk/);
  });

  test('what failed half-way is noted with how it was answered', async (t) => {
    const { notes, note } = auditor();
    const place = await served(t, { parts: { auditor: { note } } });
    const config = { access: { scope: 'run', of: 'some' }, audit: 'half.done' } as const;
    place.app.post('/half', { config }, async (request) => {
      request.noted = { run: 'r1', details: { step: 1 } };
      throw new Error('the second half');
    });
    assert.equal((await place.ask('POST', '/half', { key: '' })).status, 401);
    assert.equal((await place.ask('POST', '/half')).status, 500);
    assert.deepEqual(
      notes.map(({ who, what, run, details }) => [who, what, run, details]),
      [['admin', 'half.done', 'r1', '{"step":1,"answered":500}']],
    );
  });

  test('of many runs that are started together each has its note', async (t) => {
    const { notes, note } = auditor();
    const agents = [{ id: 'echo', actions: { run: async (input: unknown) => input } }];
    const { ask } = await served(t, { agents, parts: { auditor: { note } } });
    const plan = { id: 'p', steps: [{ id: 's', agentId: 'echo', action: 'run', input: 1, dependencies: [] }] };
    const body = { runs: [{ plan }, { workflow: 'nowhere' }, { plan, project_id: 'q' }] };
    const { runs } = (await ask('POST', '/api/v1/workflows/batch', { body })).as<{ runs: { run?: { workflow_id: string } }[] }>();
    assert.deepEqual(
      notes.map(({ what, run, project }) => [what, run, project]),
      [
        ['run.start_batch', runs[0]?.run?.workflow_id, 'default'],
        ['run.start_batch', runs[2]?.run?.workflow_id, 'q'],
      ],
    );
  });

  test('refusals of a key are noted, and not more than one in a while', async (t) => {
    const { notes, note } = auditor();
    const { ask, key } = await door(t, { parts: { auditor: { note } } });
    const [reader, bound] = [await key(['read']), await key(['run'], ['p'])];
    for (let time = 0; time < 50; time++) {
      assert.equal((await ask('POST', '/planted', { key: reader, body: { name: 'x' } })).status, 403);
      assert.equal((await ask('GET', '/planted/all', { key: bound })).status, 403);
      assert.equal((await ask('GET', '/planted/1', { key: 'ctn_nonsense' })).status, 401);
    }
    assert.deepEqual(
      notes.map(({ who, what }) => [who, what]),
      [reader, bound].map((text) => [`key:${text.split('_')[1]}`, 'access.refused']),
    );
    assert.match(notes[0]?.details ?? '', /POST \/planted.*needs run/);
  });

  test('what nobody foresaw is answered without saying what it was', async (t) => {
    const { ask } = await door(t);
    const { status, text, as } = await ask('DELETE', '/planted/1');
    assert.deepEqual([status, as().code], [500, 'INTERNAL']);
    assert.doesNotMatch(text, /password/);
  });

  test('a server that was told to end begins nothing new, and still tells what there is', async (t) => {
    const { ask } = await door(t, { parts: { draining: () => true } });
    const { status, headers, as } = await ask('POST', '/planted', { body: { name: 'x' } });
    assert.deepEqual([status, as().code, headers['retry-after']], [503, 'ENGINE_CLOSED', '5']);
    assert.equal((await ask('GET', '/planted/1')).status, 200);
  });

  test('a route that does not say who may use it cannot be declared', async (t) => {
    const { app } = await served(t);
    assert.throws(() => app.get('/careless', async () => ({})), /does not say who may use it/);
  });
});
