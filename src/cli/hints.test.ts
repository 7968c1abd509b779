import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { invocation, quoted } from './hints.ts';

suite('a command to be typed next', () => {
  test('begins as this one did', () => {
    assert.equal(
      invocation({ npm_package_name: 'continuo', npm_lifecycle_event: 'example' }, '/x/bin/continuo.mjs'),
      'npm run -s continuo --',
    );
    assert.equal(invocation({ npm_lifecycle_event: 'npx' }, '/x/bin/continuo.mjs'), 'npx continuo');
    assert.equal(invocation({}, '/usr/local/bin/continuo'), 'continuo');
    assert.match(invocation({}, `${process.cwd()}/bin/continuo.mjs`), /^node bin.continuo\.mjs$/);
  });

  test('is taken by the shell word for word', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().map((word) => word.replaceAll('\0', '')),
          { minLength: 1, maxLength: 8 },
        ),
        (words) => {
          const said = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], { encoding: 'utf8' });
          assert.deepEqual(said.split('\0').slice(0, -1), words);
        },
      ),
      { numRuns: 25 },
    );
  });
});
