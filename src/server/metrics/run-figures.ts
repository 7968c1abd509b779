/** What runs do, by what became durable of it: each event is appended once, by the node that has its run. */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { RunEvent } from '../../core/run/events.ts';
import type { Append } from '../../ports/journal.ts';
import { ofRuns } from './buckets.ts';
import { knownCode } from './code-of.ts';
import { Names, other } from './names.ts';
import { RunsUnderWay, type RunUnderWay } from './runs-under-way.ts';

const ends = { 'run.succeeded': 'succeeded', 'run.failed': 'failed', 'run.cancelled': 'cancelled' } as const;
const statuses = Object.values(ends);

export class RunFigures {
  readonly #underWay = new RunsUnderWay();
  readonly #workflows = new Names(50);
  readonly #projects = new Names(50);
  readonly #started: Counter<'workflow'>;
  readonly #ended: Counter<'workflow' | 'status'>;
  readonly #ofProject: Counter<'project' | 'status'>;
  readonly #duration: Histogram<'workflow' | 'status'>;
  readonly #errors: Counter<'code'>;
  readonly #retries: Counter<'code'>;
  readonly #dead: Counter<'code'>;
  readonly #tasks: Counter;
  readonly #questions: Counter;
  readonly #answers: Counter;
  readonly #cost: Counter<'workflow'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#started = new Counter({
      name: 'continuo_runs_started_total',
      help: 'Runs that were accepted.',
      labelNames: ['workflow'],
      registers,
    });
    this.#ended = new Counter({
      name: 'continuo_runs_ended_total',
      help: 'Runs that ended, by how; the share of those that succeeded is the completion rate. One that failed and is tried again ends again.',
      labelNames: ['workflow', 'status'],
      registers,
    });
    this.#ofProject = new Counter({
      name: 'continuo_project_runs_ended_total',
      help: 'The same by project.',
      labelNames: ['project', 'status'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'continuo_run_duration_seconds',
      help: 'From when a run was accepted to its end; waiting for people counts.',
      labelNames: ['workflow', 'status'],
      buckets: ofRuns,
      registers,
    });
    this.#errors = new Counter({
      name: 'continuo_run_errors_total',
      help: 'Errors that ended runs, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#retries = new Counter({
      name: 'continuo_task_retries_total',
      help: 'Attempts that failed and are made again, by the code of what went wrong.',
      labelNames: ['code'],
      registers,
    });
    this.#dead = new Counter({
      name: 'continuo_steps_failed_total',
      help: 'Steps that failed for good, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#tasks = new Counter({
      name: 'continuo_tasks_completed_total',
      help: 'Pieces of work that are done: steps, and items of maps.',
      registers,
    });
    this.#questions = new Counter({ name: 'continuo_questions_opened_total', help: 'Questions to people that were opened.', registers });
    this.#answers = new Counter({ name: 'continuo_questions_answered_total', help: 'Questions that people answered.', registers });
    this.#cost = new Counter({
      name: 'continuo_run_cost_dollars_total',
      help: 'What runs have spent, under the workflow that somebody started; with the runs that it called.',
      labelNames: ['workflow'],
      registers,
    });
  }

  appended(write: Append): void {
    const underWay = this.#underWay.of(write);
    for (const event of write.events) this.#count(write, event, underWay);
  }

  #count(write: Append, event: RunEvent, underWay: RunUnderWay | undefined): void {
    switch (event.type) {
      case 'run.started':
        return this.#begin(event.workflow);
      case 'run.succeeded':
      case 'run.failed':
      case 'run.cancelled':
        if (event.type === 'run.failed') this.#errors.inc({ code: knownCode(event.error.code) });
        return this.#end(write, ends[event.type]);
      case 'task.completed':
        return this.#tasks.inc();
      case 'task.failed':
        return event.retryAt === undefined ? undefined : this.#retries.inc({ code: knownCode(event.error.code) });
      case 'step.failed':
        return this.#dead.inc({ code: knownCode(event.error.code) });
      case 'ask.opened':
      case 'task.held':
        return this.#questions.inc();
      case 'ask.answered':
      case 'task.released':
        return this.#answers.inc();
      case 'money.settled':
        return this.#spend(write.run, event.amount, underWay);
      default:
        return undefined;
    }
  }

  /** A series that is there from the first run on shows its first end as an increase. */
  #begin(name: string): void {
    const workflow = this.#workflows.of(name);
    this.#started.inc({ workflow });
    for (const status of statuses) this.#ended.inc({ workflow, status }, 0);
  }

  #end({ record }: Append, status: (typeof statuses)[number]): void {
    if (record === undefined) return;
    const workflow = this.#workflows.of(record.workflow);
    this.#ended.inc({ workflow, status });
    this.#ofProject.inc({ project: this.#projects.of(record.project), status });
    const { createdAt, endedAt = record.updatedAt } = record;
    this.#duration.observe({ workflow, status }, Math.max(0, endedAt - createdAt) / 1000);
  }

  /** What a called run spends is settled in the run that called it, too. */
  #spend(run: string, amount: number, underWay: RunUnderWay | undefined): void {
    if (amount <= 0 || (underWay?.called ?? run.includes('~'))) return;
    this.#cost.inc({ workflow: underWay === undefined ? other : this.#workflows.of(underWay.workflow) }, amount);
  }
}
