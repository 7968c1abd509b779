/** What a server keeps: keys, the audit log, plans that were handed in, grants, nonces, and quotas. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { AuditRecord, Bucket, KeyRecord, SubmittedPlan } from '../../../ports/access.ts';
import { rejectsWith, tally } from './store.ts';
import type { StoreTest } from './store.ts';

export function accessConformance(test: StoreTest): void {
  describe('keys', () => keys(test));
  describe('audit log', () => audit(test));
  describe('plans that were handed in', () => plans(test));
  describe('grants', () => grants(test));
  describe('nonces', () => nonces(test));
  describe('quotas', () => quotas(test));
}

function key(id: string, changes: Partial<KeyRecord> = {}): KeyRecord {
  return { id, name: `of ${id} 🎻`, hash: 'ab'.repeat(32), scopes: ['read'], createdAt: 1000.5, createdBy: 'admin', ...changes };
}

const whole = key('whole', { scopes: ['run', 'approve'], projects: ['a', 'b "quoted"'], expiresAt: 2000.25 });

function keys(test: StoreTest): void {
  test('a key is read back as it was added, also by whoever opens the store next', async (backend, store) => {
    assert.equal(await backend.access.keys.get('whole'), undefined);
    await backend.access.keys.add(whole);
    await backend.access.keys.add(key('bare'));
    assert.deepEqual(await backend.access.keys.get('whole'), whole);
    const { access } = await store.reopen();
    assert.deepEqual(await access.keys.get('whole'), whole);
    assert.deepEqual(await access.keys.get('bare'), key('bare'));
  });

  test('keys are listed in the order in which they were added', async ({ access }) => {
    const ids = ['m', 'z', 'a'];
    for (const id of ids) await access.keys.add(key(id));
    assert.deepEqual(
      (await access.keys.list()).map(({ id }) => id),
      ids,
    );
  });

  test('a key bound to no project of all is not one that is bound to none', async ({ access }) => {
    await access.keys.add(key('nowhere', { projects: [] }));
    assert.deepEqual((await access.keys.get('nowhere'))?.projects, []);
  });

  test('K1: an id is given once, whoever asks at the same time', async ({ access }) => {
    const adding = ['first', 'second', 'third'].map((name) => access.keys.add(key('same', { name })));
    assert.deepEqual(await tally(adding), { done: 1, codes: ['KEY_EXISTS', 'KEY_EXISTS'] });
    const kept = await access.keys.get('same');
    await access.keys.revoke('same', 5);
    await rejectsWith('KEY_EXISTS', access.keys.add(key('same')));
    assert.deepEqual(await access.keys.get('same'), { ...kept, revokedAt: 5 });
  });

  test('K2: a key that was revoked stays so, with the first time', async (backend, store) => {
    await backend.access.keys.add(whole);
    assert.deepEqual(await backend.access.keys.get('whole'), whole);
    assert.deepEqual(await backend.access.keys.revoke('whole', 1500), { ...whole, revokedAt: 1500 });
    assert.deepEqual(await backend.access.keys.get('whole'), { ...whole, revokedAt: 1500 }, 'at once where it was revoked');
    assert.equal((await backend.access.keys.revoke('whole', 9000))?.revokedAt, 1500);
    const { access } = await store.reopen();
    assert.equal((await access.keys.get('whole'))?.revokedAt, 1500);
    assert.equal((await access.keys.list())[0]?.revokedAt, 1500);
  });

  test('revoking a key that is not there changes nothing', async ({ access }) => {
    assert.equal(await access.keys.revoke('nobody', 1), undefined);
    assert.deepEqual(await access.keys.list(), []);
  });

  test('a closed store takes no key', async (backend) => {
    await backend.close();
    await rejectsWith('ENGINE_CLOSED', backend.access.keys.add(key('late')));
    await rejectsWith('ENGINE_CLOSED', backend.access.keys.revoke('late', 1));
  });
}

function note(seq: number, changes: Partial<AuditRecord> = {}): AuditRecord {
  const hash = (number: number): string => (number === 0 ? '' : `hash ${number}`);
  return { seq, at: 1000.5 + seq, who: 'key:a', what: 'run.start', before: hash(seq - 1), hash: hash(seq), ...changes };
}

function audit(test: StoreTest): void {
  const full = note(2, { run: 'r "1"', project: 'p', details: '{"text":"🎻"}' });

  test('records are read back in order, as they were appended', async (backend, store) => {
    assert.equal(await backend.access.audit.last(), undefined);
    assert.deepEqual(await backend.access.audit.read(0, 10), []);
    assert.equal(await backend.access.audit.append([note(1), full]), 'appended');
    assert.equal(await backend.access.audit.append([note(3)]), 'appended');
    const { access } = await store.reopen();
    assert.deepEqual(await access.audit.read(0, 10), [note(1), full, note(3)]);
    assert.deepEqual(await access.audit.last(), note(3));
    assert.deepEqual(await access.audit.read(1, 1), [full]);
    assert.deepEqual(await access.audit.read(3, 10), []);
  });

  test('U1: what comes too late, too early or with a gap is not there at all', async ({ access }) => {
    await access.audit.append([note(1), note(2)]);
    for (const wrong of [[note(1)], [note(2), note(3)], [note(4)], [note(3), note(5)], [note(3), note(3)], [note(0)]])
      assert.equal(await access.audit.append(wrong), 'overtaken', JSON.stringify(wrong.map(({ seq }) => seq)));
    assert.deepEqual(await access.audit.read(0, 10), [note(1), note(2)]);
    assert.equal(await access.audit.append([]), 'appended');
    assert.equal(await access.audit.append([note(3)]), 'appended');
  });

  test('U1: of those who append at the same place at once, one gets through', async ({ access }) => {
    for (let seq = 1; seq < 40; seq += 2) {
      const whos = ['a', 'b', 'c', 'd'];
      const append = (who: string): Promise<string> =>
        access.audit.append(who < 'c' ? [note(seq, { who }), note(seq + 1, { who })] : [note(seq, { who })]);
      const answers = await Promise.all(whos.map(append));
      const winner = whos[answers.indexOf('appended')];
      assert.equal(answers.filter((answer) => answer === 'appended').length, 1);
      const there = await access.audit.read(seq - 1, 10);
      assert.deepEqual([...new Set(there.map(({ who }) => who))], [winner]);
      if (there.length === 1) await access.audit.append([note(seq + 1)]);
    }
    assert.equal((await access.audit.last())?.seq, 40);
  });

  test('a closed store takes no record', async (backend) => {
    await backend.close();
    await rejectsWith('ENGINE_CLOSED', backend.access.audit.append([note(1)]));
  });
}

function plan(id: string, changes: Partial<SubmittedPlan> = {}): SubmittedPlan {
  return { id, project: 'p', workflow: 'film', at: 1000.5, by: 'key:a', ...changes };
}

function plans(test: StoreTest): void {
  const signature = { signer: 'ann', value: 'c2ln' };

  test('S1: the same plan of a project is there once, as it was first', async (backend, store) => {
    await backend.access.plans.save(plan('one'));
    await Promise.all([backend.access.plans.save(plan('one', { by: 'key:b', at: 5 })), backend.access.plans.save(plan('two'))]);
    await backend.access.plans.save(plan('one', { project: 'q', by: 'key:c' }));
    const { access } = await store.reopen();
    assert.deepEqual(await access.plans.get('p', 'one'), plan('one'));
    assert.deepEqual(await access.plans.get('q', 'one'), plan('one', { project: 'q', by: 'key:c' }));
    assert.equal(await access.plans.get('q', 'two'), undefined);
    assert.equal((await access.plans.list('p', 10)).length, 2);
  });

  test('S1: a signature takes the place of none, and nothing of a signature', async (backend, store) => {
    await backend.access.plans.save(plan('one'));
    await backend.access.plans.save(plan('one', { signature, by: 'key:b' }));
    assert.deepEqual(await backend.access.plans.get('p', 'one'), plan('one', { signature }));
    await backend.access.plans.save(plan('one'));
    await backend.access.plans.save(plan('one', { signature: { signer: 'eve', value: 'ZXZl' } }));
    const { access } = await store.reopen();
    assert.deepEqual(await access.plans.list('p', 10), [plan('one', { signature })]);
  });

  test('the newest come first, and no more than were asked for', async ({ access }) => {
    for (const id of ['b', 'a', 'c']) await access.plans.save(plan(id));
    await access.plans.save(plan('b', { signature }));
    await access.plans.save(plan('d', { project: 'q' }));
    const ids = async (limit: number): Promise<readonly string[]> => (await access.plans.list('p', limit)).map(({ id }) => id);
    assert.deepEqual(await ids(10), ['c', 'a', 'b']);
    assert.deepEqual(await ids(2), ['c', 'a']);
    assert.deepEqual(await access.plans.list('nobody', 10), []);
  });
}

function grants(test: StoreTest): void {
  test('whoever brought a blob may read it, and nobody else', async (backend, store) => {
    await Promise.all(['a', 'a', 'b'].map((project) => backend.access.grants.grant(project, 'blob 1')));
    await backend.access.grants.grant('c', 'blob 2');
    const { access } = await store.reopen();
    assert.equal(await access.grants.granted(['a'], 'blob 1'), true);
    assert.equal(await access.grants.granted(['x', 'b'], 'blob 1'), true);
    assert.equal(await access.grants.granted(['c', 'x'], 'blob 1'), false);
    assert.equal(await access.grants.granted([], 'blob 1'), false);
    assert.equal(await access.grants.granted(['a'], 'blob 3'), false);
  });
}

function nonces(test: StoreTest): void {
  test('N1: an id counts once until its time, for one of those who come at once', async (backend, store) => {
    const first = await Promise.all([1, 2, 3, 4].map(() => backend.access.nonces.first('one', 2000, 1000)));
    assert.equal(first.filter(Boolean).length, 1);
    assert.equal(await backend.access.nonces.first('two', 2000, 1000), true);
    const { access } = await store.reopen();
    assert.equal(await access.nonces.first('one', 3000, 1999), false, 'N1: durable before it answers');
    assert.equal(await access.nonces.first('one', 3000, 2000), true, 'its time is over');
    assert.equal(await access.nonces.first('one', 4000, 2500), false);
  });

  test('those that lapsed are in nobody’s way, however many', async ({ access }) => {
    for (let n = 0; n < 50; n++) assert.equal(await access.nonces.first(`old ${n}`, 10, 0), true);
    for (let n = 0; n < 50; n++) assert.equal(await access.nonces.first(`old ${n}`, 1000, 20), true);
    for (let n = 0; n < 50; n++) assert.equal(await access.nonces.first(`old ${n}`, 2000, 30), false);
  });
}

/** Three at once, and one more every hundred milliseconds. */
const bucket = (id: string, capacity = 3): Bucket => ({ id, capacity, refill: 0.01 });

function quotas(test: StoreTest): void {
  test('a bucket gives what it holds, says when there will be more, and fills up again', async ({ access }) => {
    for (let n = 0; n < 3; n++) assert.deepEqual(await access.quotas.take([bucket('a')], 1000), { granted: true });
    assert.deepEqual(await access.quotas.take([bucket('a')], 1000), { granted: false, bucket: 'a', retryAt: 1100 });
    assert.deepEqual(await access.quotas.take([bucket('a')], 1050.5), { granted: false, bucket: 'a', retryAt: 1100 });
    assert.deepEqual(await access.quotas.take([bucket('a')], 1100), { granted: true });
    assert.equal((await access.quotas.take([bucket('a')], 1100)).granted, false);
    assert.deepEqual(await access.quotas.take([bucket('b')], 1100), { granted: true }, 'another is as full as ever');
  });

  test('Q1: from every bucket or from none, and the one that refuses for the longest is named', async ({ access }) => {
    assert.deepEqual(await access.quotas.take([bucket('narrow', 1), bucket('wide')], 0), { granted: true });
    for (let n = 0; n < 5; n++)
      assert.deepEqual(await access.quotas.take([bucket('wide'), bucket('narrow', 1)], 0), {
        granted: false,
        bucket: 'narrow',
        retryAt: 100,
      });
    for (let n = 0; n < 2; n++) assert.deepEqual(await access.quotas.take([bucket('wide')], 0), { granted: true });
    const slow = { id: 'slow', capacity: 1, refill: 0.001 };
    assert.deepEqual(await access.quotas.take([slow], 0), { granted: true });
    assert.deepEqual(await access.quotas.take([bucket('wide'), slow], 0), { granted: false, bucket: 'slow', retryAt: 1000 });
  });

  test('no more is given than there is, whoever asks at the same time', async ({ access }) => {
    const asked = await Promise.all(Array.from({ length: 40 }, () => access.quotas.take([bucket('all', 25), bucket('own', 100)], 0)));
    assert.equal(asked.filter(({ granted }) => granted).length, 25);
  });

  test('Q2: it answers where nothing is asked, where no waiting helps, and after the store was closed', async (backend) => {
    const { access } = backend;
    assert.deepEqual(await access.quotas.take([], 0), { granted: true });
    assert.deepEqual(await access.quotas.take([bucket('small', 0.5)], 0), { granted: false, bucket: 'small', retryAt: Infinity });
    assert.deepEqual(await access.quotas.take([{ id: 'once', capacity: 1, refill: 0 }], 0), { granted: true });
    assert.deepEqual(await access.quotas.take([{ id: 'once', capacity: 1, refill: 0 }], 1e6), {
      granted: false,
      bucket: 'once',
      retryAt: Infinity,
    });
    await backend.close();
    assert.deepEqual(await access.quotas.take([bucket('later')], 0), { granted: true });
  });
}
