/** Loaded before the simulation: plants the bug that the environment names. */
import { planted } from './planted.ts';
import { plantInto } from './planting.ts';

plantInto(planted);
