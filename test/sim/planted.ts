/**
 * Bugs that are planted on purpose, as changes of the source text: the simulation must
 * find every one of them, or it proves nothing.
 */
export interface Planted {
  readonly name: string;
  /** Below `src/`. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** What else must change in the same file, where one change alone changes nothing. */
  readonly also?: Omit<Planted, 'name' | 'file' | 'also'>;
  /** Only several nodes can show it. */
  readonly nodes?: true;
}

export const planted: readonly Planted[] = [
  {
    name: 'a wake-up is forgotten: a run that leaves memory takes its alarm along',
    file: 'engine/actor-host.ts',
    find: 'alarms.set(id, wakeAt(program, run));',
    put: '',
  },
  {
    name: 'fencing is off: what any attempt says counts',
    file: 'core/run/tasks.ts',
    find: "return task?.is === 'running' && task.attempt === ref.attempt ? task : undefined;",
    put: "return task?.is === 'running' ? task : undefined;",
  },
  {
    name: 'a snapshot misses a field',
    file: 'core/run/snapshot.ts',
    find: 'run: pack(run) }',
    put: 'run: pack({ ...run, signals: [] }) }',
  },
  {
    name: 'a join does not wait for all',
    file: 'core/run/joins.ts',
    find: "if (life === 'open') return 'not yet';",
    put: "if (life === 'open' && !node.edges.some((other) => lifeOf(program, run, other) === 'live')) return 'not yet';",
  },
  {
    name: 'a map counts an item twice',
    file: 'core/run/evolve-task.ts',
    find: 'next: Math.max(work.next, index + 1)',
    put: 'next: Math.max(work.next, index + 2)',
  },
  {
    name: 'an answer is lost before its question is asked',
    file: 'core/run/evolve-step.ts',
    find: 'early: [...run.early, { step: place, answer }]',
    put: 'early: run.early',
  },
  {
    name: 'a message of the inbox is not consumed with what it does',
    file: 'engine/run-actor.ts',
    find: '...(consumes.length === 0 ? {} : { consumes }),',
    put: '',
  },
  {
    name: 'a child does not tell its parent',
    file: 'engine/actor-host.ts',
    find: 'children.ended(run);',
    put: '',
  },
  {
    name: 'an event is ticked off before it is handled',
    file: 'engine/triggers.ts',
    find: 'await this.#handle(emission);\n      await topic.advance(cursor, emission.id);',
    put: 'await topic.advance(cursor, emission.id);\n      await this.#handle(emission);',
  },
  {
    name: 'two runs may take the last place of a concurrency key',
    file: 'engine/turns.ts',
    find: 'const mine = before.then(alone, alone);',
    put: 'const mine = Promise.resolve(before).then(() => undefined, () => undefined) && work();',
  },
  {
    name: 'attempts are made before the journal says so',
    file: 'engine/run-actor.ts',
    find: 'await this.#host.append(this.#write(events, decided, record));\n    this.run = run;',
    put: 'const write = this.#write(events, decided, record);\n    this.run = run;\n    this.#follow(events);\n    await this.#host.append(write);',
  },
  {
    name: 'a run that is busy is not marked as such, and is not taken up after a crash',
    file: 'engine/records.ts',
    find: 'busy: !ended && isBusy(run),',
    put: 'busy: !ended && isBusy(run) && run.completions === 0,',
  },
  {
    name: 'an attempt that was overtaken goes on having effects',
    file: 'engine/must-count.ts',
    find: 'if (!hand.counts) throw stale(hand.ref);',
    put: '',
  },
  {
    name: 'a run that stands still tries again at once',
    file: 'core/run/attempts.ts',
    find: 'if (retryAt <= draft.time && draft.run.pausedAt === undefined)',
    put: 'if (retryAt <= draft.time)',
  },
  {
    name: 'a gate goes back once more than it may',
    file: 'core/run/opening.ts',
    find: 'if (node.back !== undefined && round <= node.back.max) {',
    put: 'if (node.back !== undefined && round <= node.back.max + 1) {',
  },
  {
    name: 'what is reserved does not count in the budget',
    file: 'core/run/money.ts',
    find: '- run.money.spent - reservedIn(run.money);',
    put: '- run.money.spent;',
  },
  {
    name: 'a message that was taken is taken again',
    file: 'backends/memory/journal.ts',
    find: 'if (settled.length > 0) {',
    put: 'if (settled.length > this.#data.inbox.size) {',
  },
  {
    name: 'a node that was taken for dead goes on writing',
    file: 'backends/memory/fleet/fleet.ts',
    find: 'if (!this.#lives(this.#node)) throw this.#fenced();',
    put: '',
    nodes: true,
  },
  {
    name: 'what adopted runs wait for is not waited for',
    file: 'engine/engine.ts',
    find: 'void this.owe(undefined, () => this.#onMessages());\n    await this.#waitFor();',
    put: '',
    nodes: true,
  },
  {
    name: 'an order that was lost on the way is never missed',
    file: 'engine/fleet/sender.ts',
    find: "if (this.#forget(id, out) && !hand.released) void owe(hand.run.id, () => hand.tell({ type: 'lost', ref: hand.ref }));",
    put: 'this.#forget(id, out);',
    nodes: true,
  },
  {
    name: 'what a lost taker had begun is begun again under the same number',
    file: 'engine/fleet/takers.ts',
    find: "if (again) return hand.tell({ type: 'lost', ref: order.ref });",
    put: '',
    nodes: true,
  },
  {
    name: 'nobody adopts the runs of a node that is gone',
    file: 'engine/fleet/membership.ts',
    find: 'gone: () => void engine.owe(undefined, () => this.#others()),',
    put: '',
    nodes: true,
  },
  {
    name: 'a node that was taken for dead keeps what it has in hand',
    file: 'engine/engine.ts',
    find: 'for (const actor of this.#residents.all()) this.disowned(actor, reason);',
    put: '',
    nodes: true,
  },
];
