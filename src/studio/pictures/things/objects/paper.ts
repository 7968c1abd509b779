/** Paper and card, and what becomes of them. */
import { drawn, dim, flat, glint, line, path, shade, turned, type Family } from './draw.ts';

export const paper: Family = {
  'paper-airplane': drawn(
    'paper plane, paper aeroplane, paper dart, finished paper airplane, paper glider',
    // The far wing, the keel, and the near wing over both.
    path('paper', 'M30.6 2.6 2.2 10.9c-.9.3-1 1.1-.2 1.6l8.6 4.4Z', 'thin'),
    flat('#b7a6dc', 'M30.6 2.6 10.4 16.8l2.1 11.3c.2.8.9.9 1.4.3l4.2-5.4Z'),
    flat('#8f7cc0', 'M30.6 2.6 14.9 19.1l-1.5 9.6c.2 0 .4-.1.6-.3l4.1-5.4Z', 0.75),
    path('white', 'M30.6 2.6 14.7 19l11.6 8.3c.7.5 1.4.2 1.5-.6Z', 'thin'),
    glint('M29 4.6 16.4 18.6', 0.35, 0.9),
    glint('M27.4 4.6 5 11.3', 0.5, 0.8),
  ),
  'sheet-of-paper': drawn(
    'paper, blank sheet, sheet, A4 paper, letter paper, white paper, piece of paper, printer paper',
    turned(
      -6,
      16,
      16,
      path('paper', 'M6.5 2.5h14.2l5.3 5.4v19.6c0 1.1-.9 2-2 2H6.5c-1.1 0-2-.9-2-2v-23c0-1.1.9-2 2-2Z', 'body'),
      shade('M20 3.5 26 9.5v4l-6-6Z', 0.22),
      path('grey', 'M20.7 2.5v3.4c0 1.1.9 2 2 2H26Z', 'thin'),
    ),
  ),
};
