import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { madeBefore } from './made-before.ts';
import { digestOf, isAsDelivered, isChangedByHand, putAside } from './own-hand.ts';
import { placeFor, type Place } from './place.ts';
import { saved, stateOf } from './watching.ts';

describe('a script beside its film', () => {
  let folder = '';
  let place: Place = placeFor('', '');
  const script = '{"title": "A", "steps": []}';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'continuo-hand-'));
    place = placeFor('', folder);
    writeFileSync(place.script, script);
    const kept = { request: { topic: 'planes' }, pictures: 'offline', scriptDigest: digestOf(script) };
    writeFileSync(place.report, JSON.stringify({ title: 'A', ...kept }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is as it was put there, however it is laid out', () => {
    writeFileSync(place.script, '{\n  "title": "A",\n  "steps": []\n}\n');
    assert.equal(isChangedByHand(place), false);
    assert.equal(isAsDelivered(place), true);
    writeFileSync(place.script, '{"title": "B", "steps": []}');
    assert.equal(isChangedByHand(place), true);
  });

  it('is put aside when somebody changed it, even into something broken; never over another one', async () => {
    assert.equal(await putAside(place, '{"title": "new"}'), undefined);
    for (const [text, name] of [
      ['{"title": "mine"', 'script-edited.json'],
      ['{"title": "mine, too"}', 'script-edited-2.json'],
    ] as const) {
      writeFileSync(place.script, text);
      assert.equal(await putAside(place, '{"title": "new"}'), join(folder, name));
      assert.equal(readFileSync(join(folder, name), 'utf8'), text);
      assert.ok(!existsSync(place.script));
    }
  });

  it('leads to the film that it belongs to, and a script from elsewhere to none', () => {
    const { request, out } = madeBefore(place.script) ?? {};
    assert.deepEqual([request?.topic, out], ['planes', folder]);
    const named = placeFor('', join(folder, 'plane.mp4'));
    writeFileSync(named.report, readFileSync(place.report));
    assert.equal(madeBefore(named.script)?.out, named.film);
    assert.equal(madeBefore(join(folder, 'other.json')), undefined);
    writeFileSync(place.report, '{"title": "A"');
    assert.equal(madeBefore(place.script), undefined);
  });

  it('is noticed when it is saved with something new, and only then', async () => {
    const over = new AbortController();
    const filmed = stateOf(place.script);
    writeFileSync(place.script, '{"title": "new"}');
    assert.equal(await saved(place.script, filmed, over.signal), true);
    const waiting = saved(place.script, stateOf(place.script), over.signal);
    over.abort();
    assert.equal(await waiting, false);
  });
});
