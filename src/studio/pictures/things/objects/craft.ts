/** Candles, soap, clay and toys made by hand. */
import { box, disc, drawn, each, glint, line, moved, oval, path, shade, tube, turned, type Family } from './draw.ts';

const flame = (x: number, y: number, size: number): string =>
  path(
    'orange',
    `M${x} ${y}c${size * 0.55} ${size * 0.75} ${size} ${size * 1.25} ${size} ${size * 1.9}a${size} ${size} 0 0 1 ${-2 * size} 0c0 ${-size * 0.65} ${size * 0.45} ${-size * 1.15} ${size} ${-size * 1.9}Z`,
    'body',
  ) +
  path(
    'yellow',
    `M${x} ${y + size * 1.1}c${size * 0.3} ${size * 0.4} ${size * 0.5} ${size * 0.65} ${size * 0.5} ${size}a${size * 0.5} ${size * 0.5} 0 0 1 ${-size} 0c0 ${-size * 0.35} ${size * 0.2} ${-size * 0.6} ${size * 0.5} ${-size}Z`,
    'flat',
  );

export const craft: Family = {
  'candle-in-jar': drawn(
    'jar candle, candle, lit candle, soy candle, homemade candle, scented candle, candle in a glass jar, candle jar, burning candle',
    path('wax', 'M6 14h20v13.5a2.5 2.5 0 0 1-2.5 2.5h-15A2.5 2.5 0 0 1 6 27.5Z', 'bulk'),
    oval('wax', 16, 14.5, 10, 2.7, 'body'),
    oval('yellow', 16, 14.5, 4.5, 1.3, 'flat'),
    line('#3a3248', 0.9, 'M16 14.5v-3'),
    flame(16, 3.5, 3),
    path('glass', 'M5 9h22v18.5a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3Z'),
    line('#ffffff', 0.7, 'M5 9v18.5a3 3 0 0 0 3 3h16a3 3 0 0 0 3-3V9', 0.75),
    box('lilac', 10, 19, 12, 7.5, 0.8, 'thin'),
    path('purple', 'M16 25.2c-2.6-1.5-3.3-2.8-3-4 .3-1.3 2-1.6 3-.3 1-1.3 2.7-1 3 .3.3 1.2-.4 2.5-3 4Z', 'thin'),
    glint('M7.5 12v14', 0.9, 0.85),
  ),
  'wax-flakes': drawn(
    'wax, soy wax, soy wax flakes, melted wax, beeswax, wax pellets, flakes',
    path('cream', 'M5 13c-1-3 2-5.5 5-5 1.5-3.5 6.5-4.5 9-1.5 3.5-1.5 7 .5 6.5 4.5 2 .5 2.5 2.5 1.5 4Z', 'body'),
    each(
      [
        [8, 9.5, 20],
        [13, 6.5, -15],
        [18, 9, 30],
        [22, 6.5, -25],
        [24, 11, 12],
        [11.5, 12, -30],
        [17, 13, 8],
      ] as const,
      ([x, y, angle]) => turned(angle, x, y, path('wax', `M${x - 2.3} ${y}l2-1.7 2.7.7.3 1.8-2.5 1.2Z`, 'thin')),
    ),
    path('teal', 'M2.5 13.5h27l-2 13a3.5 3.5 0 0 1-3.5 3H8a3.5 3.5 0 0 1-3.5-3Z', 'bulk'),
    box('teal', 1.5, 12, 29, 3.6, 1.7),
    glint('M6 18l1 7', 1, 0.6, 1),
  ),
  wick: drawn(
    'candle wick, wick with metal base, wick with a metal base, wicks',
    tube('cream', 1.5, 'M16 25V12c0-3-3-4-2-8'),
    tube('cream', 1.5, 'M7.5 27V16c0-3 2-5 1-8'),
    tube('cream', 1.5, 'M24.5 27V15c0-3-2-4-1-7'),
    each(
      [
        [7.5, 28],
        [24.5, 28],
        [16, 26.5],
      ] as const,
      ([x, y]) => oval('steel', x, y, 5, 2.2, 'thin') + oval('grey', x, y - 0.7, 1.9, 0.9, 'thin'),
    ),
  ),
  'soap-bars': drawn(
    'soap, handmade soap, soap bars, bar of soap, soap base, melt and pour soap, cube of soap, soap cubes, soap base in cubes',
    path('mint', 'M3 20.5 16 17l13 3.5V26l-13 4-13-4Z', 'body'),
    path('pink', 'M4 13.5 16 10.5l12 3V19l-12 3.5L4 19Z', 'body'),
    path('lilac', 'M5 6.5 16 3.5l11 3V12l-11 3.2L5 12Z', 'body'),
    path('lilac', 'M5 6.5 16 3.5l11 3-11 3.2Z', 'thin'),
    tube('willow', 1, 'M16 3.7v26M5 8.5 16 11.5 27 8.5'),
    tube('willow', 1, 'M16 4c-3-3.5-6-1-4 .5s4-.5 4-.5 2 2 4 .5-1-4-4-.5'),
    glint('M8 7.5 13 6', 0.7),
  ),
  'soap-mould': drawn(
    'silicone mould, mould, soap mold, mold, baking mould, muffin tin, ice cube tray, casting',
    path('purple', 'M3 11 16 6.5 29.5 11v9L16 27.5 3 20Z', 'bulk'),
    path('purple', 'M1.5 11 16 5.5 30.5 11 16 17Z', 'thin'),
    each(
      [
        [9.5, 11],
        [16, 8.5],
        [22.5, 11],
        [16, 13.8],
      ] as const,
      ([x, y]) => oval('navy', x, y, 3, 1.5, 'thin') + oval('mint', x, y + 0.2, 2.5, 1.1, 'thin'),
    ),
    glint('M5 13.5v5', 0.8, 0.6),
  ),
  clay: drawn(
    'modelling clay, plasticine, play dough, playdough, pottery, potter, air-dry clay, lump of clay, play doh',
    path('orange', 'M2.5 19c0-3 3-4 4.5-3.5 1-3 6-3.5 7.5-.5 3-.5 5 2.5 4 5 .5 4-1.5 8.5-8 8.5s-9-4-8-9.5Z', 'bulk'),
    path('teal', 'M17 24c-1-4 1.5-7 5.5-7s8 2.5 7.5 7-4 5.5-7 5.5-5.5-2-6-5.5Z', 'bulk'),
    turned(-14, 16, 8, box('pink', 5, 5.5, 22, 5.6, 2.8, 'bulk')),
    glint('M6 18.5c.8-1 2-1.5 3.5-1.6', 0.9),
    glint('M19.5 20.5c.8-1 1.7-1.4 3-1.5', 0.9),
  ),
  'sock-puppet': drawn(
    'puppet, hand puppet, sock doll, glove puppet, doll, toy',
    path('purple', 'M9 30V16C5 15.5 1.5 14 1.5 10.5c0-2.5 2.5-3.5 5-3C8 4 11.5 2.5 15.5 2.5 22 2.5 26 7 26 13.5V30Z', 'bulk'),
    path('pink', 'M2.5 11.5c3 2.5 7.5 3 11.5 2-1 3.5-4 5-7 3.5-2.5-.7-4.5-2.5-4.5-5.5Z', 'thin'),
    disc('white', 11.5, 7.5, 2.9),
    disc('white', 17.5, 7.5, 2.9),
    disc('charcoal', 11, 7.8, 1.4, 'flat'),
    disc('charcoal', 17, 7.8, 1.4, 'flat'),
    disc('red', 4, 9.3, 1.5, 'thin'),
    each(
      [
        [16, 3],
        [19.5, 3],
        [23, 5],
        [25.5, 8.5],
        [26.5, 12],
      ] as const,
      ([x, y]) => disc('yellow', x, y, 2.2),
    ),
    box('yellow', 7.5, 26, 20, 4.5, 1.5),
  ),
  'building-blocks': drawn(
    'toy block, blocks, building block, toy bricks, cubes, toys, wooden blocks',
    box('red', 3, 18, 12, 12, 2, 'bulk'),
    box('blue', 16.5, 18, 12, 12, 2, 'bulk'),
    box('yellow', 9.8, 4.5, 12, 12, 2, 'bulk'),
    path('white', 'M15.8 6.8l1.2 2.5 2.7.3-2 1.9.5 2.7-2.4-1.3-2.4 1.3.5-2.7-2-1.9 2.7-.3Z', 'thin'),
    disc('white', 9, 24, 3.2, 'thin'),
    path('white', 'M22.5 20.5 26 27h-7Z', 'thin'),
  ),
  'photo-backdrop': drawn(
    'backdrop, product photo, curved paper, paper backdrop, photo table, seamless paper, reflector, light tent, white card',
    path('white', 'M6 2.5h20V17c0 4 2 5.5 4.5 9.5H1.5C4 22.5 6 21 6 17Z', 'bulk'),
    path('grey', 'M6 17c0 4-2 5.5-4.5 9.5h29C28 22.5 26 21 26 17c-5 2-15 2-20 0Z', 'thin'),
    path('wood', 'M1 26h30v2.6a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1Z', 'thin'),
    shade('M11 24.5h10l2 1.2H9Z', 0.35),
    path('teal', 'M14 12h4c0 2.5 3.5 4 3.5 7.5S19 25 16 25s-5.5-2-5.5-5.5S14 14.5 14 12Z', 'bulk'),
    tube('green', 0.8, 'M16 12V7M16 10l3-3'),
    disc('pink', 16, 6, 2.2),
    disc('yellow', 19.5, 6.5, 1.6),
    glint('M13 18c.3-1.2.9-2 1.7-2.6', 0.7),
  ),
  'kite-frame': drawn(
    'crossed sticks, stick cross, diamond frame, frame of sticks, kite cross, two sticks tied in a cross',
    line('#fff3da', 0.7, 'M16 2 28 12 16 30 4 12Z'),
    box('wood', 14.9, 1.5, 2.2, 29, 1),
    box('wood', 3, 10.9, 26, 2.2, 1),
    tube('red', 0.8, 'M13.5 9.5 18.5 14.5M18.5 9.5 13.5 14.5M13.2 12h5.6'),
  ),
  'string-lights': drawn(
    'fairy lights, garland, bunting, party decoration, decoration',
    moved(
      0.7,
      2.1,
      0.92,
      tube('green', 1, 'M1 6c8 9 22 9 30 0'),
      each(
        [
          [5, 9.3, 'red', 14],
          [11, 12, 'yellow', 6],
          [17, 12.8, 'sky', 0],
          [23, 11.5, 'pink', -8],
          [28, 8.5, 'lime', -16],
        ] as const,
        ([x, y, paint, angle]) =>
          turned(
            angle,
            x,
            y,
            box('charcoal', x - 1.2, y, 2.4, 2.6, 0.6, 'thin'),
            path(paint, `M${x} ${y + 12}c-2.5-2.5-3.5-4.5-3.2-7 .3-1.7 1.6-2.7 3.2-2.7s2.9 1 3.2 2.7c.3 2.5-.7 4.5-3.2 7Z`, 'body'),
            glint(`M${x - 1.5} ${y + 5}v2`, 0.7),
          ),
      ),
    ),
  ),
  'birthday-candles': drawn(
    'candles, cake candle',
    each(
      [
        [6, 'pink', 13],
        [13, 'sky', 9],
        [20, 'yellow', 12],
        [26.5, 'lilac', 10],
      ] as const,
      ([x, paint, y]) =>
        box(paint, x - 1.8, y, 3.6, 30 - y, 0.9) +
        each([y + 3, y + 8, y + 13], (row) => (row < 28 ? line('#ffffff', 0.9, `M${x - 1.5} ${row + 1}l3-2`, 0.7) : '')) +
        line('#3a3248', 0.6, `M${x} ${y}v-1.5`) +
        flame(x, y - 7.5, 1.9),
    ),
  ),
};
