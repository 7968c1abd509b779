/** Nodes for the tests beside this file, and what is asked of them again and again. */
import type { FleetNode } from '../fleet.ts';
import { first, next, event } from '../storage/store.ts';
import { eventually } from '../world.ts';
import type { World, WorldTest } from '../world.ts';

export type FleetTest = WorldTest<World<FleetNode>>;

/** Opens engines, one after the other. */
export async function engines(world: World<FleetNode>, ...names: readonly string[]): Promise<readonly FleetNode[]> {
  const nodes: FleetNode[] = [];
  for (const name of names) nodes.push(await world.open(name));
  return nodes;
}

export async function two(world: World<FleetNode>): Promise<readonly [FleetNode, FleetNode]> {
  return [await world.open('a'), await world.open('b')];
}

/** Silences a node until the others say that it is gone. Answers with the way to let it be heard again. */
export async function lose(world: World<FleetNode>, node: FleetNode, witness: FleetNode): Promise<() => Promise<void>> {
  const { node: name } = node.fleet;
  const end = await world.silence(node);
  await eventually(world, `${name} is gone`, async () => !(await namesOf(witness)).includes(name));
  return end;
}

export async function namesOf(witness: FleetNode): Promise<readonly string[]> {
  return (await witness.fleet.nodes()).map(({ node }) => node);
}

export async function start(node: FleetNode, ...runs: readonly string[]): Promise<void> {
  for (const run of runs) await node.journal.append(first(run));
}

/** A run that another one called. */
export async function call(node: FleetNode, parent: string, run: string): Promise<void> {
  await node.journal.append(first(run, { parent }));
}

/** Writes the next event, whose number is its content. */
export async function writeTo(node: FleetNode, run: string, seq: number): Promise<void> {
  await node.journal.append(next(run, seq, event(seq)));
}

export async function lengthOf(node: FleetNode, run: string): Promise<number> {
  return (await node.journal.read(run, 0)).length;
}
