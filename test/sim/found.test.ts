/** Worlds that once broke a promise, as they were: how worlds are drawn may change. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Scenario } from './world/scenario.ts';
import { play } from './world/world.ts';

const found = new URL('found/', import.meta.url);

describe('it does not happen again that', () => {
  for (const file of readdirSync(found))
    it(file.replace('.json', '').replaceAll('-', ' '), async () => {
      // A scenario was written into it.
      const scenario = JSON.parse(readFileSync(new URL(file, found), 'utf8')) as Scenario;
      assert.equal((await play(scenario)).violation, undefined);
    });
});
