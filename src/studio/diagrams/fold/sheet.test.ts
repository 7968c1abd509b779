import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaOf, at, boundsOf, distance, sideOf, type Point } from '../drawing/geometry.ts';
import { foldModels } from './depict-fold.ts';
import { creased, creaseOf, folded, rectangle, rotated, sheetArea, turnedOver, type Fold, type Sheet } from './sheet.ts';

const rounded = ({ x, y }: Point): string => `${Math.round(x * 10) / 10 + 0},${Math.round(y * 10) / 10 + 0}`;

/** The corners of what one sees from outside, as if a rubber band lay around it. */
function hull(sheet: Sheet): readonly string[] {
  const points = sheet.facets.flatMap(({ outline }) => outline);
  const edges = points.flatMap((a) =>
    points.filter((b) => rounded(a) !== rounded(b) && points.every((other) => sideOf([a, b], other) > -1e-3)).map((b) => [a, b] as const),
  );
  const withinEdge = (point: Point): boolean =>
    edges.some(
      ([a, b]) =>
        distance(a, point) > 1 && distance(b, point) > 1 && Math.abs(distance(a, point) + distance(point, b) - distance(a, b)) < 1e-3,
    );
  return [...new Set(edges.flatMap(([a]) => (withinEdge(a) ? [] : [rounded(a)])))].toSorted();
}

const inHalf: Fold = { line: [at(50, 0), at(50, 100)], moves: at(100, 50), direction: 'valley' };

test('a valley fold brings the moving half over the rest, its other side up', () => {
  const { facets } = folded(rectangle(100, 100), inHalf);
  assert.deepEqual(
    facets.map(({ front }) => front),
    [true, false],
  );
  assert.deepEqual(boundsOf(facets[1]?.outline ?? []), { left: 0, top: 0, right: 50, bottom: 100 });
});

test('a mountain fold puts it behind', () => {
  const { facets } = folded(rectangle(100, 100), { ...inHalf, direction: 'mountain' });
  assert.deepEqual(
    facets.map(({ front }) => front),
    [false, true],
  );
});

test('layers that move together end in the opposite order', () => {
  const quarter = folded(folded(rectangle(100, 100), inHalf), { line: [at(0, 50), at(50, 50)], moves: at(0, 100), direction: 'valley' });
  assert.deepEqual(
    quarter.facets.map(({ front }) => front),
    [true, false, true, false],
  );
  assert.equal(sheetArea(quarter), 100 * 100);
});

test('only as many of the topmost layers move as are asked for', () => {
  const half = folded(rectangle(100, 100), inHalf);
  const flap: Fold = { line: [at(0, 50), at(50, 50)], moves: at(0, 100), direction: 'valley', top: 1 };
  const { facets } = folded(half, flap);
  assert.equal(facets.length, 3);
  assert.equal(areaOf(facets[0]?.outline ?? []), 5000);
});

test('a fold that moves nothing changes nothing', () => {
  const away: Fold = { line: [at(200, 0), at(200, 100)], moves: at(300, 0), direction: 'valley' };
  assert.deepEqual(folded(rectangle(100, 100), away), rectangle(100, 100));
  assert.equal(creaseOf(rectangle(100, 100), away), undefined);
});

test('a crease goes where its paper goes', () => {
  const marked = creased(rectangle(100, 100), { line: [at(75, 0), at(75, 100)], moves: at(100, 0), direction: 'valley' });
  const { facets } = folded(marked, inHalf);
  assert.deepEqual(facets[0]?.creases, []);
  assert.deepEqual(
    facets[1]?.creases[0]?.map(({ x }) => Math.round(x)),
    [25, 25],
  );
});

test('turning over twice, and all the way around, gives the same sheet', () => {
  const sheet = folded(rectangle(100, 100), inHalf);
  assert.deepEqual(
    turnedOver(turnedOver(sheet)).facets.map(({ outline }) => outline.map(rounded)),
    sheet.facets.map(({ outline }) => outline.map(rounded)),
  );
  assert.deepEqual(
    rotated(sheet, 360).facets.map(({ outline }) => outline.map(rounded)),
    sheet.facets.map(({ outline }) => outline.map(rounded)),
  );
});

for (const model of foldModels) {
  test(`${model.name}: no step makes paper or takes it away`, () => {
    const whole = sheetArea(model.steps[0]?.before ?? rectangle(1, 1));
    for (const { before, after, name } of model.steps) {
      assert.ok(Math.abs(sheetArea(before) - whole) < 0.01, name);
      assert.ok(Math.abs(sheetArea(after) - whole) < 0.01, name);
    }
  });

  test(`${model.name}: every fold line lies on the paper that is shown`, () => {
    for (const { before, moves, name } of model.steps) {
      for (const move of moves) if (move.kind === 'fold' || move.kind === 'crease') assert.ok(creaseOf(before, move.fold), name);
    }
  });
}

const model = (name: string): readonly { readonly after: Sheet }[] => foldModels.find((one) => one.name.includes(name))?.steps ?? [];
const after = (name: string, step: number): Sheet => model(name)[step - 1]?.after ?? assert.fail(`${name} has no step ${step}`);

test('the airplane is a house, an envelope, a roof with a tip, and a dart', () => {
  assert.deepEqual(hull(after('airplane', 2)), ['0,105', '0,297', '105,0', '210,105', '210,297']);
  assert.deepEqual(hull(after('airplane', 3)), ['0,136', '0,297', '210,136', '210,297']);
  assert.deepEqual(hull(after('airplane', 4)), ['0,241', '0,297', '105,136', '210,241', '210,297']);
  assert.equal(
    after('airplane', 4).facets.some(({ outline }) => outline.some((point) => rounded(point) === '105,272')),
    true,
    'the tip peeks out',
  );
  assert.equal(
    after('airplane', 5)
      .facets.at(-1)
      ?.outline.some((point) => rounded(point) === '105,210'),
    true,
    'the lock lies on top',
  );
  const dart = boundsOf(after('airplane', 6).facets.flatMap(({ outline }) => outline));
  assert.deepEqual([dart.right - dart.left, dart.bottom - dart.top].map(Math.round), [161, 105]);
});

test('the crane goes through the square base and the bird base', () => {
  assert.deepEqual(hull(after('crane', 3)), ['-53,0', '0,-53', '0,53', '53,0']);
  assert.deepEqual(hull(after('crane', 5)), ['-31.1,-22', '0,-97', '0,53', '31.1,-22']);
});

test('the snowflake becomes a wedge of a sixth', () => {
  const wedge = hull(after('snowflake', 3));
  assert.ok(wedge.includes('0,0'));
  assert.ok(wedge.includes('-53,-91.9') && wedge.includes('53,-91.9'));
});
