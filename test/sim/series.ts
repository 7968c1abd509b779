/** Many seeds, one after another, and what they come to. */
import { drawScenario, type Scenario } from './world/scenario.ts';
import { play, type Outcome } from './world/world.ts';

export interface Tally {
  seeds: number;
  events: number;
  runs: Record<string, number>;
  faults: Record<string, number>;
  /** What was seen in journals: types of events. */
  seen: Record<string, number>;
  failed: number[];
  /** Seeds that came out otherwise when they were played again. */
  unsteady: number[];
  hashes: string[];
}

export function emptyTally(): Tally {
  return { seeds: 0, events: 0, runs: {}, faults: {}, seen: {}, failed: [], unsteady: [], hashes: [] };
}

/** One in so many seeds is played twice, and must come out the same. */
const twiceEvery = 50;

export async function playSeed(seed: number, tally: Tally, draw: (seed: number) => Scenario = drawScenario): Promise<Outcome> {
  const scenario = draw(seed);
  const outcome = await play(scenario);
  const { hash } = outcome.trace;
  tally.seeds++;
  tally.events += outcome.steps;
  for (const status of Object.values(outcome.ends)) count(tally.runs, status);
  for (const fault of scenario.faults) count(tally.faults, fault.is === 'crash' && fault.lingers !== undefined ? 'lingers' : fault.is);
  for (const type of outcome.watch.seen) count(tally.seen, type);
  if (outcome.violation !== undefined) tally.failed.push(seed);
  if (seed % twiceEvery === 0 && (await play(scenario)).trace.hash !== hash) tally.unsteady.push(seed);
  tally.hashes.push(hash);
  return outcome;
}

export function merge(into: Tally, one: Tally): void {
  into.seeds += one.seeds;
  into.events += one.events;
  for (const part of ['runs', 'faults', 'seen'] as const)
    for (const [name, number] of Object.entries(one[part])) into[part][name] = (into[part][name] ?? 0) + number;
  into.failed.push(...one.failed);
  into.unsteady.push(...one.unsteady);
  into.hashes.push(...one.hashes);
}

/** The same of several nodes. */
export function vacuousOfNodes({ seeds, runs, faults, seen }: Tally): readonly string[] {
  if (seeds < 300) return [];
  const total = Object.values(runs).reduce((sum, number) => sum + number, 0);
  const problems: string[] = [];
  if ((runs['succeeded'] ?? 0) < total / 3) problems.push(`only ${runs['succeeded'] ?? 0} of ${total} runs succeeded`);
  for (const fault of ['crash', 'restart', 'freeze', 'silence', 'forget', 'mislay', 'away', 'unsure', 'full', 'slow', 'stumble', 'jump'])
    if ((faults[fault] ?? 0) < seeds / 50) problems.push(`there was hardly any fault of the kind ${fault}`);
  for (const what of ['made elsewhere', 'changed hands', 'lost'])
    if ((seen[what] ?? 0) < seeds / 10) problems.push(`only in ${seen[what] ?? 0} of ${seeds} worlds something was ${what}`);
  return problems;
}

/** Nothing passes because nothing happened. Of a few seeds nothing can be said. */
export function vacuous({ seeds, runs, faults, seen }: Tally, allTypes: readonly string[]): readonly string[] {
  if (seeds < 300) return [];
  const total = Object.values(runs).reduce((sum, number) => sum + number, 0);
  const problems: string[] = [];
  if ((runs['succeeded'] ?? 0) < total / 3) problems.push(`only ${runs['succeeded'] ?? 0} of ${total} runs succeeded`);
  for (const status of ['failed', 'cancelled']) if ((runs[status] ?? 0) < total / 100) problems.push(`hardly any run was ${status}`);
  for (const fault of ['crash', 'lingers', 'restart', 'full', 'slow', 'stumble', 'jump'])
    if ((faults[fault] ?? 0) < seeds / 50) problems.push(`there was hardly any fault of the kind ${fault}`);
  for (const type of allTypes) if (seen[type] === undefined) problems.push(`no journal had an event of the type ${type}`);
  return problems;
}

function count(of: Record<string, number>, name: string): void {
  of[name] = (of[name] ?? 0) + 1;
}
