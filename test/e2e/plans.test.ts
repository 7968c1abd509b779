import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, explain, options } from './desk.ts';

const plan = { id: 'greet', steps: [{ id: 'hello', agentId: 'echo', action: 'run', dependencies: [] }] };

suite('continuo plans', options, () => {
  test('a pair of keys is made, a plan is signed, and the signature counts for whoever has the public key', async (t) => {
    const at = desk(t);
    const made = await at.run('plans', 'keygen', 'ada');
    assert.equal(made.code, 0, explain(made));
    assert.equal(statSync(at.path('ada.pem')).mode & 0o777, 0o600);
    at.write('plan.json', plan);
    const signed = await at.run('plans', 'sign', 'plan.json', '--key', 'ada.pem', '--out', 'signed.json');
    assert.equal(signed.code, 0, explain(signed));
    assert.equal(signed.stdout, '');
    const piped = await at.run('plans', 'sign', 'plan.json', '--key', 'ada.pem');
    assert.equal(piped.stdout, readFileSync(at.path('signed.json'), 'utf8'));
    const counts = await at.run('plans', 'verify', 'signed.json', '--signer', 'ada.pub.pem', '--json');
    assert.equal(counts.code, 0, explain(counts));
    const { status, signer, workflow } = outcome(counts);
    assert.deepEqual([status, signer, workflow], ['valid', 'ada', 'greet']);
  });

  test('a plan that was changed, and a signer who is somebody else: 1', async (t) => {
    const at = desk(t);
    await at.run('plans', 'keygen', 'ada');
    await at.run('plans', 'keygen', 'eve');
    at.write('plan.json', plan);
    await at.run('plans', 'sign', 'plan.json', '-k', 'ada.pem', '-o', 'signed.json');
    at.write('changed.json', readFileSync(at.path('signed.json'), 'utf8').replace('"echo"', '"other"'));
    for (const words of [
      ['changed.json', '--signer', 'ada.pub.pem'],
      ['signed.json', '--signer', 'eve.pub.pem'],
      ['signed.json', '--signer', 'ada=eve.pub.pem'],
    ]) {
      const refused = await at.run('plans', 'verify', ...words);
      assert.equal(refused.code, 1, explain(refused));
      assert.match(refused.stderr, /error SIGNATURE_INVALID/);
    }
  });

  test('keys are not written over, mixed up, or of another kind: 2', async (t) => {
    const at = desk(t);
    await at.run('plans', 'keygen', 'ada');
    at.write('plan.json', plan);
    const own = readFileSync(at.path('ada.pem'), 'utf8');
    for (const [words, message] of [
      [['keygen', 'ada'], /not written over/],
      [['keygen', 'nowhere/ada'], /cannot be written/],
      [['sign', 'plan.json', '--key', 'ada.pub.pem'], /no private key/],
      [['sign', 'plan.json', '--key', 'nobody.pem'], /no such file/],
      [['verify', 'plan.json', '--signer', 'ada.pub.pem'], /no signed plan/],
      [['verify', 'plan.json', '--signer', 'ada.pem', 'plan.json'], /./],
    ] as const) {
      const refused = await at.run('plans', ...words);
      assert.equal(refused.code, 2, explain(refused));
      assert.match(refused.stderr, message);
    }
    assert.equal(readFileSync(at.path('ada.pem'), 'utf8'), own);
  });
});
