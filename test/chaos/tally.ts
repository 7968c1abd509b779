/** How much of a storm it was. */
import type { Finding } from '../crash/checks.ts';
import type { Evidence } from '../crash/evidence.ts';
import { faultNames, type Planned } from './faults.ts';
import type { Provider } from './provider.ts';
import type { Stage } from './stage.ts';
import type { Written } from './witness.ts';

export interface Tally {
  readonly faults: ReadonlyMap<string, number>;
  readonly ends: ReadonlyMap<string, number>;
  readonly processes: number;
  readonly events: number;
  readonly deeds: number;
  /** Attempts that were begun by a process that did not have their run. */
  readonly crossings: number;
  /** Runs that more than one process has written to. */
  readonly adoptions: number;
  /** Nodes that are no more. */
  readonly gone: number;
  /** Attempts that were lost with whoever made them. */
  readonly lost: number;
}

interface Sources {
  readonly stage: Stage;
  readonly provider: Provider;
  readonly evidence: Evidence;
  readonly written: readonly Written[];
  readonly faults: readonly Planned[];
}

export async function tallyOf({ stage, provider, evidence, written, faults }: Sources): Promise<Tally> {
  const stories = [...evidence.stories.values()];
  const writers = new Map<string, Set<string>>();
  for (const { run, writer } of written) {
    const known = writers.get(run) ?? new Set();
    writers.set(run, known.add(writer ?? '?'));
  }
  const begun = provider.lines.filter((line) => line.is === 'began');
  return {
    faults: counted(faults.map(({ name }) => name)),
    ends: counted(stories.map(({ record }) => record.status)),
    processes: stage.names.length,
    events: stories.reduce((sum, { events }) => sum + events.length, 0),
    deeds: provider.lines.filter(({ is }) => is === 'deed').length,
    crossings: begun.filter(({ run, incarnation }) => writers.get(run)?.has(stage.names[incarnation] ?? '') !== true).length,
    adoptions: await stage.witness.changedHands(),
    gone: await stage.witness.gone(),
    lost: stories.reduce(
      (sum, { events }) => sum + events.filter((event) => event.type === 'task.started' && event.lost === true).length,
      0,
    ),
  };
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

export const theStormWasOne = 'the storm was one';

/** S3: what should have happened in any storm, and did not. */
export function vacuous(tally: Tally, { runs }: { readonly runs: number }): readonly Finding[] {
  const least: readonly (readonly [what: string, had: number, due: number])[] = [
    ['runs that succeeded', tally.ends.get('succeeded') ?? 0, runs],
    ['attempts made on another node than their run’s', tally.crossings, runs],
    ['runs that were taken over', tally.adoptions, 1],
    ['nodes that were lost', tally.gone, 2],
    ['attempts that were lost', tally.lost, 1],
    ...faultNames.map((name) => [`faults of the kind “${name}”`, tally.faults.get(name) ?? 0, 1] as const),
  ];
  return least.flatMap(([what, had, due]) =>
    had < due ? [{ check: theStormWasOne, text: `there were ${had} ${what}, and should be ${due} at least` }] : [],
  );
}
