import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { layoutOf } from '../../film/aspect.ts';
import type { Transition } from '../../film/scene.ts';
import { hero, sceneOf, square } from '../fixtures/scene.ts';
import type { Pose } from '../planes/lay-moved-sprite.ts';
import { driftPath, kenBurns } from './ground-path.ts';
import { progressParts } from './progress.ts';
import { sceneTimeline, type FramePlan } from './scene-timeline.ts';
import type { TimedText } from './text-pose.ts';
import { coverOf, turnAt, type Cover } from './transition.ts';

const plans = (changes: Parameters<typeof sceneOf>[0], texts: readonly TimedText[] = []): readonly FramePlan[] => {
  const scene = sceneOf(changes);
  const timeline = sceneTimeline(scene, texts);
  return Array.from({ length: scene.frames }, (_, frame) => timeline.at(frame));
};

const rests = (pose: Pose | undefined): boolean =>
  pose !== undefined && [pose.dx, pose.dy, pose.rotation].every((by) => by === 0) && pose.scale === 1 && pose.opacity === 1;

suite('sprites', () => {
  test('of the first scene are there from the first frame, as large as they are', () => {
    const [first] = plans({ index: 0, frames: 60 });
    assert.equal(first?.sprites[0]?.pose.scale, 1);
    assert.equal(first?.sprites[0]?.pose.opacity, 1);
  });

  test('of other scenes come in at their time', () => {
    const shown = plans({ frames: 60 }).map(({ sprites }) => sprites.length);
    assert.deepEqual(shown.slice(0, 5), [0, 0, 0, 1, 1]);
  });

  test('all arrive where they rest', () => {
    for (const entrance of ['pop', 'rise', 'slide-left', 'slide-right', 'fade', 'still'] as const) {
      const { picture } = sceneOf();
      const last = plans({ frames: 60, picture: { ...picture, sprites: [{ ...hero, entrance, float: 0 }] } }).at(-1);
      assert.ok(rests(last?.sprites[0]?.pose), entrance);
    }
  });

  test('that slide in begin beyond the frame', () => {
    const { picture } = sceneOf();
    for (const [entrance, side] of [
      ['slide-left', -1],
      ['slide-right', 1],
    ] as const) {
      const [first] = plans({ picture: { ...picture, sprites: [{ ...hero, entrance, after: 0, float: 0 }] } });
      const left = hero.box.x + (first?.sprites[0]?.pose.dx ?? 0);
      assert.ok(side < 0 ? left + hero.box.width <= 0 : left >= square.width, `${entrance} ${left}`);
    }
  });

  test('never jump from a frame to the next', () => {
    const poses = plans({ frames: 90 }).flatMap(({ sprites }) => sprites.map(({ pose }) => pose));
    for (const [at, { dx, dy, rotation }] of poses.entries()) {
      const before = poses[at - 1];
      if (before === undefined) continue;
      assert.ok(Math.hypot(dx - before.dx, dy - before.dy) < 3);
      assert.ok(Math.abs(rotation - before.rotation) < 0.06);
    }
  });
});

suite('texts', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  const text = (entrance: TimedText['layer']['entrance'], pulses: boolean = false): TimedText => ({
    layer: { box, start: 0.2, end: 1.5, entrance },
    pulses,
  });

  test('are shown from their start to their end', () => {
    const shown = plans({ frames: 60 }, [text('none')]).flatMap(({ texts }, frame) => (texts.length > 0 ? [frame] : []));
    assert.equal(shown[0], 6);
    assert.equal(shown.at(-1), 44);
  });

  test('that pop up are seen in their very first frame', () => {
    const first = plans({ frames: 60 }, [text('pop')])[6]?.texts[0]?.pose;
    assert.ok(first !== undefined && first.opacity > 0.7);
  });

  test('all arrive where they rest', () => {
    for (const entrance of ['none', 'pop', 'rise', 'drop'] as const) {
      const pose = plans({ frames: 60 }, [text(entrance)])[44]?.texts[0]?.pose;
      assert.ok(rests(pose), entrance);
    }
  });

  test('that are to be pressed go on beating', () => {
    const scales = plans({ frames: 45 }, [text('pop', true)]).flatMap(({ texts }) => texts.map(({ pose }) => pose.scale));
    const late = scales.slice(-26);
    assert.ok(Math.max(...late) > 1.03 && Math.min(...late) < 1.005);
  });
});

suite('the line of progress', () => {
  const line = layoutOf('1:1').progress;
  const parts = progressParts({ line, index: 2, count: 5, share: 0.4 });

  test('has a part for each scene: full, filling, empty', () => {
    assert.deepEqual(
      parts.map(({ full }) => full),
      [1, 1, 0.4, 0, 0],
    );
  });

  test('is exactly as long as its place, for one scene and for hundreds', () => {
    for (const count of [1, 5, 300]) {
      const all = progressParts({ line, index: 0, count, share: 1 });
      const last = all.at(-1)?.box ?? line;
      assert.ok(Math.abs(last.x + last.width - line.x - line.width) < 1e-6);
      assert.ok(all.every(({ box }) => box.width > 0));
    }
  });

  test('is full in the last frame of the last scene', () => {
    const last = plans({ index: 3, count: 4, frames: 30 }).at(-1);
    assert.ok(last?.progress.every(({ full }) => full === 1));
  });
});

suite('transitions', () => {
  const covers = (transition: Transition, index: number = 1): readonly (Cover | undefined)[] => {
    const scene = { index, count: 4, frames: 60, opening: transition, closing: transition };
    return Array.from({ length: 60 }, (_, frame) => {
      const turn = turnAt(scene, frame);
      return turn === undefined ? undefined : coverOf(turn, square, { x: 540, y: 430 });
    });
  };
  /** Whether the ground colour, or where the picture was, lies at a point. */
  const isGround = ({ push, veils }: Cover, x: number, y: number): boolean => {
    const gone = push < 0 ? x >= square.width + push : x < push;
    const last = veils.findLast(({ shape, side }) => {
      const inside = y > shape.top && y < shape.bottom && x >= shape.left(y) && x < shape.right(y);
      return inside === (side === 'inside');
    });
    return last === undefined ? gone : last.colour === 'ground';
  };
  const places = [1, 270, 540, 810, 1079].flatMap((x) => [1, 270, 430, 810, 1079].map((y) => [x, y] as const));

  for (const transition of ['iris', 'wipe', 'slide'] as const) {
    test(`${transition} ends in the ground colour alone, and has uncovered all when it is over`, () => {
      const all = covers(transition);
      const last = all.at(-1);
      assert.ok(last !== undefined && places.every(([x, y]) => isGround(last, x, y)));
      assert.equal(all[30], undefined);
      assert.ok(all.filter((cover) => cover !== undefined).length <= 18);
    });

    test(`${transition} covers more from frame to frame, and uncovers likewise`, () => {
      const shares = covers(transition).map((cover) => (cover === undefined ? 0 : places.filter(([x, y]) => isGround(cover, x, y)).length));
      for (let frame = 1; frame < 60; frame++) {
        const [before = 0, now = 0] = shares.slice(frame - 1, frame + 1);
        assert.ok(frame < 30 ? now <= before : now >= before, `frame ${frame}: ${before} then ${now}`);
      }
      assert.ok((shares[0] ?? 0) > places.length / 2);
    });
  }

  test('are none before the first scene and after the last', () => {
    assert.equal(covers('iris', 0)[0], undefined);
    assert.equal(covers('iris', 3).at(-1), undefined);
  });

  test('leave most of a very short scene to be seen', () => {
    const scene = { index: 1, count: 4, frames: 6, opening: 'iris', closing: 'wipe' } as const;
    const turned = Array.from({ length: 6 }, (_, frame) => turnAt(scene, frame)).filter((turn) => turn !== undefined);
    assert.equal(turned.length, 4);
    assert.equal(turnAt({ ...scene, frames: 1 }, 0), undefined);
  });
});

suite('the ground', () => {
  const ground = { width: 1180, height: 1180 };

  test('drifts evenly, and never beyond its rim, however long the scene is', () => {
    for (const index of [0, 1, 2, 3]) {
      for (const frames of [1, 60, 400, 5000]) {
        const { at } = driftPath({ index, frames }, ground, square);
        const way = Array.from({ length: frames }, (_, frame) => at(frame));
        assert.ok(Math.min(...way) >= 0 && Math.max(...way) <= 396, `${index} ${frames}`);
        for (const [frame, place] of way.entries()) assert.ok(frame === 0 || Math.abs(place - (way[frame - 1] ?? 0)) <= 1);
      }
    }
  });

  test('stands still where it is no larger than the frame', () => {
    const { at } = driftPath({ index: 0, frames: 90 }, square, square);
    assert.deepEqual(new Set([at(0), at(45), at(89)]), new Set([0]));
  });

  test('goes another way in the next scene', () => {
    const ways = [0, 1, 2, 3].map((index) => {
      const { axis, at } = driftPath({ index, frames: 60 }, ground, square);
      return `${axis}${Math.sign(at(59) - at(0))}`;
    });
    assert.equal(new Set(ways).size, 4);
  });

  test('is zoomed over within its rim', () => {
    for (const index of [0, 1, 2, 3]) {
      const view = kenBurns({ index, frames: 100 }, ground, square);
      for (const { x, y, width, height } of [0, 50, 99].map(view)) {
        assert.ok(x >= 0 && y >= 0 && x + width <= ground.width && y + height <= ground.height);
        assert.ok(Math.abs(width - height) < 1e-6, 'it keeps its shape');
      }
      assert.notEqual(view(0).width, view(99).width);
    }
  });
});

test('lights rise, and are the same for the same scene', () => {
  const of = (index: number): readonly FramePlan[] => plans({ index, frames: 30 });
  assert.deepEqual(of(2), of(2));
  const [first, second] = of(2);
  assert.ok((second?.particles[0]?.y ?? 0) < (first?.particles[0]?.y ?? 0));
  assert.notDeepEqual(of(2)[0]?.particles, of(1)[0]?.particles);
});
