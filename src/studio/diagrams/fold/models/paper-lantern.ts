/** Only its first step is nothing but a fold; the sheet lies across. */
import { at } from '../../drawing/geometry.ts';
import { sequence, valley, type FoldModel } from '../sequence.ts';
import { rectangle } from '../sheet.ts';

export const paperLantern: FoldModel = {
  name: 'a paper lantern',
  topic: /paper lantern/,
  never: /sky lantern|flying/,
  colours: { front: '#ff9f6e', back: '#ffb48f' },
  finished: undefined,
  steps: sequence(rectangle(297, 210), [
    {
      name: 'the sheet folded in half, the long way',
      says: [/\bfold/, /\bhalf\b/],
      never: [/cut|unfold/],
      moves: [{ kind: 'fold', fold: valley([at(0, 105), at(297, 105)], at(220, 0)) }],
    },
  ]),
};
