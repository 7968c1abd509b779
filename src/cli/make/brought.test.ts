import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { broughtAlong } from './brought.ts';

it('a folder of pictures that has changed makes another film; hidden files do not count', (t) => {
  const assets = mkdtempSync(join(tmpdir(), 'continuo-brought-'));
  t.after(() => rmSync(assets, { recursive: true, force: true }));
  const seen = (): string | undefined => broughtAlong({ assets, music: 'auto' });
  const empty = seen();
  writeFileSync(join(assets, '.DS_Store'), 'x');
  assert.equal(seen(), empty);
  writeFileSync(join(assets, 'plane.png'), 'x');
  const one = seen();
  assert.notEqual(one, empty);
  writeFileSync(join(assets, 'plane.png'), 'longer');
  assert.notEqual(seen(), one);
  assert.equal(broughtAlong({ assets: null, music: 'none' }), undefined);
  assert.notEqual(broughtAlong({ assets: null, music: join(assets, 'plane.png') }), undefined);
});
