import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { served } from './served.ts';

suite('the door', () => {
  test('what is not there is told as a problem document', async (t) => {
    const { ask } = await served(t);
    const { status, headers, as } = await ask('GET', '/nowhere');
    assert.deepEqual([status, headers['content-type'], as().code], [404, 'application/problem+json', 'ROUTE_UNKNOWN']);
    assert.equal(as().type, '/errors/ROUTE_UNKNOWN');
  });
});
