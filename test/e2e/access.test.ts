/** Keys and the audit log, as somebody at a terminal has them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { Desk, outcome } from './continuo.ts';
import { explain, options } from './desk.ts';

const form = /ctn_[a-z0-9]{12}_[a-f0-9]{48}/g;

suite('keys and the audit log', options, () => {
  test('keys create: the key alone is on stdout, once, and kept nowhere', async (t) => {
    const at = new Desk(t);
    const made = await at.run('keys', 'create', '--name', 'ci runner', '--scope', 'run,read', '--project', 'press', '--expires', '30d');
    assert.equal(made.code, 0, explain(made));
    const [key = ''] = made.stdout.match(form) ?? [];
    assert.equal(made.stdout, `${key}\n`);
    assert.match(made.stderr, /for ci runner.*it may read, run, in project press, until \d{4}.*shown this once.*keys revoke/s);
    assert.doesNotMatch(made.stderr, form);
    const list = await at.run('keys', 'list');
    assert.match(list.stdout, /ci runner +read, run +press .*cli:.*until/);
    const [json, audit] = [await at.run('keys', 'list', '--json'), await at.run('audit', 'list', '--json')];
    const secret = key.slice(-48);
    for (const { stdout } of [list, json, audit]) assert.ok(!stdout.includes(secret) && !stdout.includes('"hash":"sha'));
    assert.equal(JSON.parse(json.stdout).keys[0].hash, undefined);
    for (const file of ['continuo.db', 'continuo.db-wal'].map((name) => at.path(`.continuo/${name}`)))
      assert.ok(!existsSync(file) || !readFileSync(file).includes(secret));
  });

  test('keys revoke: once, and never of a key that is not there', async (t) => {
    const at = new Desk(t);
    const { id } = outcome(await at.run('keys', 'create', '--name', 'ci', '--scope', 'admin', '--json'));
    const [revoked, again, unknown] = [
      await at.run('keys', 'revoke', String(id)),
      await at.run('keys', 'revoke', String(id)),
      await at.run('keys', 'revoke', 'nobody', '--json'),
    ];
    assert.match(revoked.stdout, /✔ key \w{12} for ci is revoked/);
    assert.match(again.stdout, /was revoked before/);
    assert.equal(unknown.code, 2);
    assert.match((await at.run('keys', 'create')).stderr, /--name.*\bkeys create --help/s);
    assert.equal(outcome(unknown).error?.code, 'KEY_UNKNOWN');
    assert.match((await at.run('keys', 'list')).stdout, /ci +admin +all .*revoked/);
  });

  test('audit: each command is in it; what was changed is found, and says where', async (t) => {
    const at = new Desk(t);
    for (const name of ['one', 'two', 'three']) await at.run('keys', 'create', '--name', name, '--scope', 'read');
    const whole = await at.run('audit', 'verify');
    assert.match(whole.stdout, /✔ the audit log is whole: 3 records.*[0-9a-f]{64}/s);
    const hash = /[0-9a-f]{64}/.exec(whole.stdout)?.[0] ?? '';
    const { records } = outcome(await at.run('audit', 'verify', '--expect', hash, '--json'));
    assert.equal(records, 4, 'looking is in it too');
    const listed = await at.run('audit', 'list', '--limit', '3');
    assert.match(listed.stdout, /5 .*audit\.verify.*\n.*4 .*audit\.verify.*\n.*3 .*key\.create.*"name":"three".*\n… there is more/);
    assert.match((await at.run('audit', 'list', '--who', 'key:nobody')).stdout, /nothing of that kind/);

    const db = new DatabaseSync(at.path('.continuo/continuo.db'));
    db.exec(`UPDATE audit SET details = replace(details, 'two', 'six') WHERE seq = 2`);
    db.close();
    const broken = await at.run('audit', 'verify', '--json');
    assert.equal(broken.code, 1);
    assert.equal(outcome(broken).error?.code, 'AUDIT_BROKEN');
    assert.match(outcome(broken).error?.message ?? '', /at record 2/);
    assert.equal((await at.run('audit', 'list')).code, 0, 'and can still be read');
  });

  test('audit verify: an end that was cut off is found by the hash of before', async (t) => {
    const at = new Desk(t);
    for (const name of ['one', 'two']) await at.run('keys', 'create', '--name', name, '--scope', 'read');
    const hash = String(outcome(await at.run('audit', 'verify', '--json'))['hash']);
    const db = new DatabaseSync(at.path('.continuo/continuo.db'));
    db.exec('DELETE FROM audit WHERE seq > 1');
    db.close();
    assert.equal((await at.run('audit', 'verify')).code, 0);
    const found = await at.run('audit', 'verify', '--expect', hash);
    assert.equal(found.code, 1);
    assert.match(found.stderr, /AUDIT_BROKEN.*cut off/);
  });

  test('bad input is refused before anything is made, and an empty place is no error', async (t) => {
    const at = new Desk(t);
    for (const words of [
      ['keys', 'create', '--name', 'x', '--scope', 'write'],
      ['keys', 'create', '--scope', 'read'],
      ['keys', 'create', '--name', 'x'],
      ['keys', 'revoke', 'x'],
      ['keys', 'list', '--dir', 'elsewhere'],
      ['audit', 'verify'],
      ['audit', 'verify', '--expect', 'abc'],
      ['audit', 'list', '--limit', '0'],
    ]) {
      const ended = await at.run(...words);
      assert.equal(ended.code, 2, `${words.join(' ')}\n${explain(ended)}`);
      assert.match(ended.stderr, /^error USAGE: /);
    }
    assert.match((await at.run('keys', 'list')).stdout, /no keys in \.continuo yet/);
    assert.match((await at.run('audit', 'list')).stdout, /nobody has done anything/);
  });
});
