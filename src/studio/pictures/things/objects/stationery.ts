/** What lies on a desk where something is made: glue, tape, string. */
import { box, disc, drawn, each, flat, glint, line, moved, oval, path, shade, tube, turned, within, type Family } from './draw.ts';

export const stationery: Family = {
  'glue-bottle': drawn(
    'glue, school glue, white glue, craft glue, wood glue, bottle of glue, PVA glue, adhesive',
    path('orange', 'M13.5 8.5 14.8 1.8a1.2 1.2 0 0 1 2.4 0L18.5 8.5Z', 'thin'),
    path('orange', 'M11.5 8h9l1 3.5h-11Z', 'thin'),
    path('white', 'M10.5 11.5h11c3 1.5 4.5 4 4.5 7V27a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3v-8.5c0-3 1.5-5.5 4.5-7Z', 'bulk'),
    path('blue', 'M6 18.2c6 1.5 14 1.5 20 0v8c-6 1.5-14 1.5-20 0Z', 'thin'),
    path('white', 'M16 19.7c1.5 1.8 2.2 2.8 2.2 3.8a2.2 2.2 0 0 1-4.4 0c0-1 .7-2 2.2-3.8Z', 'thin'),
    glint('M9 16.5c.5-1.2 1.2-2 2.2-2.7', 0.9),
  ),
  'glue-stick': drawn(
    'glue pen, stick of glue, glue',
    turned(
      38,
      16,
      16,
      path('white', 'M12.3 9.5V3.5a1.5 1.5 0 0 1 .9-1.4l5-1.3a1.2 1.2 0 0 1 1.5 1.2V9.5Z', 'body'),
      box('yellow', 11.5, 8.5, 9, 3.2, 0.8, 'thin'),
      box('purple', 10.8, 11, 10.4, 16, 1.5, 'bulk'),
      box('yellow', 11.3, 26.5, 9.4, 4.5, 1.4, 'thin'),
      box('white', 10.8, 15.5, 10.4, 6.5, 0.2, 'thin'),
      each([13, 15, 17, 19], (x) => line('#c9722b', 0.5, `M${x} 28v2`, 0.7)),
      glint('M12.8 12.5v2', 0.8),
    ),
  ),
  'tape-roll': drawn(
    'tape, adhesive tape, clear tape, sticky tape, masking tape, roll of tape, strong tape, mesh patch, copper tape, self-adhesive tape',
    path('yellow', 'M14 25.5h15.5l1.5 1.2-1.5 1-0 .3 1.5 1-1.5 1H14Z', 'thin'),
    path('yellow', 'M14.5 3.5a13 13 0 1 1 0 26.5 13 13 0 1 1 0-26.5Zm0 6.5a6.7 6.7 0 1 0 0 13.5 6.7 6.7 0 1 0 0-13.5Z', 'body'),
    path('cream', 'M14.5 8.7a8 8 0 1 1 0 16.1 8 8 0 1 1 0-16.1Zm0 1.9a6.2 6.2 0 1 0 0 12.3 6.2 6.2 0 1 0 0-12.3Z', 'thin'),
    glint('M5 14c1-3.6 3.6-6.3 7-7.3', 1, 0.8),
  ),
  marker: drawn(
    'felt pen, felt-tip, felt tip pen, highlighter, marker pen, permanent marker',
    turned(
      40,
      16,
      16,
      path('pink', 'M14.5 4.5 15 1.5a1 1 0 0 1 2 0l.5 3Z', 'thin'),
      path('white', 'M13 9.5 14 4.5h4l1 5Z', 'thin'),
      box('white', 11.5, 9, 9, 12, 1.2),
      box('pink', 11, 17, 10, 14, 2.2, 'bulk'),
      box('pink', 11.5, 12, 9, 3, 0.3, 'thin'),
      path('pink', 'M20.5 19h1.8a.8.8 0 0 1 .8.8v6.5a.8.8 0 0 1-.8.8h-1.8Z', 'thin'),
      glint('M13 19v9.5', 0.8),
    ),
  ),
  sketch: drawn(
    'drawing, plan, simple sketch, pencil line, outline, pattern, design, pencil mark, measurement',
    moved(
      -0.6,
      1.5,
      0.9,
      turned(
        -6,
        15,
        16,
        box('paper', 3, 3, 22, 26, 1.2),
        path('sky', 'M7.5 20.5v-7.5l6.5-5 6.5 5v7.5Z', 'thin'),
        line('#3277ee', 0.7, 'M7.5 20.5v-7.5l6.5-5 6.5 5v7.5ZM12 20.5v-4.5h4v4.5'),
        line('#b2abbd', 0.6, 'M7.5 23.8h13M7.5 23v1.6M20.5 23v1.6'),
      ),
      turned(
        38,
        25,
        18,
        path('yellow', 'M23 8h4.5v14.5h-4.5Z', 'thin'),
        path('cream', 'M23 22.3h4.5L25.2 28Z', 'thin'),
        flat('#3a3248', 'M24.5 26.2h1.5L25.2 28Z'),
        box('pink', 23, 4.5, 4.5, 3, 1, 'thin'),
        box('steel', 23, 6.7, 4.5, 1.7, 0.2, 'thin'),
      ),
    ),
  ),
  string: drawn(
    'ball of string, twine, cord, kitchen string, cotton string, strong string, ball of twine, smooth string, thick thread',
    tube('sand', 1.3, 'M20 27c4 3.5 8 2.5 10.5.5'),
    disc('sand', 15, 16, 13, 'bulk'),
    within(
      'ball',
      'M2.5 16a12.5 12.5 0 1 1 25 0a12.5 12.5 0 1 1-25 0Z',
      each([0, 1, 2, 3], (row) => line('#a8744e', 0.7, `M${10 + row * 4} 30c-6-8-5-18 ${1 + row} -26`, 0.55)),
      each([0, 1, 2, 3, 4], (row) => line('#b27d56', 0.8, `M1 ${9 + row * 4.5}c8-6 18-6 28-1`, 0.75)),
      each([0, 1, 2, 3, 4], (row) => line('#fff0cc', 0.6, `M1 ${8 + row * 4.5}c8-6 18-6 28-1`, 0.6)),
    ),
    glint('M7 11c1.5-2.5 3.5-4 6-4.8', 1, 0.6, 1),
  ),
  rope: drawn(
    'cord, coil of rope, climbing rope, thick cord, thick rope, cord knot',
    each(
      [24.5, 19.5, 14.5],
      (y) =>
        tube('willow', 4.6, `M5 ${y}c0-5.5 22-5.5 22 0s-22 5.5-22 0`) +
        each([6.5, 10, 14, 18, 22, 25.5], (x) =>
          line('#6f4334', 0.7, `M${x - 0.8} ${y + 5.7 - Math.abs(x - 16) ** 2 * 0.032}l1.8-3`, 0.75),
        ),
    ),
    tube('willow', 4, 'M16 11c0-8.5 11-8.5 11.5-3'),
    box('red', 25.5, 6.5, 4.2, 4.5, 1.2),
  ),
  'rubber-band': drawn(
    'rubber bands, elastic band, elastic, hair tie',
    tube('blue', 2.2, 'M6 11c3-8 17-9 21-2s-3 12-11 12.5S3.5 18 6 11Z'),
    tube('red', 2.2, 'M8 18c5-6 16-5 19 1s-4 10.5-11 10S4 23.5 8 18Z'),
    tube('yellow', 2, 'M4.5 12c4-5 12 1 11 7s-7 9.5-10.5 6S2 15.5 4.5 12Z'),
  ),
  'craft-sticks': drawn(
    'craft stick, popsicle stick, ice lolly stick, wooden stick, lolly stick, stick, sticks, chopstick',
    turned(-24, 16, 16, box('wood', 14, 1.5, 4.6, 28, 2.3)),
    turned(4, 16, 16, box('cream', 13.5, 1.5, 4.6, 28, 2.3)),
    turned(30, 16, 16, box('wood', 13.5, 1.5, 4.6, 28, 2.3), glint('M14.8 4v22', 0.5, 0.6)),
  ),
  toothpick: drawn(
    'matchstick, cocktail stick, skewer, match, awl, toothpicks',
    each([-15, -8, 0, 8, 15], (angle) => turned(angle, 16, 34, path('wood', 'M15.5 7 16 2.5l.5 4.5v20h-1Z', 'thin'))),
    path('sky', 'M9 14.5h14V27a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3Z', 'bulk'),
    path('white', 'M9 19h14v6.5H9Z', 'thin'),
    line('#d9964f', 0.7, 'M12.5 24l7-3.5'),
    oval('sky', 16, 14.5, 7, 1.7, 'thin'),
    glint('M11 16.8v1', 0.8),
  ),
  'binder-clip': drawn(
    'clip, clips, clamp for paper, clothes peg, peg, paper clamp',
    tube('steel', 1.4, 'M12.5 16 9.5 5c-.7-3.5 13.7-3.5 13 0L19.5 16'),
    path('charcoal', 'M9.5 14h13L28.5 28a1.5 1.5 0 0 1-1.4 2H4.9a1.5 1.5 0 0 1-1.4-2Z', 'bulk'),
    box('charcoal', 8.8, 12.8, 14.4, 3, 1.4, 'thin'),
    glint('M11 17.5 7.5 26', 0.8, 0.6),
  ),
  envelopes: drawn(
    'cash envelope, labelled envelope, envelope, budget envelope, stack of envelopes, labelled envelopes, empty envelope',
    turned(-9, 16, 12, box('green', 4, 3, 22, 13, 1.2)),
    turned(4, 16, 15, box('yellow', 4, 7.5, 23, 14, 1.2)),
    turned(
      -3,
      16,
      20,
      box('sky', 3, 13, 25.5, 16, 1.5),
      path('blue', 'M3.5 13.5h24.5l-10.5 9a2.5 2.5 0 0 1-3.5 0Z', 'thin'),
      glint('M4.5 14.5h20', 0.4, 0.6),
    ),
  ),
  checklist: drawn(
    'list, to-do list, ticked list, note with ticks, list of bills, plan on paper, items, task',
    box('paper', 4.5, 2, 23, 28, 1.8),
    each(
      [8.5, 16, 23.5],
      (y) =>
        box('green', 7.5, y - 2.3, 4.6, 4.6, 1, 'thin') +
        line('#ffffff', 0.9, `M8.6 ${y}l1 1.1 1.9-2.1`) +
        line('#b2abbd', 1, `M14.5 ${y}h${y === 16 ? 7 : 10}`),
    ),
  ),
  tweezers: drawn(
    'pair of tweezers, pincers',
    turned(
      40,
      16,
      16,
      path('steel', 'M16 1c2 0 2.5 2 2.5 4L22 18.5 17 31l-.3-1.5L19.5 18.5 16 7Z', 'thin'),
      path('grey', 'M16 1c-2 0-2.5 2-2.5 4L10 18.5 15 31l.3-1.5L12.5 18.5 16 7Z', 'thin'),
    ),
  ),
  'kitchen-timer': drawn(
    'timer, egg timer, clock, countdown, kitchen clock, minute',
    path('red', 'M5 8.5h22L29.5 27a2.5 2.5 0 0 1-2.5 3H5a2.5 2.5 0 0 1-2.5-3Z', 'bulk'),
    box('charcoal', 12.5, 1.5, 7, 5.5, 1.5),
    path('red', 'M7 9c1-3 17-3 18 0Z', 'thin'),
    disc('white', 16, 19, 8.6),
    each([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330], (angle) => turned(angle, 16, 19, line('#7f7496', 0.7, 'M16 12v1.2'))),
    path('yellow', 'M16 19V12a7 7 0 0 1 6.6 9.2Z', 'flat'),
    line('#3a3248', 1.1, 'M16 19V13M16 19l4.5 1.6'),
    disc('red', 16, 19, 1.2, 'thin'),
  ),
  'parts-box': drawn(
    'box for small parts, box for screws, organiser, sorted parts, material, materials for the project, storage box, parts',
    box('blue', 2, 14, 28, 15.5, 2, 'bulk'),
    box('navy', 4, 16.2, 24, 11, 1, 'thin'),
    each([4.8, 12.7, 20.6], (x) => box('sky', x, 17, 6.6, 9.3, 0.7, 'thin')),
    each(
      [
        [6.5, 19.5],
        [9, 22.5],
        [7, 24],
      ] as const,
      ([x, y]) => disc('brass', x, y, 1.2, 'thin'),
    ),
    each([14, 16, 18], (x) => turned(20, x, 21.5, box('iron', x - 0.5, 18.5, 1.1, 6, 0.5, 'thin'))),
    each(
      [
        [22, 19.5, 'red'],
        [25, 21, 'lime'],
        [22.5, 24, 'pink'],
      ] as const,
      ([x, y, paint]) => disc(paint, x, y, 1.3, 'thin'),
    ),
    path('sky', 'M4.5 4.5h23a1.5 1.5 0 0 1 1.5 1.3l1 8.2H2l1-8.2a1.5 1.5 0 0 1 1.5-1.3Z', 'body'),
    shade('M2.5 14h27v1.5h-27Z', 0.3, 0),
    box('yellow', 13.5, 12.5, 5, 3, 0.8, 'thin'),
  ),
};
