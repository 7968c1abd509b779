import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layoutOf, type Aspect, type Box } from '../../film/aspect.ts';
import type { Palette } from '../../film/palette.ts';
import type { SceneKind } from '../../film/scene.ts';
import type { Arrangement, PictureBrief } from '../brief.ts';
import { placementOf, type Placed } from './placement.ts';

const palette: Palette = {
  name: 'night',
  ground: ['#0b1037', '#1b1464'],
  glows: ['#5b2be0'],
  accent: '#ffd84d',
  onAccent: '#14102b',
  ink: '#ffffff',
  shade: '#0b0824',
};
const aspects: readonly Aspect[] = ['9:16', '16:9', '1:1'];
const arrangements: readonly Arrangement[] = ['ring', 'podium', 'plus', 'arrow', 'row', 'board', 'frame', 'title', 'ending'];
const kinds: readonly SceneKind[] = ['title', 'materials', 'step', 'result', 'ending'];

const brief = (of: Partial<PictureBrief>): PictureBrief => ({
  kind: 'step',
  number: 3,
  aspect: '9:16',
  palette,
  arrangement: 'ring',
  things: ['a', 'b', 'c', 'd', 'e', 'f'],
  diagram: { svg: '', width: 800, height: 720, shows: '' },
  photo: null,
  ground: 0,
  seed: 1,
  shows: '',
  ...of,
});

function* all(): Generator<PictureBrief> {
  for (const aspect of aspects)
    for (const arrangement of arrangements)
      for (const kind of kinds)
        for (const count of [1, 2, 3, 6])
          for (const seed of [4, 7])
            yield brief({ aspect, arrangement, kind, seed, things: ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count) });
}

const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1 &&
  inner.y >= outer.y - 1 &&
  inner.x + inner.width <= outer.x + outer.width + 1 &&
  inner.y + inner.height <= outer.y + outer.height + 1;

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const things = (placed: readonly Placed[]): readonly Placed[] => placed.filter(({ drawn }) => drawn.is === 'thing');
const about = ({ aspect, arrangement, kind, things: { length } }: PictureBrief): string => `${aspect} ${arrangement} ${kind} of ${length}`;

describe('where things stand', () => {
  it('everything is inside the picture’s part of the frame, in all shapes, arrangements and scenes', () => {
    for (const one of all())
      for (const { box, drawn } of placementOf(one).filter(({ role }) => role !== 'badge'))
        assert.ok(within(box, layoutOf(one.aspect).picture), `${about(one)}: ${drawn.is} ${JSON.stringify(box)}`);
  });

  it('the number of a step can be read, and stands clear of the heading, which is in the middle', () => {
    for (const aspect of aspects) {
      const badge = placementOf(brief({ aspect })).find(({ role }) => role === 'badge');
      const { safe, heading } = layoutOf(aspect);
      const pill = { ...heading, x: heading.x + heading.width / 4, width: heading.width / 2 };
      assert.ok(badge !== undefined && within(badge.box, safe));
      assert.equal(shared(badge.box, pill), 0);
    }
  });

  it('no thing hides another, and the number hides none', () => {
    for (const one of all()) {
      const placed = placementOf(one);
      const boxes = things(placed).map(({ box }) => box);
      for (const [at, box] of boxes.entries())
        for (const other of boxes.slice(at + 1)) {
          const smaller = Math.min(box.width * box.height, other.width * other.height);
          assert.ok(shared(box, other) < smaller * 0.2, `${about(one)}: ${JSON.stringify([box, other])}`);
        }
      const badge = placed.find(({ role }) => role === 'badge');
      for (const box of badge === undefined ? [] : boxes)
        assert.ok(shared(badge!.box, box) < box.width * box.height * 0.05, `${about(one)}: the number over a thing`);
    }
  });

  it('words have their room below what a title, an ending and the materials show', () => {
    for (const one of all()) {
      if (one.aspect === '16:9' || (one.kind !== 'title' && one.kind !== 'materials')) continue;
      const { picture } = layoutOf(one.aspect);
      const limit = picture.y + picture.height * (one.kind === 'title' ? 0.7 : 0.55);
      for (const { box } of placementOf(one)) assert.ok(box.y + box.height <= limit, about(one));
    }
  });

  it('the hero is large, and on a title it is there from the first frame', () => {
    for (const aspect of aspects) {
      const [hero] = placementOf(brief({ aspect, number: null, kind: 'result' })).filter(({ role }) => role === 'hero');
      assert.ok((hero?.box.height ?? 0) >= 300);
      const [first] = placementOf(brief({ aspect, kind: 'title', arrangement: 'title' })).filter(({ role }) => role === 'hero');
      assert.equal(first?.entrance, 'still');
    }
  });

  it('a diagram and a photograph keep their shape', () => {
    const [board] = placementOf(brief({ arrangement: 'board' }));
    assert.ok(Math.abs((board?.box.width ?? 0) / (board?.box.height ?? 1) - 800 / 720) < 0.01);
  });
});
