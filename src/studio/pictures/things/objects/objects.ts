/** The objects that the package draws itself. */
import { appliances } from './appliances.ts';
import { craft } from './craft.ts';
import type { Drawn } from './draw.ts';
import { garden } from './garden.ts';
import { household } from './household.ts';
import { kitchen } from './kitchen.ts';
import { withPaints } from './paints.ts';
import { pantry } from './pantry.ts';
import { paper } from './paper.ts';
import { science } from './science.ts';
import { stationery } from './stationery.ts';
import { textile } from './textile.ts';
import { vehicle } from './vehicle.ts';
import { workshop } from './workshop.ts';

const families = [paper, stationery, workshop, kitchen, pantry, household, garden, textile, vehicle, science, craft, appliances];

const objects: ReadonlyMap<string, Drawn> = new Map(families.flatMap((family) => Object.entries(family)));

export const objectNames: readonly string[] = [...objects.keys()];

export function objectBody(name: string): string | undefined {
  const object = objects.get(name);
  return object && withPaints(object.body);
}

export const objectWords = (name: string): readonly string[] | undefined => {
  const object = objects.get(name);
  return object && [...new Set([name.replaceAll('-', ' '), ...object.words])];
};
