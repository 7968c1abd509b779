/**
 * One data directory and its kills, one after another. Two of them side by side keep two cores busy.
 *
 * S1. Every kill that was ordered falls: where a process had nothing left to do, another one dies elsewhere.
 * S2. After every kill the store is looked at before anybody opens it.
 */
import { mkdirSync } from 'node:fs';
import { always, commonest } from './boundaries.ts';
import { check, everyTime, type Finding } from './checks.ts';
import { checkEnd } from './end-checks.ts';
import { gather, onCopy, type Evidence } from './evidence.ts';
import { incarnate, type Exit } from './incarnation.ts';
import { readLedger, type Line } from './ledger.ts';
import { ledgerIn, storeIn, type Orders } from './orders.ts';
import type { Plant } from './plants.ts';
import { runsOf, type Share } from './scenarios.ts';
import type { Kill } from './schedule.ts';

export interface LaneOrders {
  readonly dir: string;
  readonly cache: string;
  readonly kills: readonly Kill[];
  readonly share: Share;
  readonly plant: Plant | undefined;
  readonly onKill: () => void;
  /** Another lane has failed: there is no need to go on. */
  readonly over: AbortSignal;
}

export interface LaneReport {
  readonly kills: ReadonlyMap<string, number>;
  readonly incarnations: number;
  readonly ends: ReadonlyMap<string, number>;
  readonly events: number;
  readonly deeds: number;
  readonly failure: Failure | undefined;
}

export interface Failure {
  readonly dir: string;
  readonly incarnation: number;
  readonly boundary: string;
  readonly findings: readonly Finding[];
}

/** How many runs a process may begin before their time to come to its kill: the others are for later kills. */
const more = 2;

/** How many runs that have not ended are named. */
const named = 12;

export const atRandom = 'at a random moment';

export class Lane {
  readonly #orders: LaneOrders;
  readonly #kills = new Map<string, number>();
  #incarnations = 0;
  #evidence: Evidence | undefined;
  #lines: readonly Line[] = [];
  #boundary = 'none yet';

  constructor(orders: LaneOrders) {
    this.#orders = orders;
  }

  async run(): Promise<LaneReport> {
    mkdirSync(this.#orders.dir, { recursive: true });
    return this.#report(await this.#failing());
  }

  /** What was found first. */
  async #failing(): Promise<readonly Finding[]> {
    const { kills, share, over, onKill } = this.#orders;
    // It finds nothing to do, and leaves its compiled code for those to come.
    const first = await this.#next({ share: { ...share, to: share.from }, atOnce: 0, more: 0 }, undefined);
    if (first.is !== 'done') return this.#refused(first);
    for (const [place, kill] of kills.entries()) {
      // Runs are let in at such a pace that there is work for the last kill too.
      const atOnce = Math.ceil(((place + 1) * (share.to - share.from)) / kills.length);
      const findings = await this.#die(kill, { share, atOnce, more });
      if (findings.length > 0 || over.aborted) return findings;
      onKill();
    }
    return this.#finish();
  }

  async #die(kill: Kill, runs: Pick<Orders, 'share' | 'atOnce' | 'more'>): Promise<readonly Finding[]> {
    const exit =
      kill.is === 'at a boundary'
        ? await this.#next({ ...runs, strike: kill.strike, ...(kill.wanted === undefined ? {} : { wanted: kill.wanted }) }, undefined)
        : await this.#next(runs, kill.after);
    if (exit.is === 'failed') return this.#refused(exit);
    const findings = await this.#look(exit, false);
    if (findings.length > 0 || exit.is === 'killed') return findings;
    // S1
    for (const at of [commonest, always]) {
      const instead = await this.#next({ ...runs, strike: { at, nth: 1, linger: 0 } }, undefined);
      if (instead.is === 'failed') return this.#refused(instead);
      const found = await this.#look(instead, false);
      if (found.length > 0 || instead.is === 'killed') return found;
    }
    return [{ check: 'every kill falls', text: `no process came to ${always}` }];
  }

  async #finish(): Promise<readonly Finding[]> {
    const { share } = this.#orders;
    const exit = await this.#next({ share, atOnce: share.to - share.from, more: 0 }, undefined);
    if (exit.is !== 'done') return this.#refused(exit);
    const findings = await this.#look(exit, true);
    const evidence = this.#evidence;
    if (evidence === undefined) return findings;
    const ended = await onCopy(storeIn(this.#orders.dir), (backend) =>
      checkEnd({ evidence, lines: this.#lines, backend, runs: runsOf(share) }),
    );
    return [...findings, ...ended];
  }

  #next(orders: Omit<Orders, 'dir' | 'incarnation'>, killAfter: number | undefined): Promise<Exit> {
    const { dir, cache, over, plant } = this.#orders;
    const incarnation = ++this.#incarnations;
    return incarnate({ dir, incarnation, ...orders, ...(plant === undefined ? {} : { plant }) }, { cache, over }, killAfter);
  }

  /** A process that was let go because another lane failed has nothing to say. */
  async #refused(exit: Exit): Promise<readonly Finding[]> {
    if (this.#orders.over.aborted) return [];
    const found = await this.#look(exit, false);
    const open = [...(this.#evidence?.stories.values() ?? [])].filter(({ record }) => record.endedAt === undefined);
    const why = exit.is === 'failed' ? exit.why : `it was ${exit.is} before its time`;
    const names = open.slice(0, named).map(({ id, record }) => `${id} (${record.queued ? 'queued' : record.status})`);
    const text = open.length === 0 ? why : `${why}\n  ${open.length} runs have not ended: ${names.join(', ')}`;
    return [{ check: 'a process goes on with what another left', text }, ...found];
  }

  async #look(exit: Exit, anew: boolean): Promise<readonly Finding[]> {
    const { dir } = this.#orders;
    this.#lines = readLedger(ledgerIn(dir));
    const fresh = this.#lines.filter((line) => line.incarnation === this.#incarnations);
    if (exit.is === 'killed') {
      const last = fresh.at(-1);
      this.#boundary = last?.is === 'killed' ? last.at : atRandom;
      this.#kills.set(this.#boundary, (this.#kills.get(this.#boundary) ?? 0) + 1);
    }
    const before = this.#evidence;
    try {
      const sent = fresh.flatMap((line) => (line.is === 'sent' ? [line.message] : []));
      this.#evidence = await gather(storeIn(dir), { before: anew ? undefined : before, sent });
    } catch (error) {
      return [{ check: 'the store can be read', text: error instanceof Error ? error.message : String(error) }];
    }
    return check({ now: this.#evidence, before, lines: this.#lines, fresh }, everyTime);
  }

  #report(findings: readonly Finding[]): LaneReport {
    const stories = [...(this.#evidence?.stories.values() ?? [])];
    const ends = new Map<string, number>();
    for (const { record } of stories) ends.set(record.status, (ends.get(record.status) ?? 0) + 1);
    const { dir } = this.#orders;
    return {
      kills: this.#kills,
      incarnations: this.#incarnations,
      ends,
      events: stories.reduce((sum, { events }) => sum + events.length, 0),
      deeds: this.#lines.filter((line) => line.is === 'deed').length,
      failure: findings.length === 0 ? undefined : { dir, incarnation: this.#incarnations, boundary: this.#boundary, findings },
    };
  }
}
