import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spritePose, type Performance } from './sprite-pose.ts';

const of: Performance = {
  sprite: {
    image: { blob: 'sha256-x', bytes: 1, type: 'image/png' },
    box: { x: 100, y: 400, width: 500, height: 500 },
    role: 'hero',
    entrance: 'pop',
    after: 0,
    float: 1,
  },
  order: 1,
  frame: { width: 1080, height: 1920 },
  seconds: 6,
  present: false,
  plain: false,
};
const times = Array.from({ length: 100 }, (_, at) => 1.3 + at / 30);

describe('how a sprite lies', () => {
  it('a hero floats, turns a little and comes nearer', () => {
    const poses = times.map((time) => spritePose(of, time));
    assert.ok(new Set(poses.map((pose) => pose?.rotation)).size > 50);
    assert.ok((poses.at(-1)?.scale ?? 0) > (poses[0]?.scale ?? 9));
  });

  it('in a draft it floats by whole pixels, and neither turns nor grows', () => {
    const poses = times.map((time) => spritePose({ ...of, plain: true }, time));
    for (const pose of poses) {
      assert.equal(pose?.scale, 1);
      assert.equal(pose?.rotation, 0);
      assert.equal(Math.abs((pose?.dy ?? 1) % 2), 0);
    }
    assert.ok(new Set(poses.map((pose) => pose?.dy)).size > 3, 'it stands still');
  });

  it('comes in by its spring in a draft too', () => {
    const early = spritePose({ ...of, plain: true }, 0.1);
    assert.ok(early !== undefined && early.scale !== 1);
  });
});
