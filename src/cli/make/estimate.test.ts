import assert from 'node:assert/strict';
import { it } from 'node:test';
import { roughly, secondsToMake } from './estimate.ts';

it('more care and more film take longer, and more cores less', () => {
  const request = { topic: 'x', duration: 60, quality: 'standard' } as Parameters<typeof secondsToMake>[0];
  const usual = secondsToMake(request, 2);
  assert.ok(secondsToMake({ ...request, quality: 'draft' }, 2) < usual);
  assert.ok(secondsToMake({ ...request, quality: 'high' }, 2) > usual);
  assert.ok(secondsToMake({ ...request, duration: 120 }, 2) > usual);
  assert.ok(secondsToMake(request, 4) < usual);
  assert.equal(secondsToMake(request, 64), secondsToMake(request, 4));
});

it('says a time as people do', () => {
  assert.deepEqual([3, 44, 70, 76, 90, 119, 250].map(roughly), ['10 s', '40 s', '70 s', '1½ min', '1½ min', '2 min', '4 min']);
});
