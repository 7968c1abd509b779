/** Pots, soil and what grows in them. */
import { box, disc, drawn, each, glint, line, moved, oval, path, tube, turned, within, type Family } from './draw.ts';

const pot = (x: number, y: number, width: number): string => {
  const height = width * 0.8;
  const inset = width * 0.16;
  return (
    path(
      'terracotta',
      `M${x + width * 0.06} ${y + 2}h${width * 0.88}l${-inset} ${height - 3}a1.5 1.5 0 0 1-1.5 1.2H${x + inset + 1.5}a1.5 1.5 0 0 1-1.5-1.2Z`,
      'bulk',
    ) + box('terracotta', x, y, width, width * 0.22, width * 0.07)
  );
};

const leaf = (x: number, y: number, angle: number, length: number, paint: 'leaf' | 'green' | 'moss' = 'leaf'): string =>
  turned(
    angle,
    x,
    y,
    path(
      paint,
      `M${x} ${y}c${-length * 0.42} ${-length * 0.25} ${-length * 0.4} ${-length * 0.75} 0 ${-length}c${length * 0.4} ${length * 0.25} ${length * 0.42} ${length * 0.75} 0 ${length}Z`,
      'thin',
    ),
  );

const sprout = (x: number, y: number, scale: number): string =>
  tube('green', 0.9 * scale, `M${x} ${y}v${-4 * scale}`) +
  leaf(x, y - 3.5 * scale, -50, 5 * scale) +
  leaf(x, y - 3.5 * scale, 50, 5 * scale, 'green');

const heap =
  'M2 28c-.8-4 2-6 4.5-8 2.5-2 3-5.5 5.5-8 2-2 6-2 8 0 2.5 2.5 3 6 5.5 8 2.5 2 5.3 4 4.5 8a1.5 1.5 0 0 1-1.5 1.3h-25A1.5 1.5 0 0 1 2 28Z';

export const garden: Family = {
  'watering-can': drawn(
    'can, watering, watering plants, water can',
    tube('teal', 2.2, 'M22 13c9-5 10 9 2 12'),
    tube('teal', 2, 'M10.5 12c1-8 11-8 12 0'),
    path('teal', 'M10 20.5 3.5 9.5l2-1.2L12 15Z', 'thin'),
    turned(-30, 4, 8, oval('teal', 4, 7.5, 4.2, 1.8, 'thin')),
    path('teal', 'M9.5 12.5h15l1.3 14a2.3 2.3 0 0 1-2.3 2.5h-13a2.3 2.3 0 0 1-2.3-2.5Z', 'bulk'),
    oval('teal', 17, 12.5, 7.6, 2.2, 'thin'),
    oval('water', 17, 12.6, 6.2, 1.4, 'flat'),
    each(
      [
        [2.5, 13],
        [5.5, 15.5],
        [1.8, 18.5],
        [4.5, 21.5],
      ] as const,
      ([x, y]) => path('water', `M${x} ${y}c.9 1.2 1.3 1.8 1.3 2.4a1.3 1.3 0 0 1-2.6 0c0-.6.4-1.2 1.3-2.4Z`, 'thin'),
    ),
    glint('M12 16.5l-.5 8', 0.9, 0.7, 1),
  ),
  'seedling-pot': drawn(
    'young plant in a pot, seedling, potted seedling, plant pot, repotting, pot with a plant, small plant, herb seedling, basil plant',
    moved(
      0,
      -1.9,
      1,
      tube('green', 1.2, 'M16 18V10.5'),
      leaf(16, 12, -52, 10.5),
      leaf(16, 12, 48, 10.5, 'green'),
      leaf(16, 11, -4, 8),
      pot(6, 16.5, 20),
      oval('soil', 16, 17.2, 8.6, 1.3, 'thin'),
    ),
  ),
  'terracotta-pot': drawn(
    'flower pot, empty pot, plant pot, clay pot, pot with a hole, saucer, pot with drainage hole, garden pot, pots with holes',
    oval('terracotta', 16, 26, 12.5, 3.3),
    pot(4, 6, 24),
    oval('terracotta', 16, 6.5, 12, 3, 'thin'),
    oval('soil', 16, 6.8, 10.3, 2.1, 'thin'),
    glint('M8 13l1.2 9', 1, 0.5, 1),
  ),
  'herb-pots': drawn(
    'herbs, herb, herb garden, windowsill herbs, basil, parsley, chive, herb pots, windowsill, pots of herbs',
    moved(
      1.2,
      0.5,
      0.91,
      each([4.5, 6.1, 8], (x) => leaf(x, 18, (x - 6.1) * 11, 10, 'green')),
      each([12.5, 14.5, 16, 17.5, 19.5], (x) => tube('leaf', 1, `M16 18Q${x} 12 ${x + (x - 16) * 0.6} ${6 + Math.abs(x - 16)}`)),
      each([24, 26, 28], (x) => leaf(x, 18, (x - 26) * 12, 9, 'moss')),
      pot(1.5, 17, 9.2),
      pot(11.4, 17, 9.2),
      pot(21.3, 17, 9.2),
      path('wood', 'M1 24.2h30v3.3a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1Z', 'thin'),
    ),
  ),
  'houseplant-roots': drawn(
    'root ball, roots, root, repotting, houseplant out of its pot, tangled root, transplant',
    leaf(16, 15, -64, 11, 'green'),
    leaf(16, 15, 64, 11, 'green'),
    leaf(16, 15, -30, 13),
    leaf(16, 15, 30, 13),
    leaf(16, 15, 0, 13.5, 'green'),
    path('soil', 'M7.5 15.5c3-1.5 14-1.5 17 0l-2 11c-.5 2.5-3 3.5-6.5 3.5s-6-1-6.5-3.5Z', 'bulk'),
    line(
      '#e6c9a0',
      0.7,
      'M10 18c2 2-1 4 1.5 7s-.5 3 1 5M15.5 17.5c-1.5 3 2 4.5 0 7.5s1 3.5 0 5.5M22 18c-2.5 1.5 0 4-2.5 6.5s0 3.5-1.5 5.5M12.5 21.5c3 0 5 1.5 7.5 0',
      0.85,
    ),
  ),
  'soil-bag': drawn(
    'soil, potting soil, potting mix, bag of soil, compost bag, earth, dirt, bag of earth, fresh soil, fertiliser',
    path('green', 'M6.5 4.5c3-1.2 16-1.2 19 0l1.8 23a2.5 2.5 0 0 1-2.5 2.5H7.2a2.5 2.5 0 0 1-2.5-2.5Z', 'bulk'),
    path('leaf', 'M6.2 3.5 7.5 1.8h17l1.3 1.7-.5 3H6.7Z', 'thin'),
    path('cream', 'M7 11.5h18l.8 12H6.2Z', 'thin'),
    path('soil', 'M7 23.5c1.5-3.5 4-3 5-5s4-3 6-1 2.5 1.5 4 3 2.5.5 3.5 3Z', 'thin'),
    sprout(15.5, 17.5, 1),
    glint('M8.2 7.5l-.3 2', 0.8),
  ),
  seeds: drawn(
    'seed, seed packet, packet of seeds, herb seed, bird seed, sowing, sow, flower seed, plant label',
    turned(
      -8,
      15,
      15,
      box('sky', 5, 2, 17, 22, 1.3),
      path('yellow', 'M5 18.5h17V22.7a1.3 1.3 0 0 1-1.3 1.3H6.3A1.3 1.3 0 0 1 5 22.7Z', 'thin'),
      each([0, 60, 120, 180, 240, 300], (angle) => turned(angle, 13.5, 9.5, oval('pink', 13.5, 6.2, 1.9, 2.6, 'thin'))),
      disc('yellow', 13.5, 9.5, 1.9, 'thin'),
      tube('green', 1, 'M13.5 13.5v4.5'),
      box('grey', 5, 2, 17, 1.7, 0.6, 'thin'),
    ),
    each(
      [
        [21, 25, 30],
        [25.5, 22, -20],
        [26, 27.5, 60],
        [17, 28.5, -40],
        [22.5, 29.3, 10],
        [29, 25, 80],
      ] as const,
      ([x, y, angle]) => turned(angle, x, y, path('brown', `M${x} ${y - 2.2}c1.7 1 1.7 3.5 0 4.4-1.7-.9-1.7-3.4 0-4.4Z`, 'thin')),
    ),
  ),
  trowel: drawn(
    'hand shovel, garden trowel, planting, digging, small shovel',
    turned(
      40,
      16,
      16,
      box('red', 13.8, -1, 4.4, 12, 2.2),
      box('steel', 15, 10, 2, 5, 0.8, 'thin'),
      path('steel', 'M11 14h10c1 0 1.5.7 1.4 1.6C21.8 22 20 28 16 32.5 12 28 10.2 22 9.6 15.6c-.1-.9.4-1.6 1.4-1.6Z'),
      line('#7f7496', 0.8, 'M16 16.5V27', 0.5),
    ),
  ),
  shovel: drawn(
    'spade, digging, garden spade, dig, snow shovel',
    moved(
      0.5,
      2.4,
      0.91,
      turned(
        40,
        16,
        16,
        path('wood', 'M11.5-3h9v1.5c0 3-2.5 3.5-3 5.5h-3c-.5-2-3-2.5-3-5.5Zm2.5 1.8c.3 1.2 1.3 1.7 2 2.2.7-.5 1.7-1 2-2.2Z', 'thin'),
        box('wood', 14.8, 3, 2.4, 15, 1),
        path('iron', 'M9.5 17.5h5l.5-3h2l.5 3h5c.6 0 1 .4 1 1V25c0 4-3 8-7.5 10.5C11.5 33 8.5 29 8.5 25v-6.5c0-.6.4-1 1-1Z', 'body'),
      ),
    ),
  ),
  'garden-fork': drawn(
    'digging fork, pitchfork, fork for the garden, turning compost',
    moved(
      3.3,
      2.8,
      0.82,
      turned(
        38,
        16,
        16,
        path('wood', 'M11.5-3.5h9V-2c0 3-2.5 3.5-3 5.5h-3c-.5-2-3-2.5-3-5.5Zm2.5 1.8c.3 1.2 1.3 1.7 2 2.2.7-.5 1.7-1 2-2.2Z', 'thin'),
        box('wood', 14.8, 2.5, 2.4, 15, 1),
        tube('iron', 1.9, 'M9.5 33V22.5c0-2 1.5-3 3-3h7c1.5 0 3 1 3 3V33'),
        tube('iron', 1.9, 'M13.8 33V20M18.2 33V20M16 20v-3'),
      ),
    ),
  ),
  rake: drawn(
    'leaf rake, garden rake',
    moved(
      3.3,
      1.9,
      0.87,
      turned(
        38,
        16,
        16,
        box('wood', 14.9, -5, 2.2, 27, 1),
        each([-3, -2, -1, 0, 1, 2, 3], (i) => tube('green', 1.2, `M16 20.5 ${16 + i * 2.7} ${31 - Math.abs(i) * 0.7}v2`)),
        tube('green', 1.3, 'M10 26.5c4-1.3 8-1.3 12 0'),
      ),
    ),
  ),
  hose: drawn(
    'garden hose, hosepipe, water hose',
    each([23, 18.5, 14], (y) => tube('green', 4, `M5 ${y}c0-6 22-6 22 0s-22 6-22 0`)),
    tube('green', 3.6, 'M10 10c2-6 8-7 12-6'),
    turned(18, 24, 4.5, box('yellow', 20.5, 2.2, 6.5, 4.6, 1), box('orange', 26.5, 2.8, 3.6, 3.4, 0.8, 'thin')),
  ),
  compost: drawn(
    'compost heap, crumbly compost, humus, pile of soil, mulch, dark soil, moist compost, heap of soil, bare soil',
    path('soil', heap, 'bulk'),
    each(
      [
        [9, 22],
        [15, 16],
        [21, 23],
        [13, 26],
        [24, 27],
        [18, 20],
      ] as const,
      ([x, y]) => disc('brown', x, y, 1.1, 'thin'),
    ),
    leaf(11, 19.5, 70, 5, 'moss'),
    turned(40, 20, 26, path('orange', 'M17.5 25c2-1.5 5-1 6 1-2 1.2-4.5 1-6-1Z', 'thin')),
    path('pink', 'M7.5 27.3c2-2 3.5.7 5.5-1 .6-.5 1.6.4 1 1.2-2 2-3.7-.3-5.5 1.2-.9.6-1.7-.7-1-1.4Z', 'thin'),
    sprout(16, 11.5, 1.5),
  ),
  'compost-bin': drawn(
    'compost box, wooden compost bin, composter, kitchen scrap, kitchen scraps, vegetable peel, peel',
    path('soil', 'M5 12c1-6 5-5 7-7.5s7-1.5 9 1 5 2 6 6.5Z', 'bulk'),
    disc('orange', 12, 7.5, 2.2),
    leaf(19, 9.5, 35, 6),
    path('yellow', 'M20.5 10c3-2 5.5-1.5 6 1-2 1.5-5 1.3-6-1Z', 'thin'),
    box('willow', 3.5, 10.5, 3.6, 19.5, 0.8),
    box('willow', 24.9, 10.5, 3.6, 19.5, 0.8),
    each([12.5, 17, 21.5, 26], (y) => box('wood', 2, y, 28, 3.3, 0.8)),
  ),
  'raised-bed': drawn(
    'garden bed, vegetable bed, bed in the garden, planter box, vegetable garden, garden corner',
    each([6, 12.7, 19.3, 26], (x) => sprout(x, 16, 1.5)),
    path('soil', 'M3 16c2-3 5-1.5 7-3s4-.5 6 0 4-1.5 6.5 0 5 .5 6.5 3v3H3Z'),
    path('wood', 'M1.5 16.5h29v11.5a1.2 1.2 0 0 1-1.2 1.2H2.7a1.2 1.2 0 0 1-1.2-1.2Z'),
    line('#9a573c', 0.7, 'M1.8 22.7h28.4', 0.7),
    box('willow', 3.5, 15, 3, 14.8, 0.7, 'thin'),
    box('willow', 25.5, 15, 3, 14.8, 0.7, 'thin'),
  ),
  'bird-feeder': drawn(
    'birdhouse, bird house, feeding birds, bird table, feeder',
    tube('willow', 0.8, 'M16 4V1'),
    box('wood', 6.5, 11, 2.4, 14, 0.7),
    box('wood', 23.1, 11, 2.4, 14, 0.7),
    path('glass', 'M9 12h14v12H9Z'),
    path('sand', 'M9 17c2.5-1.3 4.5.5 7-.3s4.5-.7 7 .3v7H9Z', 'body'),
    each(
      [
        [11, 19.5],
        [14.5, 21.5],
        [18, 19.5],
        [21, 22],
        [12.5, 22.5],
      ] as const,
      ([x, y]) => oval('brown', x, y, 0.7, 0.5, 'flat'),
    ),
    path('wood', 'M3 23.5h26v3.5a1.3 1.3 0 0 1-1.3 1.3H4.3A1.3 1.3 0 0 1 3 27Z'),
    path('red', 'M16 3 29.8 11a1.4 1.4 0 0 1-.7 2.6H2.9A1.4 1.4 0 0 1 2.2 11Z', 'bulk'),
  ),
  'bottle-feeder': drawn(
    'bottle bird feeder, bird feeder, bird feeder from a bottle, plastic bottle bird feeder',
    tube('willow', 0.8, 'M16 4.5c-2-3 2-3 0-4'),
    box('blue', 13, 3, 6, 3, 0.8, 'thin'),
    path('glass', 'M13.5 6h5c0 3.5 5.5 4 5.5 9v13a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V15c0-5 5.5-5.5 5.5-9Z'),
    path('sand', 'M8.3 16c3-1.5 5 1 8 0s5-.5 7.4.2V28a1.8 1.8 0 0 1-1.8 1.8H10.1A1.8 1.8 0 0 1 8.3 28Z', 'body'),
    each(
      [
        [11, 19],
        [14, 25.5],
        [20, 18.5],
        [18, 27],
        [12, 28],
      ] as const,
      ([x, y]) => oval('brown', x, y, 0.8, 0.6, 'flat'),
    ),
    turned(-7, 16, 22, box('wood', 3, 20.5, 22, 1.7, 0.8, 'thin'), oval('wood', 27, 21.3, 3.3, 1.9, 'thin')),
    turned(9, 16, 25, box('wood', 7, 24, 21, 1.7, 0.8, 'thin'), oval('wood', 5, 24.8, 3.3, 1.9, 'thin')),
    glint('M10.3 15.5v3', 0.9),
  ),
  'bottle-planter': drawn(
    'self-watering planter, bottle planter, planter, self-watering pot, bottle garden, bottle cut in half, plant in a bottle',
    leaf(16, 12, -58, 9, 'green'),
    leaf(16, 12, 58, 9, 'green'),
    leaf(16, 12, -22, 11),
    leaf(16, 12, 22, 11),
    path('glass', 'M6.5 17.5h19V28a2.2 2.2 0 0 1-2.2 2.2H8.7A2.2 2.2 0 0 1 6.5 28Z'),
    path('water', 'M6.8 24.5h18.4V28a2 2 0 0 1-2 2H8.8a2 2 0 0 1-2-2Z', 'body'),
    path('soil', 'M6.5 12h19c0 5-4 7.5-7 10v2.5h-5V22c-3-2.5-7-5-7-10Z', 'body'),
    line('#d9f1ff', 0.7, 'M6.5 12c0 5 4 7.5 7 10v2.5h5V22c3-2.5 7-5 7-10', 0.9),
    tube('cream', 1.1, 'M16 21c1.5 2-1.5 3 0 5s-1 2 0 3.3'),
    glint('M8.5 20.5v6.5', 0.9),
  ),
  terrarium: drawn(
    'bottle garden, closed terrarium, glass terrarium, jar garden, fern, plants in a jar',
    path('sky', 'M9 8h14c4 2.5 6 6 6 10.5C29 25.5 24 30 16 30S3 25.5 3 18.5C3 14 5 10.5 9 8Z', 'flat'),
    within(
      'jar',
      'M9 8h14c4 2.5 6 6 6 10.5C29 25.5 24 30 16 30S3 25.5 3 18.5C3 14 5 10.5 9 8Z',
      path('soil', 'M2 21c5-2.5 9 .5 14-1s10-.5 14 1v9H2Z'),
      path('charcoal', 'M2 25c8-1 20-1 28 0v2H2Z', 'flat'),
      each([6, 10, 14, 18, 22, 26], (x) => disc('stone', x, 28, 2.3)),
      leaf(13, 21, -48, 8, 'green'),
      leaf(13, 21, -12, 10.5),
      leaf(13, 21, 30, 8, 'green'),
      path('moss', 'M17 21.5c.5-3.5 3-4.5 5-3s4.5.5 5 3.5Z', 'body'),
    ),
    line('#ffffff', 0.7, 'M9 8c-4 2.5-5.8 6-5.8 10.5 0 7 5 11.3 12.8 11.3s12.8-4.3 12.8-11.3C28.8 14 27 10.5 23 8', 0.85),
    box('wood', 8, 2.5, 16, 6, 1.8),
    glint('M6 18.5c.2-3 1.3-5.3 3.5-7', 1.1, 0.95),
  ),
  pebbles: drawn(
    'small stone, stones, pebble, gravel, stone, small stones, charcoal, activated charcoal, drainage layer',
    turned(-8, 9, 20, oval('stone', 9, 21.5, 8, 6, 'bulk')),
    turned(12, 22, 21, oval('iron', 22.5, 22, 8, 6, 'bulk')),
    oval('grey', 16, 12.5, 8, 5.8, 'bulk'),
    glint('M11.5 10.5c1-1 2.3-1.6 4-1.7', 0.8),
  ),
  moss: drawn(
    'moss cushion, green moss, ground cover',
    moved(
      -0.1,
      -2.9,
      1,
      path('moss', 'M2 27c-1-5 2-7 4-7.5 0-5 4.5-7 7.5-5.5 2.5-4.5 9.5-4 10.5 1.5 4-.5 5.5 3 5 5 1.5 1.5 2 4 1 6.5Z', 'bulk'),
      each(
        [
          [7, 22],
          [12, 18.5],
          [17, 21],
          [22, 17.5],
          [25.5, 22.5],
          [11, 25],
          [20, 25],
        ] as const,
        ([x, y]) => line('#d6e58a', 0.7, `M${x} ${y}l-1-1.8M${x} ${y}v-2M${x} ${y}l1-1.8`, 0.8),
      ),
    ),
  ),
  twigs: drawn(
    'twig, stick, branch, brushwood, bundle of twigs, cuttings, willow, kindling',
    turned(24, 16, 16, tube('brown', 2.2, 'M3 16h26M20 16l5-4.5')),
    turned(-26, 16, 16, tube('willow', 2.4, 'M2.5 16h27M10 16l-4.5-4')),
    turned(-2, 16, 18, tube('brown', 2.6, 'M2 18h28M14 18l5 5')),
    leaf(24.5, 9.5, 40, 5),
  ),
  'pruning-shears': drawn(
    'secateurs, pruner, garden shears, garden scissors, pruning, cutting plants',
    tube('red', 3.3, 'M14.5 17c-4 2.5-5.5 7.5-6 12.5'),
    tube('red', 3.3, 'M17.5 17c4 2 6.5 7 7 12.5'),
    path('steel', 'M13 18.5 20.5 14C23 9 21.5 4.5 18.5 1.5c-3 3-5.5 8-5.5 12Z', 'body'),
    path('iron', 'M19 18.5 12.5 15c-3-3-3.5-7.5-2.5-11 3 1 6 4.5 8 9Z', 'thin'),
    disc('brass', 16, 16, 2),
  ),
  wheelbarrow: drawn(
    'barrow, garden cart',
    tube('wood', 2, 'M30.5 10.5 12 22.5'),
    tube('iron', 1.7, 'M21 20.5v8.5M10 24.5 7 26'),
    path('soil', 'M5 10.5c2-5 6-3.5 8-5.5s6-.5 7.5 1.5 4 1 4.5 4Z'),
    path('green', 'M2.5 9.5h24L22.5 19a2.5 2.5 0 0 1-2.3 1.5H10a3 3 0 0 1-2.6-1.6Z', 'bulk'),
    disc('rubber', 7, 26, 4.3),
    disc('steel', 7, 26, 1.9),
  ),
  wreath: drawn(
    'green wreath, door wreath, christmas wreath, evergreen wreath, bundle of greenery, greenery, wire ring, willow ring',
    path('green', 'M16 2.5a13 13 0 1 1 0 26 13 13 0 1 1 0-26Zm0 7a6 6 0 1 0 0 12 6 6 0 1 0 0-12Z', 'bulk'),
    each([0, 30, 60, 90, 120, 150, 210, 240, 270, 300, 330], (angle) =>
      turned(angle, 16, 15.5, leaf(16, 7.5, 58, 6.5, 'green') + leaf(16, 4.5, 110, 5.5, 'leaf')),
    ),
    each([20, 75, 130, 230, 285, 340], (angle) => turned(angle, 16, 15.5, disc('red', 16, 6, 1.2))),
    path('red', 'M16 24.5c-3-3.5-8-4-8-.5s4.5 4 8 .5c3.5 3.5 8 3 8-.5s-5-3-8 .5Z'),
    path('red', 'M15 25 11.5 31l2-.2 1 1.2L16.5 26ZM17 25l3.5 6-2-.2-1 1.2L15.5 26Z', 'thin'),
    disc('red', 16, 24.8, 1.7),
  ),
};
