/**
 * Reads along with every journal as it becomes durable, and knows what must hold:
 * the invariants, checked after every event.
 */
import { compile, type Program } from '../../../src/core/plan/program.ts';
import type { Plan } from '../../../src/core/plan/model.ts';
import { planWorkflow } from '../../../src/core/plan/workflow.ts';
import type { MemoryData } from '../../../src/backends/memory/index.ts';
import type { Append, RunRecord, Snapshot } from '../../../src/ports/journal.ts';
import { RunWatch } from './run-watch.ts';
import type { Witness } from './store.ts';
import type { Life } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verdict.ts';

export class JournalWatch implements Witness {
  readonly #data: () => MemoryData;
  readonly #verdict: Verdict;
  readonly #trace: Trace;
  /** Whether each concurrency key has one keeper. */
  readonly #exclusive: boolean;
  readonly #programs = new Map<string, Program>();
  readonly runs: Map<string, RunWatch> = new Map();
  readonly #writers = new Map<string, string>();
  /** Types of events that there were, and what else shows that something happened. */
  readonly seen: Set<string> = new Set();

  constructor(data: () => MemoryData, verdict: Verdict, trace: Trace, exclusive: boolean) {
    this.#data = data;
    this.#verdict = verdict;
    this.#trace = trace;
    this.#exclusive = exclusive;
  }

  of(run: string): RunWatch {
    let watch = this.runs.get(run);
    if (watch === undefined) {
      watch = new RunWatch(run, this.#verdict, (hash) => this.#program(hash));
      this.runs.set(run, watch);
    }
    return watch;
  }

  appended(write: Append, by: string | undefined): void {
    if (by !== undefined) this.#wasIts(write.run, by);
    // As the store keeps it.
    const events = JSON.parse(JSON.stringify(write.events)) as Append['events'];
    this.#trace.add('journal', write.run, () => `${write.seq}: ${events.map((event) => this.#words(write.run, event)).join(', ')}`);
    for (const event of events) this.seen.add(event.type === 'task.started' && event.lost === true ? 'lost' : event.type);
    const record = this.#data().runs.get(write.run)?.record;
    this.of(write.run).append({ ...write, events }, record);
    if (this.#exclusive && record !== undefined) this.#oneAtATime(record);
  }

  snapshot(run: string, snapshot: Snapshot): void {
    this.of(run).snapshot(snapshot);
  }

  /** An attempt was made by this process. */
  made(run: string, { number }: Life): void {
    const owner = this.#data().runs.get(run)?.node?.split('-')[0];
    if (owner !== undefined && owner !== `n${number}`) this.seen.add('made elsewhere');
  }

  /** A node that does not live any more writes nothing, and no node writes to another's run. */
  #wasIts(run: string, by: string): void {
    const { nodes, runs } = this.#data();
    if (!nodes.has(by)) this.#verdict.broken('fenced write', run, `node ${by} wrote to it, and it was taken away before`);
    if ((this.#writers.get(run) ?? by) !== by) this.seen.add('changed hands');
    this.#writers.set(run, by);
    const owner = runs.get(run)?.node;
    if (owner !== by) this.#verdict.broken('foreign write', run, `node ${by} wrote to it, and it belongs to ${owner ?? 'nobody'}`);
  }

  #words(run: string, event: Append['events'][number]): string {
    const step = 'step' in event && event.step !== undefined ? ` ${this.of(run).nameOf(event.step)}` : '';
    const item = 'item' in event && event.item !== undefined ? `[${event.item}]` : '';
    const attempt = 'attempt' in event ? ` ${'undo' in event ? 'undo ' : ''}${event.visit}.${event.attempt}` : '';
    return `${event.type}${step}${item}${attempt}`;
  }

  /** Runs with one concurrency key go no more at a time than the plan says. */
  #oneAtATime({ concurrencyKey, run }: RunRecord): void {
    if (concurrencyKey === undefined) return;
    let going = 0;
    for (const { record } of this.#data().runs.values())
      if (record.concurrencyKey === concurrencyKey && record.endedAt === undefined && !record.queued) going++;
    // The key begins with its limit.
    if (going > Number.parseInt(concurrencyKey, 10))
      this.#verdict.broken('too many at a time', run, `${going} runs of ${concurrencyKey} go at the same time`);
  }

  #program(hash: string): Program {
    let program = this.#programs.get(hash);
    if (program === undefined) {
      const text = this.#data().plans.get(hash);
      if (text === undefined) throw new Error(`a run goes by plan ${hash}, which is not in the store`);
      // The engine saved it under its hash.
      program = compile({ ...planWorkflow(JSON.parse(text) as Plan), hash });
      this.#programs.set(hash, program);
    }
    return program;
  }
}
