import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { forwardOf } from './forward.ts';
import { Graph, type Arrow } from './graph.ts';

const arrowsUpTo = (count: number): fc.Arbitrary<Arrow[]> => {
  const node = fc.nat(count - 1);
  return fc.array(fc.record({ from: node, to: node }), { maxLength: count * 2 });
};

const graphs = fc.integer({ min: 1, max: 12 }).chain((count) => fc.record({ count: fc.constant(count), arrows: arrowsUpTo(count) }));

/** What `precedes` must say, computed the slow way. */
function reachable(count: number, arrows: readonly Arrow[]): readonly (readonly boolean[])[] {
  const table = Array.from({ length: count }, () => Array.from({ length: count }, () => false));
  for (const { from, to } of arrows) table[from]![to] = true;
  for (let via = 0; via < count; via++) {
    for (let from = 0; from < count; from++)
      for (let to = 0; to < count; to++) if (table[from]![via]! && table[via]![to]!) table[from]![to] = true;
  }
  return table;
}

test('precedence is the transitive closure of the arrows, with circles and without', () => {
  fc.assert(
    fc.property(graphs, ({ count, arrows }) => {
      const graph = new Graph(count, arrows);
      const expected = reachable(count, arrows);
      for (let from = 0; from < count; from++) {
        for (let to = 0; to < count; to++)
          if (from !== to) assert.equal(graph.precedes(from, to), expected[from]![to], `${from} before ${to}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('asked again and again about one node it says the same', () => {
  fc.assert(
    fc.property(graphs, ({ count, arrows }) => {
      const graph = new Graph(count, arrows);
      const expected = reachable(count, arrows);
      for (let to = 0; to < count; to++) {
        for (const from of [...expected.keys(), ...expected.keys()])
          if (from !== to) assert.equal(graph.precedes(from, to), expected[from]![to], `${from} before ${to}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('circles are the sets of nodes that lead to each other, and the way round one is a way', () => {
  fc.assert(
    fc.property(graphs, ({ count, arrows }) => {
      const graph = new Graph(count, arrows);
      const expected = reachable(count, arrows);
      const circles = graph.circles();
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++) {
          const together = circles.some((circle) => circle.includes(a) && circle.includes(b));
          assert.equal(together, expected[a]![b]! && expected[b]![a]!, `${a} and ${b}`);
        }
      }
      for (const circle of circles) {
        const way = graph.wayRound(circle);
        assert.equal(way[0], circle[0]);
        assert.equal(new Set(way).size, way.length);
        for (const [index, from] of way.entries()) {
          const to = way[(index + 1) % way.length];
          assert.ok(
            arrows.some((arrow) => arrow.from === from && arrow.to === to),
            `${from} → ${to}`,
          );
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('a node is stuck exactly where it stands in a circle or behind one', () => {
  fc.assert(
    fc.property(graphs, ({ count, arrows }) => {
      const graph = new Graph(count, arrows);
      const expected = reachable(count, arrows);
      for (let node = 0; node < count; node++) {
        let behind = expected[node]![node]!;
        for (let other = 0; other < count; other++) behind ||= expected[other]![other]! && expected[other]![node]!;
        assert.equal(graph.isStuck(node), behind);
      }
    }),
  );
});

test('wishes are granted in order, as many as close no circle', () => {
  const setting = graphs.chain(({ count, arrows }) =>
    fc.record({ count: fc.constant(count), arrows: fc.constant(arrows.filter(({ from, to }) => from < to)), wishes: arrowsUpTo(count) }),
  );
  fc.assert(
    fc.property(setting, ({ count, arrows, wishes }) => {
      const granted: Arrow[] = [];
      for (const wish of wishes)
        if (wish.from !== wish.to && !reachable(count, [...arrows, ...granted])[wish.to]![wish.from]!) granted.push(wish);
      assert.deepEqual(forwardOf(count, arrows, wishes), granted);
    }),
    { numRuns: 500 },
  );
});

test('a chain of 100,000 neither overflows the stack nor takes long', () => {
  const count = 100_000;
  const chain = Array.from({ length: count - 1 }, (_, from) => ({ from, to: from + 1 }));
  const graph = new Graph(count, chain);
  for (let node = 1; node < count; node++) assert.ok(graph.precedes(0, node));
  const round = new Graph(count, [...chain, { from: count - 1, to: 0 }]);
  assert.equal(round.circles()[0]?.length, count);
});
