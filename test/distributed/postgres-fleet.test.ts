import { after } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { fleetConformance } from '../../src/testing/conformance/fleet.ts';
import type { FleetNode } from '../../src/testing/conformance/fleet.ts';
import { PostgresFleet } from '../../src/backends/postgres-redis/postgres/fleet.ts';
import { startPostgres } from '../servers/postgres.ts';
import { composed, freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

const lease = 600;

fleetConformance('postgres', async () => {
  const schema = freshSchema();
  const open: FleetNode[] = [];
  return {
    lease,
    open: async (name, role = 'engine') => {
      const node = await composed(await openNode(server.url, schema, { name, role, lease }));
      // A node that has joined has a fleet.
      open.push(node as FleetNode);
      return node as FleetNode;
    },
    pass: (milliseconds) => pass(milliseconds),
    silence: async ({ fleet }) => (fleet instanceof PostgresFleet ? fleet.fallSilent() : async () => undefined),
    close: async () => {
      await Promise.all(open.map((node) => node.close()));
    },
  };
});
