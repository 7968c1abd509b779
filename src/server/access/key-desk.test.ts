import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memoryData, openMemory } from '../../backends/memory/index.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Access } from '../../ports/access.ts';
import { Auditor } from './auditor.ts';
import { auditTrail } from './audit-trail.ts';
import { authenticate } from './authenticate.ts';
import { adminKeyFrom, firstKey } from './first-key.ts';
import { createKey, revokeKey, type KeyDesk, type KeyWish } from './key-desk.ts';
import { verifyAudit } from './verify-audit.ts';

const by = { who: 'cli:ann', at: 1000 };

function aDesk(): KeyDesk & { readonly access: Access } {
  const { access } = openMemory({ data: memoryData() });
  return { access, keys: access.keys, auditor: new Auditor(access.audit) };
}

const coded = (code: string) => (error: unknown) => error instanceof ContinuoError && error.code === code;

suite('making and revoking keys', () => {
  test('a new key counts, for what was said and where, and its text is kept nowhere', async () => {
    const desk = aDesk();
    const wish: KeyWish = { name: ' ci ', scopes: ['run', 'read', 'run'], projects: ['b', ' a', 'b'], expires: '1h' };
    const { key, text } = await createKey(desk, wish, by);
    const { name, scopes, projects, expiresAt, createdBy } = key;
    assert.deepEqual([name, scopes, projects, expiresAt, createdBy], ['ci', ['read', 'run'], ['b', 'a'], 3_601_000, 'cli:ann']);
    assert.deepEqual(await authenticate(text, desk.keys, undefined, 3_600_999), {
      who: `key:${key.id}`,
      id: key.id,
      scopes: ['read', 'run'],
      projects: ['b', 'a'],
    });
    assert.equal(await authenticate(text, desk.keys, undefined, 3_601_000), undefined, 'expired');
    const kept = JSON.stringify([await desk.keys.list(), await desk.access.audit.read(0, 10)]);
    assert.ok(!kept.includes(text.slice(-48)));
  });

  test('a revoked key counts no more, and both are in the audit log', async () => {
    const desk = aDesk();
    const { key, text } = await createKey(desk, { name: 'ci', scopes: ['admin'] }, by);
    assert.equal((await revokeKey(desk, key.id, { who: 'key:x', at: 2000 })).revokedAt, 2000);
    assert.equal(await authenticate(text, desk.keys, undefined, 2001), undefined);
    await assert.rejects(revokeKey(desk, 'nobody', by), coded('KEY_UNKNOWN'));
    assert.deepEqual(
      (await desk.access.audit.read(0, 10)).map(({ who, what, at }) => [who, what, at]),
      [
        ['cli:ann', 'key.create', 1000],
        ['key:x', 'key.revoke', 2000],
      ],
    );
    assert.equal((await verifyAudit(desk.access.audit)).seq, 2);
  });

  test('D1: of a key that could not be noted nobody gets the text', async () => {
    const desk = aDesk();
    const failed = new ContinuoError('STORE_FAILED', 'the disk stumbles');
    await assert.rejects(
      createKey({ ...desk, auditor: { note: () => Promise.reject(failed) } }, { name: 'ci', scopes: ['run'] }, by),
      failed,
    );
  });

  const wrong: readonly (readonly [what: string, wish: Partial<KeyWish>])[] = [
    ['no name', { name: ' ' }],
    ['a name that is too long', { name: 'x'.repeat(101) }],
    ['a name that moves the cursor', { name: 'a\x1b[2J' }],
    ['no scope', { scopes: [] }],
    ['a scope that there is not', { scopes: ['read', 'write'] }],
    ['no projects', { projects: [] }],
    ['a project without a name', { projects: ['a', ''] }],
    ['no time', { expires: 'soon' }],
    ['a time that is over', { expires: '0s' }],
    ['a time without end', { expires: 'Infinity' }],
  ];
  for (const [what, wish] of wrong)
    test(`refused: ${what}`, async () => {
      const desk = aDesk();
      await assert.rejects(createKey(desk, { name: 'ci', scopes: ['read'], ...wish }, by), coded('USAGE'));
      assert.deepEqual(await desk.keys.list(), []);
    });
});

suite('the first key', () => {
  test('a store without keys gets an admin key, once', async () => {
    const desk = aDesk();
    const text = await firstKey(desk, by);
    assert.ok(text !== undefined);
    assert.deepEqual((await authenticate(text, desk.keys, undefined, 5))?.scopes, ['admin']);
    assert.equal(await firstKey(desk, by), undefined);
    assert.equal((await desk.keys.list()).length, 1);
  });

  test('of nodes that begin at once one gets it', async () => {
    const data = memoryData();
    const desks = [1, 2, 3].map(() => {
      const { access } = openMemory({ data });
      return { keys: access.keys, auditor: new Auditor(access.audit) };
    });
    const texts = await Promise.all(desks.map((desk) => firstKey(desk, by)));
    assert.equal(texts.filter((text) => text !== undefined).length, 1);
  });

  test('where somebody has made a key there is none, be it revoked', async () => {
    const desk = aDesk();
    const { key } = await createKey(desk, { name: 'ci', scopes: ['read'] }, by);
    await revokeKey(desk, key.id, by);
    assert.equal(await firstKey(desk, by), undefined);
  });

  test('a key of the environment is long, and travels in a header', () => {
    const key = 'k'.repeat(32);
    assert.equal(adminKeyFrom({ CONTINUO_ADMIN_KEY: key }), key);
    assert.equal(adminKeyFrom({}), undefined);
    assert.equal(adminKeyFrom({ CONTINUO_ADMIN_KEY: '' }), undefined);
    for (const bad of ['k'.repeat(31), `${key} `, ` ${key}`, `${key}\n${key}`, 'ü'.repeat(40), ' '.repeat(40)])
      assert.throws(
        () => adminKeyFrom({ CONTINUO_ADMIN_KEY: bad }),
        (error) => coded('USAGE')(error) && !String(error).includes(bad),
      );
  });
});

suite('the trail of what was done', () => {
  test('the newest come first, of whom and what is asked for, across pages', async () => {
    const { access, auditor } = aDesk();
    const all = Array.from({ length: 1234 }, (_, n) => ({
      at: n,
      who: n % 100 === 0 ? 'rare' : 'often',
      what: 'run.start',
      run: `r${n % 10}`,
    }));
    await Promise.all(all.map((note) => auditor.note(note)));
    const seqs = async (query: Parameters<typeof auditTrail>[1]): Promise<readonly number[]> =>
      (await auditTrail(access.audit, query)).map(({ seq }) => seq);
    assert.deepEqual(await seqs({ limit: 3 }), [1234, 1233, 1232]);
    assert.equal((await seqs({ limit: 5000 })).length, 1234);
    assert.deepEqual(await seqs({ who: 'rare', limit: 4 }), [1201, 1101, 1001, 901]);
    assert.deepEqual(await seqs({ who: 'rare', run: 'r0', limit: 50 }), [1201, 1101, 1001, 901, 801, 701, 601, 501, 401, 301, 201, 101, 1]);
    assert.deepEqual(await seqs({ run: 'none', limit: 5 }), []);
  });
});
