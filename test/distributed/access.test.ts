/** What a server keeps, on the store that nodes share: what every backend must do, and what nodes do at once. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Auditor } from '../../src/server/access/auditor.ts';
import { verifyAudit } from '../../src/server/access/verify-audit.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { KeyRecord } from '../../src/ports/access.ts';
import { accessConformance } from '../../src/testing/conformance/storage/access.ts';
import { storeTests, tally } from '../../src/testing/conformance/storage/store.ts';
import { sharedStore } from './shared-store.ts';
import { until } from './redis-rig.ts';

const store = await sharedStore();

const aKey = (id: string, name = id): KeyRecord => ({ id, name, hash: '00', scopes: ['read'], createdAt: 1, createdBy: 'admin' });

/** Nodes on one store; the last one is a visitor. */
function nodesTest(title: string, body: (nodes: readonly [Backend, Backend, Backend], dir: string) => Promise<void>): void {
  it(title, async () => {
    const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
    const nodes: Backend[] = [];
    const open = async (role: 'engine' | 'visitor'): Promise<Backend> => {
      const node = await store.open(dir, { role });
      nodes.push(node);
      return node;
    };
    try {
      await body([await open('engine'), await open('engine'), await open('visitor')], dir);
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
      await rm(dir, { recursive: true, force: true });
    }
  });
}

describe('what a server keeps, on Postgres and Redis', { concurrency: 4 }, () => {
  describe('what every backend must do', { concurrency: 4 }, () => accessConformance(storeTests((dir) => store.open(dir))));

  nodesTest('K1: of nodes that add a key of the same id at once, one does', async (nodes) => {
    for (let round = 0; round < 10; round++) {
      const adding = nodes.map((node, place) => node.access.keys.add(aKey(`${round}`, `of ${place}`)));
      assert.deepEqual(await tally(adding), { done: 1, codes: ['KEY_EXISTS', 'KEY_EXISTS'] });
    }
  });

  nodesTest('K2: a key made on one node counts on the others at once, and a revoked one within a second', async ([one, other, visitor]) => {
    assert.equal(await other.access.keys.get('k'), undefined);
    await visitor.access.keys.add(aKey('k'));
    assert.equal((await other.access.keys.get('k'))?.id, 'k');
    assert.equal((await one.access.keys.get('k'))?.id, 'k');
    await visitor.access.keys.revoke('k', 5);
    assert.equal((await visitor.access.keys.get('k'))?.revokedAt, 5);
    await until(async () => (await one.access.keys.get('k'))?.revokedAt === 5);
    await until(async () => (await other.access.keys.get('k'))?.revokedAt === 5);
  });

  nodesTest('notes of nodes that write without rest are all there, once, in one chain', async (nodes) => {
    const rounds = 60;
    await Promise.all(
      nodes.map(async ({ access }, node) => {
        const auditor = new Auditor(access.audit);
        for (let round = 0; round < rounds; round++) {
          const whats = ['a', 'b', 'c'].map((part) => `${node} ${round} ${part}`);
          await Promise.all(whats.map((what) => auditor.note({ at: round, who: `cli:${node}`, what })));
        }
      }),
    );
    const { audit } = nodes[0].access;
    assert.equal((await verifyAudit(audit)).seq, nodes.length * rounds * 3);
    const written = (await audit.read(0, 10_000)).map(({ what }) => what);
    for (const node of nodes.keys())
      assert.deepEqual(
        written.filter((what) => what.startsWith(`${node} `)),
        Array.from({ length: rounds }, (_, round) => ['a', 'b', 'c'].map((part) => `${node} ${round} ${part}`)).flat(),
      );
  });

  nodesTest('a bucket is one for all nodes', async (nodes) => {
    const buckets = [{ id: 'key/k/requests', capacity: 30, refill: 0.01 }];
    const many = Array.from({ length: 30 }, () => nodes).flat();
    const asked = await Promise.all(many.map(({ access }) => access.quotas.take(buckets, 1000)));
    assert.equal(asked.filter(({ granted }) => granted).length, 30);
  });

  it('Q2: while Redis does not answer a node counts for itself, and with the others again when it does', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
    const apart = await store.openApart(dir);
    const other = await store.open(dir);
    const take = (node: Backend): Promise<boolean> =>
      node.access.quotas.take([{ id: 'b', capacity: 2, refill: 1e-9 }], 0).then(({ granted }) => granted);
    try {
      assert.deepEqual([await take(other), await take(other), await take(apart.backend)], [true, true, false]);
      const speak = apart.silence();
      assert.deepEqual([await take(apart.backend), await take(apart.backend), await take(apart.backend)], [true, true, false]);
      speak();
      await other.access.quotas.take([{ id: 'marker', capacity: 1, refill: 1e-9 }], 0);
      const marker = (): Promise<boolean> =>
        apart.backend.access.quotas.take([{ id: 'marker', capacity: 1, refill: 1e-9 }], 0).then(({ granted }) => !granted);
      await until(marker);
      assert.equal(await take(apart.backend), false);
    } finally {
      await Promise.all([apart.backend.close(), other.close()]);
      await apart.close();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
