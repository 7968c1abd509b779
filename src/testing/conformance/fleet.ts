/**
 * What every backend must do whose store several nodes share, as tests.
 *
 * ```ts
 * fleetConformance('mine', async () => ({
 *   lease: 500,
 *   open: (name, role = 'engine') => openMine({ …, name, role, lease: 500 }),
 *   pass: (milliseconds) => setTimeout(milliseconds),
 *   silence: async (node) => node.fallSilent(),
 *   close: async () => …,
 * }));
 * ```
 *
 * The backend must give a way to keep a node from renewing its lease while it can still write (W3 of world.ts): a
 * lease cannot be tried otherwise. A node that was silenced must not be seen to be lost by anybody before its lease
 * is over, and must be within a few leases after that.
 */
import { describe } from 'node:test';
import type { Backend } from '../../ports/backend.ts';
import { adoptionConformance } from './fleet/adoption.ts';
import { fencingConformance } from './fleet/fencing.ts';
import { leasesConformance } from './fleet/leases.ts';
import { ownershipConformance } from './fleet/ownership.ts';
import { togetherConformance } from './fleet/together.ts';
import { worldTests } from './world.ts';
import type { World } from './world.ts';

export type FleetNode = Backend & Required<Pick<Backend, 'fleet'>>;

/** `open` makes a world with an empty store. */
export function fleetConformance(name: string, open: () => Promise<World<FleetNode>>): void {
  describe(`fleet conformance: ${name}`, { concurrency: 4 }, () => {
    const test = worldTests(open);
    describe('whose a run is', () => ownershipConformance(test));
    describe('leases', () => leasesConformance(test));
    describe('fencing', () => fencingConformance(test));
    describe('adoption', () => adoptionConformance(test));
    describe('what nodes do together', () => togetherConformance(test));
  });
}
