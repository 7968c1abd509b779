/** Tools, and what they are used on. */
import { box, dim, disc, drawn, each, glint, line, oval, path, shade, tube, turned, type Family } from './draw.ts';

export const workshop: Family = {
  'tape-measure': drawn(
    'measuring tape, measure, metre, measurement',
    box('yellow', 14.5, 23.3, 16.5, 3.4, 0.5, 'thin'),
    each([17, 19.5, 22, 24.5, 27], (x) => line('#4a2f3d', 0.5, `M${x} 23.5v1.5`)),
    box('steel', 29.5, 22.6, 1.5, 5.5, 0.5, 'thin'),
    path('orange', 'M8 4.5h8.5c5.5 0 9.5 4 9.5 9.5v10.5c0 1.5-1 2.5-2.5 2.5H6c-2 0-3.5-1.5-3.5-3.5V10C2.5 7 5 4.5 8 4.5Z', 'bulk'),
    disc('charcoal', 13.5, 15.5, 7),
    disc('yellow', 13.5, 15.5, 4.8),
    glint('M10.5 13.5c.6-1.3 1.7-2 3-2.2', 0.8),
  ),
  'paint-tin': drawn(
    'wall paint, tin of paint, paint can, paint, primer, varnish',
    tube('steel', 0.9, 'M6 10C6 .5 26 .5 26 10'),
    path('steel', 'M5 9.5h22V26c0 2-5 3.5-11 3.5S5 28 5 26Z', 'bulk'),
    path('teal', 'M5 13.5c2 1.6 6 2.5 11 2.5s9-.9 11-2.5v10c-2 1.6-6 2.5-11 2.5S7 25.1 5 23.5Z', 'body'),
    oval('steel', 16, 9.5, 11, 3.5, 'thin'),
    oval('teal', 16, 9.6, 9.4, 2.6, 'flat'),
    path('teal', 'M9 10.5c.5 2.5-.2 5.5 1.5 5.5s.8-2 1.8-2 .8 4.5 2.3 4.5.7-4 1.4-5.5 2 0 2.5-1.5Z', 'thin'),
    glint('M8 18v5', 1, 0.6, 1),
    glint('M10 8.7c2-.8 4-1 6-1', 0.5, 0.6),
  ),
  nail: drawn(
    'iron nail, tack, steel nail',
    turned(
      45,
      16,
      16,
      path('steel', 'M14.7 5h2.6v20L16 31l-1.3-6Z'),
      oval('steel', 16, 4.3, 5.2, 2.2, 'thin'),
      dim(16, 7, 1.3, 0.5, 0.5, 0),
    ),
  ),
};
void dim;
