/**
 * What starts by itself: workflows from events and from the calendar, and runs that
 * wait for an event of the bus.
 *
 * T1. Each emission is handled once in effect: what it starts has an idempotency key
 *     made of the two, what it wakes remembers how far it has heard, and the cursor
 *     moves only after both.
 */
import { Cron } from 'croner';
import { ContinuoError, faultOf } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import type { Payload } from '../core/run/events.ts';
import type { Emission } from '../ports/journal.ts';
import type { Startable } from './admission.ts';
import type { Engine } from './engine.ts';
import { mayPass } from './patience.ts';

interface Starting {
  /** Stable: it is part of what makes a start happen once. */
  readonly id: string;
  readonly workflow: Startable;
  readonly project?: string;
}

export type Trigger =
  | (Starting & {
      /** `agent:insight`, or the event of an emit step. */
      readonly event: string;
      readonly cron?: never;
      readonly when?: (data: Json, from: { readonly runId: string }) => boolean;
      readonly input?: (data: Json, from: { readonly runId: string }) => unknown;
    })
  | (Starting & {
      readonly cron: string;
      readonly event?: never;
      readonly timezone?: string;
      readonly input?: (at: Date) => unknown;
      /** Times that passed while nothing ran: start once for the latest (default), or not at all. */
      readonly missed?: 'latest' | 'none';
    });

type EventTrigger = Extract<Trigger, { event: string }>;
type CronTrigger = Extract<Trigger, { cron: string }>;

export type StartTriggered = (
  what: Startable,
  input: unknown,
  options: { readonly project?: string; readonly idempotencyKey: string },
) => Promise<unknown>;

const cursor = 'triggers';
const page = 100;

export class Triggers {
  readonly #engine: Engine;
  readonly #start: StartTriggered;
  readonly #events: EventTrigger[] = [];
  readonly #alarms = new Map<string, () => void>();
  #looking = false;
  #again = false;

  constructor(engine: Engine, start: StartTriggered) {
    this.#engine = engine;
    this.#start = start;
  }

  get looking(): boolean {
    return this.#looking;
  }

  /** Triggers that are there from the start: none of them misses what recovery brings to light. */
  async open(triggers: readonly Trigger[]): Promise<void> {
    for (const trigger of triggers) if (trigger.cron === undefined) this.#events.push(trigger);
    this.#engine.whenEmitted(() => this.#lookSoon());
    await this.#engine.owe(undefined, () => this.look());
    for (const trigger of triggers) if (trigger.cron !== undefined) await this.#schedule(trigger);
  }

  async add(trigger: Trigger): Promise<void> {
    if (trigger.cron !== undefined) return this.#schedule(trigger);
    this.#events.push(trigger);
    await this.#engine.owe(undefined, () => this.look());
  }

  close(): void {
    for (const cancel of this.#alarms.values()) cancel();
  }

  #lookSoon(): void {
    void this.#engine.owe(undefined, () => this.look());
  }

  /** Handles what is new on the topic. */
  async look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#again && !this.#engine.closed) {
        this.#again = false;
        await this.#engine.exclusively('topic', () => this.#page());
      }
    } finally {
      this.#looking = false;
    }
  }

  async #page(): Promise<void> {
    const { topic } = this.#engine.backend;
    const from = await topic.cursor(cursor);
    const emissions = await topic.after(from, page);
    for (const emission of emissions) {
      await this.#handle(emission);
      await topic.advance(cursor, emission.id);
    }
    if (emissions.length === page) this.#again = true;
  }

  async #handle(emission: Emission & { readonly id: number }): Promise<void> {
    // The engine wrote it as the payload of an event.
    const payload = JSON.parse(emission.data) as Payload;
    for (const { run } of await this.#engine.backend.runs.list({ awaits: emission.name, project: emission.project, limit: 10_000 })) {
      await this.#quietly(() => this.#engine.order(run, { type: 'hear', emission: emission.id, name: emission.name, data: payload }));
    }
    for (const trigger of this.#events)
      if (trigger.event === emission.name) await this.#fire(trigger, emission, await this.#engine.payloads.open(payload));
  }

  async #fire(trigger: EventTrigger, emission: Emission & { readonly id: number }, data: Json): Promise<void> {
    const from = { runId: emission.run };
    await this.#quietly(async () => {
      if (trigger.when !== undefined && !trigger.when(data, from)) return;
      const input = trigger.input === undefined ? data : trigger.input(data, from);
      await this.#start(trigger.workflow, input, {
        project: trigger.project ?? emission.project,
        idempotencyKey: `trigger:${trigger.id}:${emission.id}`,
      });
    });
  }

  async #schedule(trigger: CronTrigger): Promise<void> {
    const cron = readCron(trigger);
    const { topic } = this.#engine.backend;
    const name = `cron:${trigger.id}`;
    const now = this.#engine.clock.now();
    const last = await topic.cursor(name);
    if (last === 0) await topic.advance(name, now);
    else if (trigger.missed !== 'none') {
      const missed = latestBetween(cron, last, now);
      if (missed !== undefined) await this.#strike(trigger, name, missed);
    }
    this.#next(trigger, cron, name, now);
  }

  #next(trigger: CronTrigger, cron: Cron, name: string, after: number): void {
    const at = cron.nextRun(new Date(after))?.getTime();
    if (at === undefined || this.#engine.closed) return;
    const cancel = this.#engine.clock.at(at, () => {
      void this.#engine.owe(undefined, () => this.#strike(trigger, name, at)).then(() => this.#next(trigger, cron, name, at));
    });
    this.#alarms.set(trigger.id, cancel);
  }

  async #strike(trigger: CronTrigger, name: string, at: number): Promise<void> {
    await this.#quietly(async () => {
      const input = trigger.input === undefined ? { at: new Date(at).toISOString() } : trigger.input(new Date(at));
      await this.#start(trigger.workflow, input, {
        ...(trigger.project === undefined ? {} : { project: trigger.project }),
        idempotencyKey: `${name}:${at}`,
      });
      await this.#engine.backend.topic.advance(name, at);
    });
  }

  /** What one trigger cannot do must not keep the others from it; a store that stumbles is another matter. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The cursor stays where it is: another node handles it, or this one when it is there again.
      if (mayPass(error) || this.#engine.closed) throw error;
      if (error instanceof ContinuoError && error.code === 'NODE_FENCED') throw error;
      this.#engine.bus.fault({ error: faultOf(error) });
    }
  }
}

function readCron(trigger: CronTrigger): Cron {
  try {
    return new Cron(trigger.cron, { paused: true, ...(trigger.timezone === undefined ? {} : { timezone: trigger.timezone }) });
  } catch (error) {
    throw new ContinuoError(
      'USAGE',
      `trigger ${trigger.id} has the schedule ${JSON.stringify(trigger.cron)}, which is not a cron expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function latestBetween(cron: Cron, after: number, upTo: number): number | undefined {
  let latest: number | undefined;
  // Bounded: a schedule of every second over a year of absence needs no more than its last stretch.
  let from = Math.max(after, upTo - 32 * 86_400_000);
  for (let tries = 0; tries < 100_000; tries++) {
    const next = cron.nextRun(new Date(from))?.getTime();
    if (next === undefined || next > upTo) return latest;
    latest = next;
    from = next;
  }
  return latest;
}
