/** The whole of it: kills dealt out to directories, and what came of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundaries } from './boundaries.ts';
import { Lane, type LaneReport } from './lane.ts';
import type { Plant } from './plants.ts';
import { schedule } from './schedule.ts';

export interface StormOptions {
  readonly kills: number;
  readonly runs: number;
  readonly seed: number;
  readonly plant?: Plant;
  /** What was left behind; where nothing is said, only after a failure. */
  readonly keep?: boolean;
  readonly onKill?: () => void;
}

export interface StormReport {
  readonly options: StormOptions;
  readonly dir: string;
  readonly kept: boolean;
  readonly lanes: readonly LaneReport[];
  readonly kills: ReadonlyMap<string, number>;
  /** Boundaries at which no process died, although there were kills enough. */
  readonly missed: readonly string[];
  readonly milliseconds: number;
  readonly failed: boolean;
}

const lanes = 2;
/** How much work there is for each kill. */
const lapsOfAKill = 3;
/** Below so many kills for each boundary it is no fault that one was not hit. */
const enough = 5;

export async function storm(options: StormOptions): Promise<StormReport> {
  const { kills, runs, seed, plant, onKill = () => undefined } = options;
  const began = Date.now();
  const dir = mkdtempSync(join(tmpdir(), 'continuo-crash-'));
  const all = schedule(kills, seed);
  const laps = Math.ceil((kills * lapsOfAKill) / runs);
  const end = new AbortController();
  const reports = await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const report = await new Lane({
        dir: join(dir, `lane-${lane + 1}`),
        cache: join(dir, 'compiled'),
        kills: all.filter((_kill, place) => place % lanes === lane),
        share: { from: Math.floor((lane * runs) / lanes), to: Math.floor(((lane + 1) * runs) / lanes), laps },
        plant,
        onKill,
        over: end.signal,
      }).run();
      if (report.failure !== undefined) end.abort();
      return report;
    }),
  );
  const total = sum(reports.map((report) => report.kills));
  const missed = missedBy(total, kills);
  const failed = missed.length > 0 || reports.some((report) => report.failure !== undefined);
  const kept = options.keep ?? failed;
  if (!kept) rmSync(dir, { recursive: true, force: true });
  return { options, dir, kept, lanes: reports, kills: total, missed, milliseconds: Date.now() - began, failed };
}

/** Boundaries that were never hit, where there were kills enough to hit them all. */
export function missedBy(fallen: ReadonlyMap<string, number>, kills: number): readonly string[] {
  return kills < enough * boundaries.length ? [] : boundaries.map(({ name }) => name).filter((name) => !fallen.has(name));
}

export function sum(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const one of counts) for (const [name, times] of one) total.set(name, (total.get(name) ?? 0) + times);
  return total;
}
