/** The world of a process that can die at any boundary: its ledger is a file, and each effect has a boundary on either side. */
import type { World } from './agents.ts';
import type { Fuse } from './fuse.ts';
import type { Ledger } from './ledger.ts';

/** `turn`: until whatever the process wants to do first is done, agents of other runs stand still. */
export function localWorld(ledger: Ledger, fuse: Fuse, turn: (run: string) => Promise<void>): World {
  return {
    begin: ({ runId }) => turn(runId),
    act: async (ctx, deed, name, due) => {
      fuse.pass(`agent.${deed}: before`);
      const count = ledger.deed(ctx, deed, name, due);
      fuse.pass(`agent.${deed}: done`);
      return count;
    },
    charges: async (key, name) => ledger.charges(key, name),
    write: async (entry) => ledger.write(entry),
  };
}
