/** The fleet as Postgres and Redis know it: its nodes, what they host, and how much waits. */
import type { Backend } from '../../ports/backend.ts';
import type { Hosted } from '../../ports/exchange.ts';
import type { NodeRecord } from '../../ports/fleet.ts';
import type { FleetView } from './watched.ts';
import { within } from './within.ts';

type Depths = ReadonlyMap<string, { readonly waiting: number; readonly inHand: number }>;

/** `own`: agents of this process, which may host some that nobody announced. What does not answer is left out, and said. */
export async function fleetView(
  { nodes: living, directory, exchange }: Pick<Backend, 'nodes' | 'directory' | 'exchange'>,
  own: readonly string[],
  patience: number,
): Promise<FleetView> {
  const unheard: string[] = [];
  const heard = async <T>(what: string, ask: () => Promise<T>, without: T): Promise<T> => {
    try {
      return await within(patience, what, ask);
    } catch (error) {
      unheard.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return without;
    }
  };
  const hosted: ReadonlyMap<string, Hosted> = directory?.hosted() ?? new Map();
  const ids = [...new Set([...own, ...hosted.keys()])].sort((one, other) => (one < other ? -1 : 1));
  const [nodes, depths] = await Promise.all([
    heard('nodes', async () => (await living?.()) ?? [], [] as readonly NodeRecord[]),
    heard<Depths>('queues', async () => (await exchange?.depths(ids)) ?? new Map(), new Map()),
  ]);
  const hostsOf = (node: string): readonly string[] => ids.filter((id) => hosted.get(id)?.nodes.includes(node) === true);
  return {
    nodes: nodes.map((node) => ({ ...node, hosts: hostsOf(node.node) })),
    agents: ids.map((id) => ({ id, nodes: hosted.get(id)?.nodes ?? [], ...depths.get(id) })),
    unheard,
  };
}
