import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Redis } from 'ioredis';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { makeFolder, removeFolder } from './own-folder.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    // One row of one column.
    const { rows } = await client.query<{ readonly value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** A process that starts a server, says its port, and then does nothing. */
async function holder(what: 'postgres' | 'redis'): Promise<{ readonly port: number; readonly kill: () => Promise<void> }> {
  const file = new URL(`${what}.ts`, import.meta.url).href;
  const name = what === 'postgres' ? 'startPostgres' : 'startRedis';
  const code = `const { ${name} } = await import(${JSON.stringify(file)}); console.log((await ${name}()).port); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    port: Number(said.toString()),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

suite('servers for tests', () => {
  test('a Postgres that was killed comes back where it was, with what was committed', async () => {
    const server = await startPostgres();
    await ask(server.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await server.kill();
    assert.equal(await takesConnections(server.port), false);
    await server.start();
    assert.equal(await ask(server.url, 'SELECT value FROM kept'), 7);
    await server.stop();
    assert.equal(await takesConnections(server.port), false);
  });

  test("npm's Postgres serves where it is preferred", async () => {
    const before = process.env['CONTINUO_TEST_POSTGRES'];
    process.env['CONTINUO_TEST_POSTGRES'] = 'npm';
    const server = await startPostgres().finally(() => {
      if (before === undefined) delete process.env['CONTINUO_TEST_POSTGRES'];
      else process.env['CONTINUO_TEST_POSTGRES'] = before;
    });
    assert.match(String(await ask(server.url, 'SELECT version() AS value')), /^PostgreSQL 1[7-9]/);
    await server.stop();
  });

  test('a Redis that was killed comes back where it was', async () => {
    const server = await startRedis();
    await server.kill();
    assert.equal(await takesConnections(server.port), false);
    await server.start();
    const client = new Redis(server.url);
    assert.equal(await client.ping(), 'PONG');
    client.disconnect();
    await server.stop();
  });

  test('a setting that the server refuses is told with its own words', async () => {
    await assert.rejects(startPostgres(['nonsense=1']), /unrecognized configuration parameter "nonsense"/);
    await assert.rejects(startRedis(['--nonsense', '1']), /redis did not start/);
  });

  for (const what of ['postgres', 'redis'] as const) {
    test(`a ${what} ends when the process that asked for it is killed`, { timeout: 30_000 }, async () => {
      const { port, kill } = await holder(what);
      assert.equal(await takesConnections(port), true);
      await kill();
      await until(async () => !(await takesConnections(port)));
    });
  }

  test('a free port is one that can be listened on', async () => {
    assert.equal(await takesConnections(await freePort()), false);
  });
});

suite('a folder of one’s own', () => {
  test('goes when it is no longer wanted, and only once', () => {
    const folder = makeFolder('servers-test');
    removeFolder(folder);
    assert.equal(existsSync(folder), false);
    assert.throws(() => removeFolder(folder), /stays/);
  });

  test('of somebody else stays, whatever it is called', () => {
    const other = mkdtempSync(join(tmpdir(), 'continuo-not-ours-'));
    assert.throws(() => removeFolder(other), /stays/);
    assert.equal(existsSync(other), true);
    rmSync(other, { recursive: true });
  });
});
