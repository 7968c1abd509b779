import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memoryData, openMemory } from '../../backends/memory/index.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Audit, AuditNote, AuditRecord } from '../../ports/access.ts';
import { seal } from './audit-chain.ts';
import { Auditor } from './auditor.ts';
import { verifyAudit } from './verify-audit.ts';

const aNote = (what: string, changes: Partial<AuditNote> = {}): AuditNote => ({ at: 1000, who: 'admin', what, ...changes });

const all = (audit: Audit): Promise<readonly AuditRecord[]> => audit.read(0, 10_000);
const whats = async (audit: Audit): Promise<readonly string[]> => (await all(audit)).map(({ what }) => what);

/** A log in memory, and how many calls of each kind it got. `before` comes before each append. */
function aLog(before: (append: number) => Promise<void> = async () => undefined): {
  readonly audit: Audit;
  readonly calls: { appends: number; looks: number };
} {
  const { audit } = openMemory({ data: memoryData() }).access;
  const calls = { appends: 0, looks: 0 };
  return {
    calls,
    audit: {
      append: async (records) => {
        await before(++calls.appends);
        return audit.append(records);
      },
      last: async () => {
        calls.looks++;
        return audit.last();
      },
      read: async (after, limit) => audit.read(after, limit),
    },
  };
}

/** Lets others work. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await new Promise(setImmediate);
}

const failed = new ContinuoError('STORE_FAILED', 'the disk stumbles');
const coded = (code: string) => (error: unknown) => error instanceof ContinuoError && error.code === code;

suite('the auditor', () => {
  test('A1: a note is there when its promise resolves, in the order in which notes came', async () => {
    const { audit } = aLog();
    const auditor = new Auditor(audit);
    const full = aNote('one', { run: 'r', project: 'p', details: '{}' });
    await auditor.note(full);
    assert.deepEqual(await all(audit), [seal('', 1, full)]);
    await Promise.all(['two', 'three'].map((what) => auditor.note(aNote(what))));
    assert.deepEqual(await whats(audit), ['one', 'two', 'three']);
    assert.equal((await verifyAudit(audit)).seq, 3);
  });

  test('A1: an auditor goes on where the log ends', async () => {
    const { audit } = aLog();
    await new Auditor(audit).note(aNote('before'));
    await new Auditor(audit).note(aNote('after'));
    assert.equal((await verifyAudit(audit)).seq, 2);
  });

  test('A2: what is noted in a turn, and while the store writes, costs one append', async () => {
    let later: Promise<unknown> = Promise.resolve();
    const { audit, calls } = aLog(async (append) => {
      if (append === 1) later = Promise.all(Array.from({ length: 20 }, (_, n) => auditor.note(aNote(`later ${n}`))));
    });
    const auditor = new Auditor(audit);
    await Promise.all(Array.from({ length: 20 }, (_, n) => auditor.note(aNote(`first ${n}`))));
    await later;
    assert.deepEqual(calls, { appends: 2, looks: 1 });
    assert.equal((await verifyAudit(audit)).seq, 40);
  });

  test('A2: a great many are written in several appends, all of them and in order', async () => {
    const { audit } = aLog();
    const auditor = new Auditor(audit);
    const names = Array.from({ length: 2345 }, (_, n) => `${n}`);
    await Promise.all(names.map((what) => auditor.note(aNote(what))));
    assert.deepEqual(await whats(audit), names);
    assert.equal((await verifyAudit(audit)).seq, names.length);
  });

  test('A3: one that is overtaken seals its notes again behind those of the other', async () => {
    const others = ['x', 'y', 'z'];
    const { access } = openMemory({ data: memoryData() });
    const intruder = new Auditor(access.audit);
    let appends = 0;
    const contested: Audit = {
      ...access.audit,
      append: async (records) => {
        const what = others[++appends - 2];
        if (what !== undefined) await intruder.note(aNote(what));
        return access.audit.append(records);
      },
    };
    const auditor = new Auditor(contested, { pause: async () => undefined });
    await auditor.note(aNote('a'));
    await Promise.all([auditor.note(aNote('b')), auditor.note(aNote('c'))]);
    assert.deepEqual(await whats(access.audit), ['a', ...others, 'b', 'c']);
    assert.equal(appends, 5);
    assert.equal((await verifyAudit(access.audit)).seq, 6);
  });

  test('A3: two auditors on one store: every note of both is there once, and the chain is whole', async () => {
    const data = memoryData();
    const logs = [openMemory({ data }).access.audit, openMemory({ data }).access.audit];
    const slow = logs.map((audit): Audit => ({
      append: async (records) => {
        await turns(1);
        return audit.append(records);
      },
      last: async () => {
        const last = await audit.last();
        await turns(1);
        return last;
      },
      read: (after, limit) => audit.read(after, limit),
    }));
    await Promise.all(
      slow.map(async (audit, who) => {
        const auditor = new Auditor(audit, { pause: () => turns(4) });
        for (let n = 0; n < 100; n++) await Promise.all([auditor.note(aNote(`${who} ${n} a`)), auditor.note(aNote(`${who} ${n} b`))]);
      }),
    );
    const [log] = logs;
    assert.ok(log);
    assert.equal((await verifyAudit(log)).seq, 400);
    const written = await whats(log);
    for (const who of [0, 1])
      assert.deepEqual(
        written.filter((what) => what.startsWith(`${who} `)),
        Array.from({ length: 100 }, (_, n) => [`${who} ${n} a`, `${who} ${n} b`]).flat(),
      );
  });

  test('A3: one that is always overtaken gives up, and says so', async () => {
    const { audit } = aLog();
    const auditor = new Auditor({ ...audit, append: async () => 'overtaken' }, { pause: async () => undefined });
    await assert.rejects(auditor.note(aNote('a')), coded('STORE_FAILED'));
  });

  test('a store that fails rejects those notes, and the next ones are written', async () => {
    let failing = 1;
    const { audit } = aLog(async () => {
      if (failing-- > 0) throw failed;
    });
    const auditor = new Auditor(audit);
    const lost = [auditor.note(aNote('a')), auditor.note(aNote('b'))];
    for (const one of lost) await assert.rejects(one, failed);
    await auditor.note(aNote('c'));
    assert.deepEqual(await whats(audit), ['c']);
  });

  test('a store that failed after it had written: the chain goes on behind what is there', async () => {
    const { audit } = aLog();
    let failing = 2;
    const auditor = new Auditor({
      ...audit,
      append: async (records) => {
        const answer = await audit.append(records);
        if (failing-- === 1) throw failed;
        return answer;
      },
    });
    await auditor.note(aNote('a'));
    await assert.rejects(auditor.note(aNote('b')), failed);
    await auditor.note(aNote('c'));
    assert.deepEqual(await whats(audit), ['a', 'b', 'c']);
    assert.equal((await verifyAudit(audit)).seq, 3);
  });

  test('a store that cannot be read rejects, and is asked again for the next note', async () => {
    const { audit } = aLog();
    let failing = 1;
    const auditor = new Auditor({
      ...audit,
      last: async () => {
        if (failing-- > 0) throw failed;
        return audit.last();
      },
    });
    await assert.rejects(auditor.note(aNote('a')), failed);
    await auditor.note(aNote('b'));
    assert.deepEqual(await whats(audit), ['b']);
  });

  test('A4: what no store holds is replaced, and a time that is none is refused alone', async () => {
    const { audit } = aLog();
    const auditor = new Auditor(audit);
    const [odd, timeless, good] = await Promise.allSettled([
      auditor.note(aNote('a\ud800', { run: 'b\0c', details: '\udc00' })),
      auditor.note(aNote('never', { at: NaN })),
      auditor.note(aNote('good')),
    ]);
    assert.equal(odd.status, 'fulfilled');
    assert.ok(timeless.status === 'rejected' && coded('INTERNAL')(timeless.reason));
    assert.equal(good.status, 'fulfilled');
    const [first] = await all(audit);
    assert.deepEqual([first?.what, first?.run, first?.details], ['a\u{FFFD}', 'b\u{FFFD}c', '\u{FFFD}']);
    assert.equal((await verifyAudit(audit)).seq, 2);
  });
});

suite('verifying the audit log', () => {
  const written = async (count: number): Promise<Audit> => {
    const { audit } = aLog();
    const auditor = new Auditor(audit);
    await Promise.all(Array.from({ length: count }, (_, n) => auditor.note(aNote(`${n}`))));
    return audit;
  };
  /** The same log, as somebody left it who can write into the store. */
  const changed = (audit: Audit, change: (records: readonly AuditRecord[]) => readonly AuditRecord[]): Pick<Audit, 'read'> => ({
    read: async (after, limit) =>
      change(await all(audit))
        .filter(({ seq }) => seq > after)
        .slice(0, limit),
  });

  test('an empty log is whole', async () => assert.deepEqual(await verifyAudit(await written(0)), { seq: 0, hash: '' }));

  test('a long log is read to its end, and its last record is told', async () => {
    const audit = await written(3000);
    const { hash } = (await audit.last()) ?? assert.fail();
    assert.deepEqual(await verifyAudit(audit, hash), { seq: 3000, hash });
  });

  test('AUDIT_BROKEN says at which record, on whatever page', async () => {
    const audit = await written(2500);
    for (const place of [0, 999, 1000, 1001, 2499]) {
      const forged = changed(audit, (records) => records.map((one, at) => (at === place ? { ...one, who: 'somebody' } : one)));
      await assert.rejects(
        verifyAudit(forged),
        (error) => coded('AUDIT_BROKEN')(error) && error instanceof ContinuoError && error.message.includes(`at record ${place + 1}:`),
      );
    }
  });

  test('H2: an end that was cut off, or made anew, is found by a hash of before', async () => {
    const audit = await written(20);
    const { hash } = (await audit.last()) ?? assert.fail();
    const cut = changed(audit, (records) => records.slice(0, 15));
    assert.equal((await verifyAudit(cut)).seq, 15, 'nobody who has no hash can see it');
    await assert.rejects(verifyAudit(cut, hash), coded('AUDIT_BROKEN'));
    const anew = changed(audit, (records) => [...records.slice(0, 19), seal(records[18]?.hash ?? '', 20, aNote('other'))]);
    await assert.rejects(verifyAudit(anew, hash), coded('AUDIT_BROKEN'));
    await new Auditor(audit).note(aNote('more'));
    assert.equal((await verifyAudit(audit, hash)).seq, 21, 'what came after it does no harm');
  });
});
