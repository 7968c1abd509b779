/**
 * One simulated world: the real engine and the real skeleton, on a simulated clock,
 * store, network and agents. First things go wrong as the scenario says; then all is
 * well, and everything that was accepted must come to its end within a bound.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { hasEnded, statusOf } from '../../../src/core/run/phases.ts';
import type { Status } from '../../../src/core/run/state.ts';
import { parsePlan } from '../../../src/core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../../../src/core/plan/workflow.ts';
import type { Orchestrator } from '../../../src/engine/orchestrator.ts';
import { Chance } from '../chance.ts';
import type { Scene } from './agents.ts';
import { JournalWatch } from './journal-watch.ts';
import { Ledger } from './ledger.ts';
import { asMessage, command, helpAlong, mustBeOurs } from './people.ts';
import { Provider } from './provider.ts';
import type { Command, Fault, Scenario, Start } from './scenario.ts';
import { Seat } from './seat.ts';
import { SimulatedStore } from './store.ts';
import { Timeline, type Life } from './timeline.ts';
import { Trace } from './trace.ts';
import { Verdict, type Violation } from './verdict.ts';

export interface Outcome {
  readonly violation: Violation | undefined;
  readonly ends: Readonly<Record<string, Status>>;
  readonly trace: Trace;
  readonly watch: JournalWatch;
  /** How many events of the world there were. */
  readonly steps: number;
}

const begin = 1_000_000;
/** After the last fault everything must have ended within this time, and this many events. */
const patience = 12 * 3_600_000;
const mostEvents = 100_000;
const mostEventsOfNodes = 1_000_000;
/** What makes two nodes believe for a while that they have the same attempt in hand. */
const parting: ReadonlySet<Fault['is']> = new Set(['freeze', 'silence', 'away']);

export async function play(scenario: Scenario): Promise<Outcome> {
  return new World(scenario).play();
}

class World {
  readonly #scenario: Scenario;
  readonly #timeline = new Timeline(begin);
  readonly #trace = new Trace(this.#timeline);
  readonly #verdict = new Verdict();
  readonly #watch: JournalWatch;
  readonly #store: SimulatedStore;
  readonly #scene: Scene;
  readonly #workflows: Readonly<Record<string, AnyWorkflow>>;
  readonly #outside: Life = { number: 0, alive: true };
  readonly #acknowledged = new Set<string>();
  readonly #shared: boolean;
  readonly #lingering = new Set<Life>();
  readonly #seats: readonly Seat[];
  readonly #chance: Chance;
  #lives = 0;
  #ids = 0;
  #calm = false;
  #done = false;
  #steps = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#shared = scenario.faults.some((fault) => fault.is === 'crash' && fault.lingers !== undefined);
    const apart = scenario.nodes !== undefined && scenario.faults.some(({ is }) => parting.has(is));
    this.#watch = new JournalWatch(() => this.#store.data, this.#verdict, this.#trace, !this.#shared);
    this.#store = new SimulatedStore(this.#timeline, new Chance(`${scenario.seed}/store`), scenario.store, this.#watch);
    const provider = new Provider();
    this.#scene = {
      seed: scenario.seed,
      timeline: this.#timeline,
      habits: scenario.agents,
      provider,
      ledger: new Ledger({
        watch: this.#watch,
        provider,
        verdict: this.#verdict,
        trace: this.#trace,
        shared: this.#shared || apart,
        nodes: scenario.nodes !== undefined,
      }),
      calm: () => this.#calm,
    };
    this.#workflows = Object.fromEntries(Object.entries(scenario.plans).map(([name, plan]) => [name, planWorkflow(parsePlan(plan))]));
    this.#chance = new Chance(`${scenario.seed}/people`);
    const parts = {
      timeline: this.#timeline,
      trace: this.#trace,
      verdict: this.#verdict,
      store: this.#store,
      scene: this.#scene,
      workflows: this.#workflows,
      newId: () => `n${++this.#ids}`,
      nextLife: () => ++this.#lives,
      lingers: (life: Life) => void this.#lingering.add(life),
    };
    this.#seats = (scenario.nodes ?? [undefined]).map((habits) => new Seat(parts, habits));
  }

  async play(): Promise<Outcome> {
    const { starts, commands, faults, wild } = this.#scenario;
    const at = (time: number, happen: () => void): void => this.#timeline.plan(begin + time, undefined, happen);
    for (const [place, seat] of this.#seats.entries()) at(place, () => seat.boot());
    for (const start of starts) at(start.at, () => this.#start(start));
    for (const one of commands) at(one.at, () => this.#command(one));
    for (const fault of faults) at(fault.at, () => this.#fault(fault));
    at(wild, () => this.#calmDown());
    const most = this.#scenario.nodes === undefined ? mostEvents : mostEventsOfNodes;
    while (!this.#done && this.#verdict.violation === undefined) {
      this.#timeline.step();
      this.#steps++;
      await turn();
      if (this.#steps > most) this.#stuck(`${most} events were not enough`);
    }
    for (const seat of this.#seats) seat.end();
    return { violation: this.#verdict.violation, ends: this.#ends(), trace: this.#trace, watch: this.#watch, steps: this.#steps };
  }

  // --- what goes wrong --------------------------------------------------------------

  #fault(fault: Fault): void {
    const store = this.#store;
    const seat = this.#seats[fault.node ?? 0];
    switch (fault.is) {
      case 'crash':
        return seat?.crash(fault.down, fault.lingers);
      case 'restart':
        return seat?.restart();
      case 'freeze':
        return seat?.freeze(fault.lasts);
      case 'silence':
        return seat?.silence(fault.lasts);
      case 'forget':
        this.#trace.add('fault', undefined, () => 'the carrier forgets everything');
        return store.data.carrier.forget();
      case 'mislay':
        return this.#mislay();
      case 'away': {
        const comeBack = store.data.carrier.goAway();
        this.#trace.add('fault', undefined, () => `the carrier is away for ${fault.lasts} ms`);
        return this.#timeline.after(fault.lasts, undefined, comeBack);
      }
      case 'unsure':
        store.unsure = 0.3;
        break;
      case 'jump':
        this.#trace.add('fault', undefined, () => `the clock is set by ${fault.by} ms`);
        this.#timeline.skew += fault.by;
        return;
      case 'full':
        store.full = true;
        break;
      case 'slow':
        store.slowness = 100;
        break;
      case 'stumble':
        store.failing = { writes: fault.writes, reads: fault.reads };
        break;
    }
    this.#trace.add('fault', undefined, () => `the store is ${fault.is} for ${fault.lasts} ms`);
    this.#timeline.after(fault.lasts, undefined, () => this.#mend());
  }

  /** One order that waits is lost on the way. */
  #mislay(): void {
    const { orders } = this.#store.data.carrier;
    const waiting = [...orders.values()].flatMap((queue) =>
      [...queue].flatMap(([id, { is }]) => (is.is === 'waiting' ? [{ queue, id }] : [])),
    );
    if (waiting.length === 0) return;
    const { queue, id } = this.#chance.pick(waiting);
    queue.delete(id);
    this.#trace.add('fault', undefined, () => `order ${id} is lost on the way`);
  }

  #mend(): void {
    this.#store.unsure = 0;
    this.#store.full = false;
    this.#store.slowness = 1;
    this.#store.failing = { writes: 0, reads: 0 };
  }

  #calmDown(): void {
    this.#trace.add('fault', undefined, () => 'from here on all is well');
    this.#calm = true;
    this.#mend();
    // Two that wrote side by side: whoever is left has not seen all of it.
    if (this.#shared) {
      for (const life of this.#lingering) this.#store.lose(life);
      for (const seat of this.#seats) seat.crash(20);
    }
    this.#help(0);
  }

  // --- people --------------------------------------------------------------------------

  /** One of the engines that take commands: people do not know one from another. */
  #anybody(): Orchestrator | undefined {
    const ready = this.#seats.flatMap((seat) => seat.ready ?? []);
    return ready.length > 1 ? this.#chance.pick(ready) : ready[0];
  }

  /** Asks again until somebody says yes: an answer may never come, because the process died. */
  #start(start: Start): void {
    const { run, plan } = start;
    const workflow = this.#workflows[plan];
    if (workflow === undefined || this.#acknowledged.has(run)) return;
    for (const _ of start.twice ? [1, 2] : [1]) {
      this.#anybody()
        ?.start(workflow, 1, { id: run })
        .then(
          () => this.#accepted(run),
          (error: unknown) => mustBeOurs(error, run, 'starting', this.#verdict),
        );
    }
    this.#timeline.after(500, undefined, () => this.#start(start));
  }

  #accepted(run: string): void {
    if (!this.#acknowledged.has(run)) this.#trace.add('person', run, () => 'the start is acknowledged');
    this.#acknowledged.add(run);
    if (!this.#store.data.runs.has(run)) this.#verdict.broken('start lost', run, 'its start was acknowledged, and it is not in the store');
  }

  #command(one: Command): void {
    const { run, what, via } = one;
    const words = `${what.do}${'step' in what && what.step !== undefined ? ` ${what.step}` : ''}${'name' in what ? ` ${what.name}` : ''} (${via})`;
    if (via === 'inbox') {
      this.#trace.add('person', run, () => words);
      const { inbox } = this.#store.connect(this.#outside);
      const message = { id: `m${one.at}.${words}`, run, command: JSON.stringify(asMessage(one)), at: this.#timeline.now };
      for (const _ of one.twice ? [1, 2] : [1]) inbox.send(message).catch((error: unknown) => mustBeOurs(error, run, words, this.#verdict));
      return;
    }
    const orchestrator = this.#anybody();
    if (orchestrator === undefined) return;
    this.#trace.add('person', run, () => words);
    command(orchestrator, one, this.#scenario.plans).then(
      () => this.#kept(one),
      (error: unknown) => {
        this.#trace.add('person', run, () => `${words} is refused: ${String(error)}`);
        mustBeOurs(error, run, words, this.#verdict);
      },
    );
  }

  /** What was acknowledged is in the journal. */
  #kept({ run, what }: Command): void {
    const { signals, answers } = this.#watch.of(run);
    const there =
      what.do === 'signal'
        ? signals.includes(JSON.stringify(what.data))
        : what.do !== 'answer' || answers.includes(`${what.step} ${what.by}`);
    if (!there) this.#verdict.broken('command lost', run, `${what.do} was acknowledged, and it is not in the journal`);
  }

  /** All is well: people do what they are asked for, until everything has ended. */
  #help(round: number): void {
    if (this.#isOver()) {
      this.#done = true;
      this.#atTheEnd();
      return;
    }
    if (this.#timeline.now > begin + this.#scenario.wild + patience) {
      this.#stuck('it does not end');
      return;
    }
    const orchestrator = this.#anybody();
    if (orchestrator !== undefined) {
      const { provider } = this.#scene;
      const parts = {
        orchestrator,
        provider,
        verdict: this.#verdict,
        trace: this.#trace,
        watchOf: (run: string) => this.#watch.of(run),
        tellAll: () => this.#tellAll(),
      };
      for (const [id, watch] of this.#watch.runs) helpAlong(id, watch, parts);
    }
    this.#timeline.after(round < 60 ? 1000 : 600_000, undefined, () => this.#help(round + 1));
  }

  #tellAll(): void {
    const teller = planWorkflow(parsePlan({ id: 'teller', steps: [{ id: 'tell', kind: 'emit', event: 'e', data: 1 }] }));
    this.#anybody()
      ?.start(teller, null)
      .catch((error: unknown) => mustBeOurs(error, 'teller', 'telling', this.#verdict));
  }

  #isOver(): boolean {
    const { data } = this.#store;
    for (const { run } of this.#scenario.starts) if (!this.#acknowledged.has(run)) return false;
    for (const { run } of this.#watch.runs.values()) if (run !== undefined && !hasEnded(run)) return false;
    for (const { outcome } of data.inbox.values()) if (outcome.is === 'waiting') return false;
    const last = data.topic.at(-1)?.id ?? 0;
    return last === 0 || (data.cursors.get('triggers') ?? 0) >= last;
  }

  #stuck(why: string): void {
    for (const [id, { run, program }] of this.#watch.runs) {
      if (run === undefined || hasEnded(run)) continue;
      const active = run.active.map((place) => program.node(place).id).join(', ');
      this.#verdict.broken('liveness', id, `${why}: the run is ${statusOf(run)} (${run.phase.is}), with ${active || 'nothing'} active`);
    }
    const waiting = [...this.#store.data.inbox.values()].find(({ outcome }) => outcome.is === 'waiting');
    this.#verdict.broken(
      'liveness',
      waiting?.run,
      waiting === undefined ? `${why}: events of the bus are not handled` : `${why}: a message waits in the inbox, ${waiting.command}`,
    );
  }

  #atTheEnd(): void {
    const { data } = this.#store;
    for (const run of this.#acknowledged)
      if (!data.runs.has(run)) this.#verdict.broken('start lost', run, 'it was acknowledged and is gone');
    for (const [run, { signals }] of this.#watch.runs) {
      const own = signals.filter((signal) => signal.startsWith('"signal '));
      if (new Set(own).size < own.length) this.#verdict.broken('signal twice', run, 'a signal that was sent once was received twice');
    }
    for (const { id, name } of data.topic) {
      if (name !== 'e' || this.#workflows['heard'] === undefined) continue;
      const started = [...data.runs.values()].filter(({ record }) => record.idempotencyKey === `trigger:t:${id}`).length;
      if (started !== 1) this.#verdict.broken('trigger', undefined, `event ${id} started ${started} runs`);
    }
    for (const { record } of data.runs.values()) {
      const parent = record.parent === undefined ? undefined : data.runs.get(record.parent)?.record;
      if (record.parent !== undefined && parent === undefined)
        this.#verdict.broken('orphan', record.run, `its parent ${record.parent} is not there`);
    }
  }

  #ends(): Readonly<Record<string, Status>> {
    return Object.fromEntries([...this.#watch.runs].flatMap(([id, { run }]) => (run === undefined ? [] : [[id, statusOf(run)] as const])));
  }
}
