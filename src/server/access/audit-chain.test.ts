import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { AuditNote, AuditRecord } from '../../ports/access.ts';
import { beginning, seal, verify } from './audit-chain.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const note: fc.Arbitrary<AuditNote> = fc.record(
  { at: fc.double({ noNaN: true, noDefaultInfinity: true }), who: text, what: text, run: text, project: text, details: text },
  { requiredKeys: ['at', 'who', 'what'] },
);
const notes = fc.array(note, { minLength: 1, maxLength: 12 });

function chained(all: readonly AuditNote[]): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const one of all) records.push(seal(records.at(-1)?.hash ?? '', records.length + 1, one));
  return records;
}

/** Where the chain breaks; undefined where it does not. */
function breaksAt(records: readonly AuditRecord[]): number | undefined {
  const verdict = verify(records);
  return verdict.is === 'broken' ? verdict.at : undefined;
}

const fields = ['seq', 'at', 'who', 'what', 'run', 'project', 'details', 'before', 'hash'] as const;

/** The record with another value in one field. */
function forged(record: AuditRecord, field: (typeof fields)[number]): AuditRecord {
  const value = record[field];
  return { ...record, [field]: typeof value === 'number' ? value + 1 + Math.abs(value) : value === undefined ? '' : `${value}.` };
}

suite('the chain of the audit log', () => {
  test('H2: what was sealed is whole, in one piece and page by page', () => {
    fc.assert(
      fc.property(notes, fc.nat(), (all, cut) => {
        const records = chained(all);
        const last = { seq: records.length, hash: records.at(-1)?.hash };
        const whole = verify(records);
        assert.deepEqual(whole, { is: 'whole', last });
        const first = verify(records.slice(0, cut % records.length));
        assert.ok(first.is === 'whole');
        assert.deepEqual(verify(records.slice(cut % records.length), first.last), { is: 'whole', last });
      }),
    );
    assert.deepEqual(verify([]), { is: 'whole', last: beginning });
  });

  test('H2: a change of any field of any record is found there, or at the next one', () => {
    fc.assert(
      fc.property(notes, fc.nat(), fc.constantFrom(...fields), (all, which, field) => {
        const records = chained(all);
        const place = which % records.length;
        assert.equal(breaksAt(records.map((record, at) => (at === place ? forged(record, field) : record))), place + 1);
      }),
    );
  });

  test('H2: a field that goes or comes is found', () => {
    fc.assert(
      fc.property(notes, fc.constantFrom('run', 'project', 'details'), (all, field) => {
        const records = chained(all);
        const [first, ...rest] = records;
        assert.ok(first);
        const { [field]: there, ...without } = first;
        const changed = there === undefined ? { ...first, [field]: '' } : without;
        assert.equal(breaksAt([changed, ...rest]), 1);
      }),
    );
  });

  test('H2: records that were removed, doubled, swapped or put in between are found where it happened', () => {
    fc.assert(
      fc.property(notes, note, fc.nat(), (all, added, which) => {
        const records = chained([added, ...all, added]);
        const place = which % (records.length - 1);
        assert.equal(breaksAt(records.toSpliced(place, 1)), place + 1);
        assert.equal(breaksAt(records.toSpliced(place, 0, records[place] ?? assert.fail())), place + 2);
        const [one, other] = records.slice(place);
        assert.ok(one && other);
        assert.equal(breaksAt(records.toSpliced(place, 2, other, one)), place + 1);
        assert.equal(breaksAt(records.toSpliced(place + 1, 0, seal(one.hash, one.seq + 1, added))), place + 3);
      }),
    );
  });

  test('H1: what moves from one field to the next gives another hash', () => {
    const hashes = [
      { who: 'ab', what: 'c' },
      { who: 'a', what: 'bc' },
      { who: 'a', what: 'b', run: 'c' },
      { who: 'a', what: 'b', project: 'c' },
      { who: 'a', what: 'b', details: 'c' },
      { who: 'a","b', what: 'c' },
      { who: 'a', what: 'b","c' },
      { who: 'a', what: 'b', run: 'null' },
      { who: 'a', what: 'b' },
    ].map((one) => seal('', 1, { at: 0, ...one }).hash);
    assert.equal(new Set(hashes).size, hashes.length);
    assert.notEqual(seal('1', 1, { at: 0, who: '', what: '' }).hash, seal('', 11, { at: 0, who: '', what: '' }).hash);
  });

  test('H1: what is hashed stays what it is, for logs of earlier versions must verify', () => {
    const full = { at: 1732222800000.5, who: 'key:ab', what: 'run.start', run: 'r', project: 'p', details: '{"a":"🎻"}' };
    const hashed = '["",1,1732222800000.5,"key:ab","run.start","r","p","{\\"a\\":\\"🎻\\"}"]';
    assert.equal(seal('', 1, full).hash, hash('sha256', hashed));
    assert.equal(
      seal('00', 2, { at: 0, who: 'admin', what: 'key.create' }).hash,
      hash('sha256', '["00",2,0,"admin","key.create",null,null,null]'),
    );
  });
});
