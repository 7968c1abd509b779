import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Command } from 'commander';
import { offerSharedStores, placeOf, storeOf } from './store.ts';

suite('the store of a command', () => {
  test('the next command line names it again, without its passwords', () => {
    assert.deepEqual(storeOf({}, {}).words, []);
    assert.deepEqual(storeOf({ dir: 'my data' }, {}).words, ['--dir', 'my data']);
    const said = { postgres: 'postgres://ada:secret@db/runs', redis: 'redis://:hush@cache', blobs: '/srv' };
    const store = storeOf(said, {});
    assert.deepEqual(store.words, ['--postgres', 'postgres://ada@db/runs', '--redis', 'redis://cache', '--blobs', '/srv']);
    assert.equal(placeOf(store), 'postgres://ada@db/runs');
    // The environment is there for the next command line, too.
    const env = { CONTINUO_POSTGRES: said.postgres, CONTINUO_REDIS: said.redis, CONTINUO_BLOBS: said.blobs };
    assert.deepEqual(storeOf({}, env).words, []);
  });

  test('every command that takes a directory takes a shared store', () => {
    const program = new Command();
    program.command('runs').option('-d, --dir <dir>');
    program.command('gateway').command('report').option('-d, --dir <dir>');
    program.command('validate');
    offerSharedStores(program);
    const [runs, gateway, validate] = program.commands;
    const longs = (command: Command | undefined): readonly (string | null | undefined)[] => command?.options.map(({ long }) => long) ?? [];
    assert.deepEqual(longs(runs), ['--dir', '--postgres', '--redis', '--blobs']);
    assert.deepEqual(longs(gateway?.commands[0]), ['--dir', '--postgres', '--redis', '--blobs']);
    assert.deepEqual([longs(gateway), longs(validate)], [[], []]);
  });
});
