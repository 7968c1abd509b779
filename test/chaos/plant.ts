/** Loaded before a node: plants the bug that the environment names. */
import { plantInto } from '../sim/planting.ts';
import { plants } from './plants.ts';

plantInto(plants);
