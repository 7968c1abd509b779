import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { memoryData, openMemory, type MemoryNode } from '../../backends/memory/index.ts';
import type { AgentStatus } from '../../engine/registry.ts';
import type { Backend } from '../../ports/backend.ts';
import type { PartHealth } from '../../ports/exchange.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openHealth, type Status, type Watched } from './index.ts';

const idle: AgentStatus = {
  id: 'writer',
  capabilities: [],
  actions: ['write'],
  version: '1',
  isolation: 'inline',
  health: 'idle',
  running: 0,
  succeeded: 3,
  failed: 1,
  failuresInARow: 0,
  lastError: '<script>alert(1)</script>',
};

const watching = (backend: Backend, changes: Partial<Watched> = {}): Watched => ({
  role: 'engine',
  version: '1.2.3',
  name: 'host 42',
  startedAt: Date.now(),
  backend,
  agents: () => [idle],
  draining: () => false,
  ...changes,
});

async function served(t: TestContext, watched: Watched): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const server = await openHealth({ watched });
  t.after(() => server.close());
  return (path, init) => fetch(`${server.url}${path}`, init);
}

const statusOf = async (get: (path: string) => Promise<Response>): Promise<Status> =>
  // What the fields hold is what the tests are about.
  (await (await get('/status')).json()) as Status;

function fleetOfTwo(t: TestContext): { readonly clock: SimulatedClock; readonly node: MemoryNode; readonly other: MemoryNode } {
  const clock = new SimulatedClock();
  const data = memoryData();
  const node = openMemory({ data, fleet: { clock, node: 'one' } });
  const other = openMemory({ data, fleet: { clock, node: 'two', role: 'worker' } });
  t.after(() => Promise.all([node.close(), other.close()]));
  return { clock, node, other };
}

const withParts = (backend: Backend, ...parts: readonly PartHealth[]): Backend => ({ ...backend, health: () => parts });
const part = (name: PartHealth['part'], is: PartHealth['is'], error?: string): PartHealth => ({
  part: name,
  at: `${name.toLowerCase()}:1`,
  is,
  since: Date.now() - 65_000,
  ...(error === undefined ? {} : { error }),
});

suite('the health routes', () => {
  test('a process that takes work is alive and ready', async (t) => {
    const get = await served(t, watching(openMemory()));
    assert.equal((await get('/livez')).status, 200);
    const ready = await get('/readyz');
    assert.deepEqual([ready.status, await ready.json()], [200, { is: 'ready', reasons: [] }]);
  });

  test('one that was told to end is alive and not ready', async (t) => {
    const get = await served(t, watching(openMemory(), { draining: () => true }));
    assert.equal((await get('/livez')).status, 200);
    const ready = await get('/readyz');
    assert.equal(ready.status, 503);
    assert.match(JSON.stringify(await ready.json()), /"is":"draining".*told to end/);
  });

  test('without Postgres nobody is ready; without Redis an engine is, and a worker is not', async (t) => {
    const noRedis = withParts(openMemory(), part('Postgres', 'up'), part('Redis', 'away', 'connect ECONNREFUSED'));
    const noPostgres = withParts(openMemory(), part('Postgres', 'trying'), part('Redis', 'up'));
    const codes = async (watched: Watched): Promise<number> => (await (await served(t, watched))('/readyz')).status;
    assert.equal(await codes(watching(noRedis)), 200);
    assert.equal(await codes(watching(noRedis, { role: 'worker' })), 503);
    assert.equal(await codes(watching(noPostgres)), 503);
    const why = await (await served(t, watching(noRedis, { role: 'worker' })))('/readyz');
    assert.match(await why.text(), /Redis at redis:1 is away: connect ECONNREFUSED/);
  });

  test('a store that cannot be read makes it not ready, and says why', async (t) => {
    const backend = openMemory();
    const runs = Object.assign(Object.create(backend.runs), { nextWake: () => Promise.reject(new Error('the disk is gone')) });
    const get = await served(t, watching({ ...backend, runs }));
    const ready = await get('/readyz');
    assert.deepEqual([ready.status, await ready.json()], [503, { is: 'not ready', reasons: ['the disk is gone'] }]);
    assert.equal((await get('/livez')).status, 200);
  });

  test('a node that was taken for dead is not ready until it has joined again', async (t) => {
    const { clock, node } = fleetOfTwo(t);
    const get = await served(t, watching(node));
    const speak = node.fallSilent();
    // The other is steady, and takes it away; its own next sign of life tells it so.
    clock.advance(60_000);
    assert.equal((await get('/readyz')).status, 200, 'it knows nothing of it yet');
    speak();
    clock.advance(10_000);
    const fenced = await get('/readyz');
    assert.equal(fenced.status, 503);
    assert.match(await fenced.text(), /silent for longer than its lease/);
    await node.fleet.rejoin();
    assert.equal((await get('/readyz')).status, 200);
  });

  test('the fleet is shown: its nodes, what they host, and what waits for whom', async (t) => {
    const { clock, node, other } = fleetOfTwo(t);
    other.directory.announce([{ id: 'editor', version: '2', capabilities: [], actions: ['cut'], room: 2 }]);
    clock.advance(10_000);
    const status = await statusOf(await served(t, watching(node)));
    assert.deepEqual(
      status.nodes.map(({ node: name, role, hosts }) => [name, role, hosts]),
      [
        ['one', 'engine', []],
        ['two', 'worker', ['editor']],
      ],
    );
    assert.equal(status.node, 'one');
    assert.deepEqual(
      status.agents.map(({ id, here, nodes, waiting }) => [id, here?.health, nodes, waiting]),
      [
        ['editor', undefined, ['two'], 0],
        ['writer', 'idle', [], 0],
      ],
    );
  });

  test('the status says what there is, as JSON and as a page', async (t) => {
    const get = await served(t, watching(withParts(openMemory(), part('Postgres', 'away', 'no route'))));
    const status = await statusOf(get);
    assert.deepEqual(
      [status.is, status.role, status.version, status.parts[0]?.is, status.agents[0]?.here?.id],
      ['not ready', 'engine', '1.2.3', 'away', 'writer'],
    );
    const response = await get('/status', { headers: { accept: 'text/html,*/*' } });
    const page = await response.text();
    assert.match(response.headers.get('content-type') ?? '', /text\/html/);
    assert.match(page, /<title>✖ not ready · host 42<\/title>/);
    assert.match(page, /✖ away<\/span> <span class="dim">for 1 min/);
    // Nothing comes from elsewhere, and nothing that an agent says becomes part of the page.
    assert.doesNotMatch(page, /https?:\/\/|src=|<script>alert/);
    assert.match(page, /&#60;script&#62;alert/);
  });

  test('an engine without Redis is ready, and says what it cannot do meanwhile', async (t) => {
    const noRedis = withParts(openMemory(), part('Postgres', 'up'), part('Redis', 'away', 'connect ECONNREFUSED'));
    const get = await served(t, watching(noRedis));
    const { is, hindered } = await statusOf(get);
    assert.deepEqual([is, hindered.length], ['ready', 1]);
    assert.match(hindered[0] ?? '', /Redis at redis:1 is away: connect ECONNREFUSED\. .* nothing goes to other nodes/);
    const page = await (await get('/status', { headers: { accept: 'text/html' } })).text();
    assert.match(page, /<title>◐ ready/);
    assert.match(page, /class="reasons odd"/);
  });

  test('servers that do not answer are left out, and said', async (t) => {
    const { node } = fleetOfTwo(t);
    node.fleet.nodes = () => Promise.reject(new Error('cut off'));
    const status = await statusOf(await served(t, watching(node)));
    assert.deepEqual([status.nodes, status.unheard], [[], ['nodes: cut off']]);
  });

  test('however many ask at once, the store is asked once', async (t) => {
    const backend = openMemory();
    let asked = 0;
    const runs = Object.assign(Object.create(backend.runs), { nextWake: async () => void asked++ });
    const get = await served(t, watching({ ...backend, runs }));
    await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
    assert.equal(asked, 1);
  });

  test('other paths and other methods are refused', async (t) => {
    const get = await served(t, watching(openMemory()));
    assert.equal((await get('/metrics')).status, 404);
    const posted = await get('/status', { method: 'POST' });
    assert.deepEqual([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD']);
    const head = await get('/livez', { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
  });

  test('a port that is taken is said, with the mend', async (t) => {
    const first = await openHealth({ watched: watching(openMemory()) });
    t.after(() => first.close());
    const port = Number(new URL(first.url).port);
    await assert.rejects(openHealth({ watched: watching(openMemory()), port }), {
      code: 'USAGE',
      message: /somebody else listens there.*--port/,
    });
  });
});
