import type { Json } from '../core/data/json.ts';
import type { Worker } from '../core/plan/model.ts';
import type { AttemptRef } from '../core/run/events.ts';
import type { TaskWork } from '../core/run/outstanding.ts';
import type { Records } from '../core/run/state.ts';
import { workOf } from '../core/run/tasks.ts';
import { attemptName } from '../core/run/attempt-name.ts';
import type { FromAttempt, Held } from './held.ts';
import { LettingGo } from './letting-go.ts';
import type { RunActor } from './run-actor.ts';

/** One attempt, or child, of a run that is worked here: queued, being made, or sent to another node. */
export class Hand extends LettingGo implements Held {
  readonly actor: RunActor;
  readonly work: TaskWork;
  readonly name: string;

  constructor(actor: RunActor, work: TaskWork, name: string) {
    super();
    this.actor = actor;
    this.work = work;
    this.name = name;
  }

  get own(): boolean {
    return true;
  }
  get run(): Held['run'] {
    return this.actor.run;
  }
  get step(): string {
    return this.work.node.id;
  }
  get key(): string {
    return this.work.key;
  }
  get ref(): AttemptRef {
    return this.work.ref;
  }
  get worker(): Worker {
    return this.work.worker;
  }
  get action(): string {
    const { worker } = this.work;
    return 'action' in worker ? worker.action : 'run';
  }
  get priority(): number {
    return (workOf(this.work.node).priority ?? 0) + this.actor.run.priority;
  }
  get records(): Records {
    return this.work.records;
  }
  get memo(): boolean {
    return workOf(this.work.node).memo === true;
  }
  get timeout(): number | undefined {
    return this.work.timeout;
  }
  get heartbeat(): number | undefined {
    return this.work.heartbeat;
  }
  get resources(): Readonly<Record<string, number>> | undefined {
    return workOf(this.work.node).resources;
  }

  input(): Json | Promise<Json> {
    return this.actor.evaluate(() => this.work.input());
  }

  /** By way of JSON, so that what is large in it is fetched now, and not when the agent looks. */
  feedback(): Json | undefined | Promise<Json | undefined> {
    const feedback = this.work.feedback();
    return feedback === undefined ? undefined : this.actor.evaluate(() => JSON.parse(JSON.stringify(feedback)) as Json);
  }

  over(): void {
    // The run itself has heard of it.
  }

  spent(): number {
    return this.actor.run.money.spent;
  }

  tell(said: FromAttempt, memo?: string): Promise<void> {
    return this.actor.submit(said, memo === undefined ? {} : { memo: `${attemptName(this.ref)}/${memo}` });
  }

  reserve(id: string, amount: number): Promise<(actual: number) => Promise<void>> {
    return this.actor.reserve(this, id, amount);
  }
}
