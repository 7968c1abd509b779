import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { agent } from '../../src/engine/agent.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { claimedId } from '../../src/server/access/key-text.ts';
import { adminKey } from './served.ts';
import { holding, listen, refused, story, wired } from './live-rig.ts';

suite('keys of live connections', () => {
  test('a browser sends its key as a protocol', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1);
    const path = `/ws/workflows/${id}`;
    const { socket, heard } = await listening();
    assert.equal(socket.protocol, 'continuo');
    await heard;
    const wrong = await refused(host, path, { key: '', protocols: ['continuo', 'key.ctn_000000000000_0'] });
    assert.deepEqual([wrong.status, wrong.code], [401, 'KEY_REQUIRED']);
    async function listening(): Promise<{ readonly socket: { readonly protocol: string }; readonly heard: Promise<unknown> }> {
      const listener = await listen(t, host, path, { key: '', protocols: ['continuo', `key.${await key(['read'])}`] });
      return { socket: listener.socket, heard: listener.heard(({ event }) => event === 'run:started') };
    }
  });

  test('a ticket opens one connection, for what its key may see, and is worth nothing after', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key, ask } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1, { project: 'ours' });
    const of = async (projects: readonly string[]): Promise<string> => {
      const answer = await ask('POST', '/api/v1/live/tickets', { key: await key(['read'], projects) });
      assert.equal(answer.status, 201);
      return answer.as<{ readonly ticket: string }>().ticket;
    };
    const path = (ticket: string): string => `/ws/workflows/${id}?ticket=${ticket}`;
    const [ours, theirs, forged] = [await of(['ours']), await of(['theirs']), await of(['ours'])];
    const listener = await listen(t, host, path(ours), { key: '' });
    await listener.heard(({ event }) => event === 'run:started');
    const refusal = async (ticket: string): Promise<unknown> => (await refused(host, path(ticket), { key: '' })).code;
    assert.equal(await refusal(ours), 'KEY_REQUIRED');
    assert.equal(await refusal(theirs), 'RUN_UNKNOWN');
    assert.equal(await refusal(forged.replace(/.$/, (end) => (end === '0' ? '1' : '0'))), 'KEY_REQUIRED');
    assert.equal(await refusal(forged.replace(/_[0-9a-z]+_/, '_zzzzzzzz_')), 'KEY_REQUIRED');
    assert.equal((await ask('POST', '/api/v1/live/tickets', { key: '' })).status, 401);
  });

  test('a ticket opens a socket, and does nothing else that its key may', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key, ask } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1);
    const { ticket } = (await ask('POST', '/api/v1/live/tickets', { key: await key(['run']) })).as<{ readonly ticket: string }>();
    const [name = '', port] = host.split(':');
    const socket = connect(Number(port), name);
    t.after(() => socket.destroy());
    const said = new Promise<string>((resolve) => socket.once('data', (text) => resolve(text.toString())));
    socket.write(
      `PUT /api/v1/workflows/${id}/pause?ticket=${ticket} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
    );
    assert.match(await said, /^HTTP\/1\.1 401 /);
    assert.equal((await orchestrator.get(id)).status, 'running');
    await listen(t, host, `/ws/workflows/${id}?ticket=${ticket}`, { key: '' });
  });

  test('a ticket of a key that was revoked since is worth nothing', async (t) => {
    const { host, key, ask, backend } = await wired(t);
    const text = await key(['read']);
    const { ticket } = (await ask('POST', '/api/v1/live/tickets', { key: text })).as<{ readonly ticket: string }>();
    await backend.access.keys.revoke(claimedId(text) ?? '', 1);
    assert.equal((await refused(host, `/ws/agents?ticket=${ticket}`, { key: '' })).code, 'KEY_REQUIRED');
  });

  test('what a key opened is cut off when it is revoked, and when it expires; other keys’ connections stay', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key, backend } = await wired(t, { agents, settings: { live: { keysEvery: 10 } } });
    const { id } = await orchestrator.start(story, 1);
    const revoked = await key(['read']);
    const expiring = await key(['read'], undefined, { expiresAt: Date.now() + 400 });
    const path = `/ws/workflows/${id}`;
    const stays = await listen(t, host, path, { key: await key(['read']) });
    const [one, two, three] = await Promise.all([
      listen(t, host, path, { key: revoked }),
      listen(t, host, '/ws/agents', { key: revoked }),
      listen(t, host, path, { key: expiring }),
    ]);
    await backend.access.keys.revoke(claimedId(revoked) ?? '', 1);
    for (const listener of [one, two, three]) {
      const { code, reason } = await listener.closed;
      assert.equal(code, 1008);
      assert.match(reason, /^KEY_REQUIRED/);
    }
    assert.equal(stays.socket.readyState, stays.socket.OPEN);
  });

  test('a key has so many connections, and another when one is closed', async (t) => {
    const { host, key } = await wired(t, { settings: { live: { connections: 2 } } });
    const text = await key(['read']);
    const [one] = await Promise.all([listen(t, host, '/ws/agents', { key: text }), listen(t, host, '/ws/agents', { key: text })]);
    const refusal = await refused(host, '/ws/agents', { key: text });
    assert.deepEqual([refusal.status, refusal.code], [429, 'REQUESTS_LIMITED']);
    await listen(t, host, '/ws/agents', { key: await key(['read']) });
    one.socket.close();
    await one.closed;
    await listen(t, host, '/ws/agents', { key: text });
  });
});

suite('those at the other end', () => {
  test('pages are let in from this server and from origins that were allowed', async (t) => {
    const { host } = await wired(t, { settings: { origins: ['https://app.example'] } });
    for (const origin of ['https://app.example', `http://${host}`]) await listen(t, host, '/ws/agents', { headers: { origin } });
    for (const origin of ['https://app.example.evil', 'null', 'http://app.example']) {
      const { status, code } = await refused(host, '/ws/agents', { headers: { origin } });
      assert.deepEqual([status, code], [403, 'ACCESS_DENIED'], origin);
    }
    const polled = await fetch(`http://${host}/socket.io/?EIO=4&transport=polling`, { headers: { origin: 'https://evil.example' } });
    assert.equal(polled.status, 403);
  });

  test('who answers no ping and takes nothing is cut off, and nobody else', async (t) => {
    const { host } = await wired(t, { settings: { live: { beat: 50 } } });
    const well = await listen(t, host, '/ws/agents');
    const gone = await listen(t, host, '/ws/agents', { autoPong: false });
    const { code } = await gone.closed;
    assert.equal(code, 1006);
    assert.equal(well.socket.readyState, well.socket.OPEN);
  });

  test('who says too much is cut off', async (t) => {
    const { host } = await wired(t);
    const long = await listen(t, host, '/ws/agents');
    long.socket.send('x'.repeat(2000));
    assert.equal((await long.closed).code, 1009);
    const often = await listen(t, host, '/ws/agents');
    for (let said = 0; said < 200; said++) often.socket.send('{"ack":1}');
    assert.equal((await often.closed).code, 1008);
  });

  test('broken requests to become a socket break nothing', async (t) => {
    const { host, ask } = await wired(t);
    const port = Number(host.split(':')[1]);
    const raw = async (text: string): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      t.after(() => socket.destroy());
      socket.write(text);
      return (await socket.setEncoding('utf8').toArray()).join('');
    };
    const upgrade = 'Host: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    assert.match(await raw(`GET /ws/agents HTTP/1.1\r\n${upgrade}\r\n`), /^HTTP\/1\.1 401 /);
    assert.match(await raw(`POST /ws/agents HTTP/1.1\r\n${upgrade}Content-Length: 0\r\n\r\n`), /^HTTP\/1\.1 40[45] /);
    assert.match(await raw(`GET http://[ HTTP/1.1\r\n${upgrade}\r\n`), /^HTTP\/1\.1 4/);
    assert.match(await raw(`GET /ws/agents HTTP/1.1\r\n${upgrade}X-API-Key: ${adminKey}\r\n\r\n`), /^HTTP\/1\.1 400 /);
    assert.match(await raw(`GET /ws/agents HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`), /^HTTP\/1\.1 401 /);
    assert.equal((await ask('GET', '/ws/agents')).as().code, 'REQUEST_INVALID');
  });
});

suite('the WebSocket of the agents', () => {
  test('begins with all of them, then tells each that changed', async (t) => {
    const { agents, go, at } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const listener = await listen(t, host, '/ws/agents');
    const first = await listener.heard(() => true);
    assert.equal(first.event, 'agents:snapshot');
    assert.match(JSON.stringify(first.data), /"id":"held".*"health":"idle".*"running":0/);
    await orchestrator.start(story, 1);
    await at('first');
    const busy = await listener.heard(({ event, data }) => event === 'agent:status' && data['health'] === 'busy');
    assert.deepEqual([busy.data['id'], busy.data['running']], ['held', 1]);
    for (const step of ['first', 'second', 'third']) go(step);
    await listener.heard(({ data }) => data['succeeded'] === 3);
  });

  test('a key that is bound to projects is told no counters and no errors', async (t) => {
    const failing = agent({
      id: 'failing',
      run: async () => {
        throw new Error('theirs alone');
      },
    });
    const flow = workflow('failing')
      .step('fail', failing, () => null, { retry: { max: 0 } })
      .output(() => null);
    const { orchestrator, host, key } = await wired(t, { agents: [failing] });
    const all = await listen(t, host, '/ws/agents');
    const some = await listen(t, host, '/ws/agents', { key: await key(['read'], ['ours']) });
    await orchestrator.run(flow, null, { project: 'theirs' });
    await all.heard(({ data }) => data['last_error'] === 'theirs alone');
    await some.heard(({ data }) => data['health'] === 'degraded');
    assert.doesNotMatch(JSON.stringify(some.told), /theirs|running|succeeded|failed|mean/);
  });
});
