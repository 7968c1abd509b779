/** Bicycles and cars, and what mends them. */
import { box, disc, drawn, each, glint, line, moved, oval, path, tube, turned, type Family } from './draw.ts';

const ring = (x: number, y: number, outer: number, inner: number): string =>
  `M${x} ${y - outer}a${outer} ${outer} 0 1 1 0 ${2 * outer}a${outer} ${outer} 0 1 1 0 ${-2 * outer}Zm0 ${outer - inner}a${inner} ${inner} 0 1 0 0 ${2 * inner}a${inner} ${inner} 0 1 0 0 ${-2 * inner}Z`;

export const vehicle: Family = {
  'bike-wheel': drawn(
    'bicycle wheel, wheel, rim, spoke, bicycle rim, wheel of a bicycle',
    each([0, 30, 60, 90, 120, 150], (angle) => turned(angle, 16, 16, line('#e4e0ea', 0.5, 'M16 4v24'))),
    path('rubber', ring(16, 16, 15, 12.3), 'body'),
    path('steel', ring(16, 16, 12.5, 11), 'thin'),
    disc('steel', 16, 16, 2.6),
    disc('red', 16, 16, 1.2, 'thin'),
    glint('M4 11c1.3-3 3.3-5.2 6.5-6.7', 0.6, 0.5),
  ),
  'bike-tyre': drawn(
    'tyre, tire, bicycle tyre, flat tyre, flat tire, puncture, bike tire, flat bicycle tyre',
    path('rubber', ring(16, 16, 15, 10.5), 'body'),
    each([0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165, 180, 195, 210, 225, 240, 255, 270, 285, 300, 315, 330, 345], (angle) =>
      turned(angle, 16, 16, line('#6b6278', 0.8, 'M15 1.8l1 1.5 1-1.5')),
    ),
    path('blue', ring(16, 16, 11.7, 11), 'flat'),
    glint('M5 11c1.3-2.6 3.3-4.7 6-6', 0.7, 0.5),
  ),
  'inner-tube': drawn(
    'tube, bicycle tube, inner tube of a tyre, bike tube, new inner tube, valve',
    tube('rubber', 4.6, 'M16 5.5c8 0 12 4 12 10.5s-4 11-12 11S4 22.5 4 16 8 5.5 16 5.5'),
    box('brass', 15, 6.5, 2, 6, 0.8, 'thin'),
    box('steel', 14.6, 12, 2.8, 2.3, 0.6, 'thin'),
    box('red', 19.5, 3, 4.5, 4.5, 1.2, 'thin'),
  ),
  'tyre-lever': drawn(
    'tyre levers, tire lever, tire levers, lever',
    moved(
      0,
      -1.8,
      1,
      each(
        [
          [-14, 'red', -5],
          [14, 'blue', 5],
        ] as const,
        ([angle, paint, x]) =>
          turned(
            angle,
            16,
            16,
            path(paint, `M${14 + x} 3c0-2 4-2 4 0l.5 9-.5 15c0 3-1.5 4-4 4-1.5 0-1.5-2 0-2l.5-1-1-16Z`, 'body'),
            glint(`M${15.3 + x} 4.5v8`, 0.7),
          ),
      ),
    ),
  ),
  'bike-pump': drawn(
    'pump, air pump, bicycle pump, foot pump, inflate, pumping, track pump',
    tube('charcoal', 1.7, 'M18 24c8 1 12-3 10-9s-4-6-3-11'),
    box('yellow', 23, 1.5, 4, 4, 1),
    box('steel', 14.6, 6, 2.8, 8, 0.6, 'thin'),
    box('red', 6, 2.5, 20, 4, 2),
    box('blue', 11.5, 11.5, 9, 16, 2, 'bulk'),
    box('charcoal', 11, 10.5, 10, 2.8, 1, 'thin'),
    path('charcoal', 'M7 30.5c0-3 2-4 4.5-4h9c2.5 0 4.5 1 4.5 4Z'),
    glint('M13.5 14.5v9', 0.9, 0.8),
  ),
  'bike-chain': drawn(
    'chain, bicycle chain, chainring, bike gears, bicycle gear, gears, sprocket, drivetrain, crank',
    each([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330], (angle) =>
      turned(angle, 11, 16, path('steel', 'M9.5 7.5 10.3 5h1.4l.8 2.5Z', 'thin')),
    ),
    path('steel', ring(11, 16, 9, 5.5), 'body'),
    each([0, 72, 144, 216, 288], (angle) => turned(angle, 11, 16, box('steel', 10, 9, 2, 7, 0.5, 'thin'))),
    disc('iron', 11, 16, 2.6),
    each(
      [
        [11, 5.3],
        [15.3, 5.6],
        [19.6, 6.3],
        [23.9, 7.6],
        [11, 26.7],
        [15.3, 26.4],
        [19.6, 25.7],
        [23.9, 24.4],
      ] as const,
      ([x, y]) =>
        turned(
          y < 16 ? 10 : -10,
          x,
          y,
          box('brass', x - 0.5, y - 1.2, 4.4, 2.4, 1.2, 'thin') +
            disc('charcoal', x + 0.8, y, 0.5, 'flat') +
            disc('charcoal', x + 2.9, y, 0.5, 'flat'),
        ),
    ),
    path('iron', ring(26.5, 16, 4.5, 2), 'thin'),
    tube('brass', 1.8, 'M28 8.7c4 3 4 11.5 0 14.6'),
  ),
  'oil-can': drawn(
    'oil, chain oil, engine oil, lubricant, oiling, bicycle chain cleaner, oil drop, motor oil, degreaser',
    path('red', 'M17 13 29 3.5l1 1.2-8.5 11Z', 'thin'),
    path('red', 'M4 14c0-2 3-3.5 9.5-3.5S23 12 23 14v13.5a2.5 2.5 0 0 1-2.5 2.5h-14A2.5 2.5 0 0 1 4 27.5Z', 'bulk'),
    path('charcoal', 'M9.5 11 12 6h3l2.5 5Z', 'thin'),
    disc('yellow', 13.5, 21, 5.3, 'thin'),
    path('charcoal', 'M13.5 17.3c1.9 2.4 2.8 3.6 2.8 5a2.8 2.8 0 0 1-5.6 0c0-1.4.9-2.6 2.8-5Z', 'thin'),
    path('brown', 'M29.5 6.5c1.1 1.5 1.6 2.3 1.6 3a1.6 1.6 0 0 1-3.2 0c0-.7.5-1.5 1.6-3Z', 'thin'),
    glint('M6.5 15.5v10', 0.9, 0.7, 1),
  ),
  'car-wheel': drawn(
    'wheel, car tyre, car tire, spare wheel, spare tyre, tyre, wheel nut, wheel nuts, alloy wheel, hub',
    disc('rubber', 16, 16, 15, 'bulk'),
    each([0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300, 320, 340], (angle) =>
      turned(angle, 16, 16, line('#6b6278', 0.9, 'M16 1.5v1.8', 0.8)),
    ),
    disc('iron', 16, 16, 9.8),
    disc('charcoal', 16, 16, 8.8),
    each([0, 72, 144, 216, 288], (angle) => turned(angle, 16, 16, path('steel', 'M14.3 16 13.3 7.5c1.7-.8 3.7-.8 5.4 0L17.7 16Z', 'thin'))),
    disc('steel', 16, 16, 3.8),
    each([0, 72, 144, 216, 288], (angle) => turned(angle + 36, 16, 16, disc('iron', 16, 13.6, 0.7, 'flat'))),
    glint('M4.5 11c1.5-3 3.5-5 6.5-6.3', 0.8, 0.5),
  ),
  'car-jack': drawn(
    'jack, scissor jack, lifting a car, car lift',
    box('iron', 4, 27, 24, 3, 1),
    tube('red', 3, 'M9 27 4.5 17.5 12.5 8M23 27l4.5-9.5-8-9.5'),
    tube('steel', 1.6, 'M1.5 17.5h29'),
    disc('iron', 4.5, 17.5, 2.5),
    disc('iron', 27.5, 17.5, 2.5),
    disc('iron', 9.5, 26.5, 1.8),
    disc('iron', 22.5, 26.5, 1.8),
    box('red', 9.5, 5.5, 13, 4, 1.2),
    path('iron', 'M9.5 5.5 8.5 2h3l1 2h7l1-2h3l-1 3.5Z', 'thin'),
  ),
  'wheel-wrench': drawn(
    'lug wrench, wheel brace, cross wrench, wheel spanner, loosening a wheel nut',
    turned(
      45,
      16,
      16,
      tube('steel', 2.6, 'M16 2.5v27'),
      tube('iron', 2.6, 'M2.5 16h27'),
      each([0, 90, 180, 270], (angle) => turned(angle, 16, 16, box('iron', 13.7, -0.5, 4.6, 5, 1.2))),
    ),
    disc('steel', 16, 16, 2.2),
  ),
  dipstick: drawn(
    'oil dipstick, dipstick handle, oil level, checking oil, checking the oil',
    tube('steel', 1.5, 'M22 9.5 8 26'),
    tube('brown', 1.8, 'M11 22.5 7.5 26.6'),
    line('#e4374c', 0.8, 'M13.5 18.2l1.7 1.5M10.8 21.5l1.7 1.5'),
    path('yellow', 'M24.5 2.5a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6Zm0 2.6a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 1 0 0-4.4Z', 'body'),
    path('brown', 'M7 27c1.2 1.5 1.7 2.2 1.7 2.9a1.7 1.7 0 0 1-3.4 0c0-.7.5-1.4 1.7-2.9Z', 'thin'),
  ),
  'car-battery': drawn(
    'battery of a car, 12 volt battery, terminal, plus terminal, minus terminal, accumulator, plus pole, battery terminal',
    box('steel', 6.5, 4.5, 5, 4, 1),
    box('steel', 20.5, 4.5, 5, 4, 1),
    box('charcoal', 1.5, 7.5, 29, 5.5, 1.5),
    box('blue', 2.5, 11, 27, 18.5, 2, 'bulk'),
    path('red', 'M7.5 16h3v3h3v3h-3v3h-3v-3h-3v-3h3Z', 'thin'),
    box('white', 19, 19, 8.5, 3, 0.6, 'thin'),
    path('yellow', 'M17 14.5 13.5 21h2.7l-1 5 4.3-7h-3Z', 'thin'),
  ),
  'jumper-cables': drawn(
    'jump leads, jumper cable, booster cable, red clamp, black clamp, jump start, clamps, crocodile clip',
    tube('red', 2, 'M10 12C10 22 20 30 25 22s-4-10-6-3'),
    tube('charcoal', 2, 'M22 12c0 8-10 12-15 15s-4-6 1-4'),
    each(
      [
        [10, 'red'],
        [22, 'charcoal'],
      ] as const,
      ([x, paint]) =>
        path('brass', `M${x - 2.5} 4.5 ${x - 1.2} 1h2.4l1.3 3.5Z`, 'thin') +
        path(
          paint,
          `M${x - 3.5} 3.5c2 1.5 2 4 1.5 6.5l-.5 4h5l-.5-4c-.5-2.5-.5-5 1.5-6.5l1.5 2c-1.3 2-1.5 4-1.3 6l-.7 4.5h-6l-.7-4.5c.2-2 0-4-1.3-6Z`,
          'body',
        ),
    ),
  ),
  'open-bonnet': drawn(
    'engine, engine bay, car bonnet, open bonnet, hood, car hood, open hood, motor, car engine, open engine bay',
    path('red', 'M4 15 7 2.5a2 2 0 0 1 2-1.5h14a2 2 0 0 1 2 1.5L28 15Z', 'body'),
    path('charcoal', 'M6.5 14 9 4h14l2.5 10Z', 'thin'),
    path('iron', 'M5 14.5h22v6H5Z', 'flat'),
    box('charcoal', 7, 12, 6, 6.5, 1),
    box('steel', 14, 11, 5, 7.5, 1),
    box('blue', 20, 13, 5, 5.5, 0.8),
    tube('yellow', 1, 'M16.5 11V8.5'),
    path('red', 'M2 18.5h28l1 6.5a2.5 2.5 0 0 1-2.5 3h-25A2.5 2.5 0 0 1 1 25Z', 'bulk'),
    oval('yellow', 6, 22.5, 3, 2.2),
    oval('yellow', 26, 22.5, 3, 2.2),
    box('charcoal', 11, 21, 10, 3.5, 1.2, 'thin'),
    box('rubber', 4, 27, 5, 4, 1.3),
    box('rubber', 23, 27, 5, 4, 1.3),
  ),
  'pressure-gauge': drawn(
    'tyre pressure, gauge, manometer, pressure, air pressure',
    tube('charcoal', 2.2, 'M16 23c0 8 12 8 14 3'),
    box('brass', 13.5, 21.5, 5, 6, 1),
    disc('charcoal', 16, 12.5, 11.5, 'bulk'),
    disc('white', 16, 12.5, 9),
    each([-120, -80, -40, 0, 40, 80, 120], (angle) => turned(angle, 16, 12.5, line(angle > 60 ? '#e4374c' : '#3a3248', 0.9, 'M16 5v1.7'))),
    line('#e4374c', 1.1, 'M16 12.5 20 8.5'),
    disc('charcoal', 16, 12.5, 1.5, 'thin'),
  ),
  'hazard-triangle': drawn(
    'warning triangle, roadside triangle, hazard, hazard light',
    path('red', 'M14 3.5a2.3 2.3 0 0 1 4 0L30 24.5a2.3 2.3 0 0 1-2 3.5H4a2.3 2.3 0 0 1-2-3.5Zm2 6L8.5 22.5h15Z', 'body'),
    box('iron', 9, 27.5, 14, 2.6, 1, 'thin'),
    glint('M15 5.5 5 23.5', 0.7, 0.7),
  ),
};
