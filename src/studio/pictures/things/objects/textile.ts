/** Needle, thread and cloth. */
import { box, disc, drawn, each, glint, line, moved, oval, path, shade, tube, turned, within, type Family } from './draw.ts';

const shirt =
  'M10.5 3.5 3.5 6.5c-1 .5-1.5 1.3-1.7 2.3L.8 14.5a1.3 1.3 0 0 0 1 1.5l4.7 1V28a1.8 1.8 0 0 0 1.8 1.8h15.4A1.8 1.8 0 0 0 25.5 28V17l4.7-1a1.3 1.3 0 0 0 1-1.5l-1-5.7c-.2-1-.7-1.8-1.7-2.3l-7-3c-1.5 3.5-9.5 3.5-11 0Z';

export const textile: Family = {
  'needle-and-thread': drawn(
    'needle, threaded needle, sewing, sewing needle, thread, stitch, stitching, hand sewing, knot in a thread, darning needle',
    tube('red', 1.2, 'M24.5 6.5c6 5-2 8-6 7s-9 2-5 6 9 1 12 4-1 7-5 6.5'),
    turned(
      45,
      16,
      16,
      path('steel', 'M16-3.5c1.3 0 1.9 1 1.9 2.5L17 24l-1 8.5-1-8.5L14.1-1c0-1.5.6-2.5 1.9-2.5Z', 'thin'),
      box('charcoal', 15.4, -2, 1.2, 4.5, 0.6, 'flat'),
    ),
    tube('red', 1.2, 'M24.5 6.5 27 4'),
  ),
  button: drawn(
    'buttons, shirt button, four-hole button, buttonhole, sewn button',
    disc('blue', 16, 16, 14, 'bulk'),
    disc('blue', 16, 16, 10),
    each(
      [
        [12.7, 12.7],
        [19.3, 12.7],
        [12.7, 19.3],
        [19.3, 19.3],
      ] as const,
      ([x, y]) => disc('navy', x, y, 1.9),
    ),
    line('#fff', 1, 'M12.7 12.7l6.6 6.6M19.3 12.7l-6.6 6.6', 0.9),
    glint('M6 11.5c1.2-2.5 3.2-4.5 6-5.7', 1.1, 0.85),
  ),
  fabric: drawn(
    'cloth, textile, piece of fabric, material, roll of fabric, cotton fabric, felt, fabrics, felt pad',
    box('pink', 3, 3, 26, 7.5, 3.5, 'bulk'),
    path('pink', 'M5 9.5h22V27c-3 2-5.5-.5-9 .8s-6.5 2-9 .7-2.5 0-4-.5Z', 'bulk'),
    each(
      [
        [9, 14],
        [15, 13],
        [21, 14],
        [12, 19],
        [18, 18.5],
        [24, 19.5],
        [8, 24],
        [15, 24],
        [21, 23.5],
      ] as const,
      ([x, y]) => disc('white', x, y, 1.2, 'thin'),
    ),
    shade('M5 9.8h22v2H5Z', 0.4),
    oval('cream', 28.2, 6.7, 1.7, 3.6, 'thin'),
    oval('willow', 28.3, 6.7, 0.8, 1.7, 'flat'),
  ),
  'white-t-shirt': drawn(
    'white shirt, plain T-shirt, white T-shirt, white cotton T-shirt, cotton T-shirt, damp shirt, blank shirt',
    path('white', shirt, 'bulk'),
    path('grey', 'M10.5 3.5c1.5 3.5 9.5 3.5 11 0l1.5.6c-2 5-12 5-14 0Z', 'thin'),
    line('#b5abcb', 0.6, 'M6.5 17l-.3-5M25.5 17l.3-5', 0.6),
  ),
  'tie-dye-shirt': drawn(
    'tie-dye, tie-dye T-shirt, tie-dye shirt, batik, dyed shirt, colourful shirt, spiral T-shirt',
    within(
      'shirt',
      shirt,
      path('yellow', shirt, 'flat'),
      each([0, 72, 144, 216, 288], (angle) =>
        turned(
          angle,
          16,
          17,
          path('pink', 'M16 17c-1-8 3-15 12-21l6 6C27 4 20 9 16 17Z', 'flat'),
          path('sky', 'M16 17c3-8 8-13 18-15l2 8C28 9 21 11 16 17Z', 'flat'),
          path('purple', 'M16 17c4-6 10-8 20-7v7c-7-3-14-3-20 0Z', 'flat'),
        ),
      ),
    ),
    `<path d="${shirt}" fill="#fff" fill-opacity=".01"/>`,
    path('pink', 'M10.5 3.5c1.5 3.5 9.5 3.5 11 0l1.5.6c-2 5-12 5-14 0Z', 'thin'),
    shade('M6.5 24c6 4 13 4 19 0v4a1.8 1.8 0 0 1-1.8 1.8H8.3A1.8 1.8 0 0 1 6.5 28Z', 0.22),
    glint('M4 9c.5-.8 1.5-1.3 4-2.3', 0.8, 0.7),
  ),
  'twisted-shirt': drawn(
    'tied shirt, twisted shirt, shirt with rubber bands, flat spiral disc, shirt twisted into a spiral',
    disc('white', 16, 16, 14, 'bulk'),
    line('#9d90bb', 1.3, 'M16 16c2-2.5 5 0 4 3.5s-7 4-9.5.5-1-10 5-11 11 4 10.5 10.5-5 9.5-10.5 9', 0.9),
    line('#b5abcb', 0.9, 'M16 16c-1 3 1 5 3 5M9 24.5c-3-3.5-4-8-2.5-12', 0.6),
    each([0, 45, 90, 135], (angle) => turned(angle + 10, 16, 16, tube(angle % 90 ? 'red' : 'blue', 1.3, 'M2.5 16c8 1 19-1 27 0'))),
  ),
  'dye-bottles': drawn(
    'dye, fabric dye, squeeze bottle, dye bottle, colour bottle, food colour, colours, paint bottles, food colouring, drops of colour, ink',
    each(
      [
        [1.5, 'pink'],
        [11.3, 'yellow'],
        [21.1, 'sky'],
      ] as const,
      ([x, paint]) =>
        path('white', `M${x + 3.9} 9 ${x + 4.3} 3.5a.8.8 0 0 1 1.6 0l.4 5.5Z`, 'thin') +
        box('white', x + 2.4, 8.5, 5.2, 3, 0.8, 'thin') +
        path(paint, `M${x + 2.5} 11.5h5c1.5.8 2 2 2 3.5v12a2.5 2.5 0 0 1-2.5 2.5h-4a2.5 2.5 0 0 1-2.5-2.5V15c0-1.5.5-2.7 2-3.5Z`, 'bulk') +
        glint(`M${x + 2.5} 15.5v8`, 0.8, 0.8),
    ),
  ),
  'knitting-needles': drawn(
    'knitting, knitting needle, crochet, ball of wool with needles, knit',
    moved(
      -0.4,
      1.5,
      0.97,
      turned(-38, 16, 16, box('wood', 15, -2, 2, 28, 1, 'thin'), disc('red', 16, -2, 2.3)),
      turned(38, 16, 16, box('wood', 15, -2, 2, 28, 1, 'thin'), disc('red', 16, -2, 2.3)),
      tube('purple', 1.5, 'M20 28c4 2.5 8 1.5 10.5-.5'),
      disc('purple', 16, 19, 11, 'bulk'),
      line(
        '#d9c2ff',
        0.9,
        'M7.5 16c4-4.5 10-6 15-3M6.5 20.5c4-5.5 12-7 18-3M9 25c3-5.5 10-7.5 16-4M12 11c-2 5-1.5 11 1.5 17M17 9.5c-1.5 6-.5 12 3.5 18',
        0.75,
      ),
    ),
  ),
  'denim-patch': drawn(
    'jeans patch, patch, denim, mend jeans, iron-on patch, patched jeans',
    turned(
      -8,
      16,
      16,
      path('denim', 'M3 5h26v22H3Z', 'bulk'),
      line('#7c9be0', 0.4, 'M3 9h26M3 13h26M3 17h26M3 21h26M3 25h26', 0.4),
      box('red', 8.5, 9, 15, 14, 1.3),
      each([11.5, 16, 20.5], (x) => each([11.7, 16, 20.3], (y) => disc('cream', x, y, 1, 'flat'))),
      `<rect x="9.6" y="10.1" width="12.8" height="11.8" rx=".8" fill="none" stroke="#fff3c8" stroke-width=".7" stroke-dasharray="1.5 1"/>`,
    ),
  ),
  'friendship-bracelet': drawn(
    'bracelet, striped bracelet, friendship bracelets, wristband, braided bracelet, coloured thread, coloured threads, bead bracelet',
    tube('pink', 0.8, 'M22 26c2 2 5 2.5 8 4M23 24.5c3 1 5 .5 8 1.5'),
    tube('yellow', 0.8, 'M22.5 25.3c2.5 1.7 5 1.5 8.3 3'),
    path('pink', 'M15 3a12 12 0 1 1 0 24.5A12 12 0 1 1 15 3Zm0 5.5a6.7 6.7 0 1 0 0 13.5 6.7 6.7 0 1 0 0-13.5Z', 'flat'),
    each([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330], (angle) =>
      turned(
        angle,
        15,
        15.25,
        path(angle % 90 === 0 ? 'yellow' : angle % 60 === 0 ? 'teal' : 'purple', 'M13 3.2h2.5l2.3 2.7L15.5 8.6H13l2.2-2.7Z', 'thin'),
      ),
    ),
    disc('orange', 22.8, 24.5, 2.3),
  ),
  tie: drawn(
    'necktie, neck tie, tie knot, wide end, bow tie, finished tie, narrow end, wide tie end',
    path('navy', 'M12.5 9.5h7l3.5 17L16 31l-7-4.5Z', 'bulk'),
    within('tie', 'M12.5 9.5h7l3.5 17L16 31l-7-4.5Z', line('#ff7a68', 1.9, 'M7 21.5 24 12M7 28 25 17.5M12 31.5 26 23', 0.9)),
    path('navy', 'M11.5 1.5h9L22 5l-2.5 5.5h-7L10 5Z', 'body'),
    glint('M12.5 3.5h5', 0.7, 0.6),
  ),
  'shoelace-bow': drawn(
    'shoelace, lace, laces, bow, shoelaces, lace loop, shoelace loop, tied shoe, shoelace knot',
    tube('cream', 2.4, 'M16 15.5C10 6 2 6 2.5 11.5S10 17.5 16 15.5'),
    tube('cream', 2.4, 'M16 15.5C22 6 30 6 29.5 11.5S22 17.5 16 15.5'),
    tube('cream', 2.4, 'M15 17c-1.5 5-5 8-9 10M17 17c1.5 5 5 8 9 10'),
    tube('red', 2.5, 'M8 26 5.5 27.3M24 26l2.5 1.3'),
    box('cream', 13, 12, 6, 6.6, 2.5),
  ),
  'quilted-blanket': drawn(
    'blanket, rescue blanket, quilt, foil blanket, throw, bedspread, patchwork',
    each([0, 1, 2], (row) =>
      each([0, 1, 2, 3], (column) =>
        box(
          (['pink', 'yellow', 'teal', 'purple'] as const)[(row * 3 + column) % 4] ?? 'pink',
          2.5 + column * 6.7,
          5 + row * 7,
          6.7,
          7,
          0.6,
        ),
      ),
    ),
    path('cream', 'M2.5 26h27v1.8a1.5 1.5 0 0 1-1.5 1.5H4a1.5 1.5 0 0 1-1.5-1.5Z', 'thin'),
    path('purple', 'M29.5 5 21 5c3 1 5 4 8.5 8.5Z', 'body'),
  ),
  zip: drawn(
    'zipper, zip fastener',
    box('denim', 4, 1.5, 10, 29, 1.5),
    box('denim', 18, 1.5, 10, 29, 1.5),
    each(
      [3, 6, 9, 12, 15, 18, 21, 24, 27],
      (y) => box('brass', 12.5, y, 4, 1.5, 0.5, 'thin') + box('brass', 15.5, y + 1.5, 4, 1.5, 0.5, 'thin'),
    ),
    path('gold', 'M12.5 11h7l-1.2 6.5h-4.6Z'),
    path('gold', 'M14.3 16.5h3.4l.8 8a2.5 2.5 0 0 1-5 0Z'),
  ),
};
