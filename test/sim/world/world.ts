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
import { Orchestrator } from '../../../src/engine/orchestrator.ts';
import { Chance } from '../chance.ts';
import { agentsOf, isolationOf, type Scene } from './agents.ts';
import { JournalWatch } from './journal-watch.ts';
import { Ledger } from './ledger.ts';
import { asMessage, command, helpAlong, mustBeOurs } from './people.ts';
import { Provider } from './provider.ts';
import type { Command, Fault, Scenario, Start } from './scenario.ts';
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
/** Errors of the engine that faults of the store explain. */
const expected: ReadonlySet<string> = new Set(['STORE_FULL', 'STORE_FAILED', 'ENGINE_CLOSED']);

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
  #life: Life | undefined;
  #orchestrator: Orchestrator | undefined;
  #ready = false;
  #lives = 0;
  #ids = 0;
  #calm = false;
  #done = false;
  #steps = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#shared = scenario.faults.some((fault) => fault.is === 'crash' && fault.lingers !== undefined);
    this.#watch = new JournalWatch(() => this.#store.data, this.#verdict, this.#trace, !this.#shared);
    this.#store = new SimulatedStore(this.#timeline, new Chance(`${scenario.seed}/store`), scenario.store, this.#watch);
    const provider = new Provider();
    this.#scene = {
      seed: scenario.seed,
      timeline: this.#timeline,
      habits: scenario.agents,
      provider,
      ledger: new Ledger({ watch: this.#watch, provider, verdict: this.#verdict, trace: this.#trace, shared: this.#shared }),
      calm: () => this.#calm,
    };
    this.#workflows = Object.fromEntries(Object.entries(scenario.plans).map(([name, plan]) => [name, planWorkflow(parsePlan(plan))]));
  }

  async play(): Promise<Outcome> {
    const { starts, commands, faults, wild } = this.#scenario;
    const at = (time: number, happen: () => void): void => this.#timeline.plan(begin + time, undefined, happen);
    at(0, () => this.#boot());
    for (const start of starts) at(start.at, () => this.#start(start));
    for (const one of commands) at(one.at, () => this.#command(one));
    for (const fault of faults) at(fault.at, () => this.#fault(fault));
    at(wild, () => this.#calmDown());
    while (!this.#done && this.#verdict.violation === undefined) {
      this.#timeline.step();
      this.#steps++;
      await turn();
      if (this.#steps > mostEvents) this.#stuck(`${mostEvents} events were not enough`);
    }
    if (this.#life !== undefined) this.#life.alive = false;
    return { violation: this.#verdict.violation, ends: this.#ends(), trace: this.#trace, watch: this.#watch, steps: this.#steps };
  }

  // --- the engine -------------------------------------------------------------------

  #boot(): void {
    const life: Life = { number: ++this.#lives, alive: true };
    this.#trace.add('engine', undefined, () => `process ${life.number} starts`);
    const { heard } = this.#workflows;
    const orchestrator = new Orchestrator({
      backend: this.#store.connect(life),
      clock: this.#timeline.clockOf(life),
      isolation: isolationOf(this.#scene, life),
      agents: agentsOf(this.#scene, life),
      workflows: Object.values(this.#workflows),
      triggers: heard === undefined ? [] : [{ id: 't', workflow: heard, event: 'e' }],
      newId: () => `n${++this.#ids}`,
      snapshotAfter: 8,
    });
    for (const name of ['engine:error', 'engine:stalled'] as const) {
      orchestrator.on(name, ({ error, runId }) => {
        this.#trace.add('engine', runId, () => `${name}: ${error.code} ${error.message}`);
        if (!expected.has(error.code)) this.#verdict.broken('strange error', runId, `${error.code}: ${error.message}`);
      });
    }
    this.#life = life;
    this.#orchestrator = orchestrator;
    this.#ready = false;
    orchestrator.begin().then(
      () => {
        if (this.#life === life) this.#ready = true;
      },
      (error: unknown) => {
        mustBeOurs(error, '', 'opening', this.#verdict);
        // The process ends, and whoever keeps it running starts it again.
        if (this.#life === life) this.#crash(100);
      },
    );
  }

  #crash(down: number, lingers?: number): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#trace.add(
      'fault',
      undefined,
      () => `process ${life.number} ${lingers === undefined ? 'dies' : `is given up and goes on for ${lingers} ms`}`,
    );
    if (lingers === undefined) this.#store.lose(life);
    else {
      this.#lingering.add(life);
      this.#timeline.after(lingers, undefined, () => this.#store.lose(life));
    }
    this.#down(down);
  }

  #down(lasts: number): void {
    this.#life = undefined;
    this.#orchestrator = undefined;
    this.#ready = false;
    this.#timeline.after(lasts, undefined, () => {
      if (this.#life === undefined) this.#boot();
    });
  }

  #restart(): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#trace.add('fault', undefined, () => `process ${life.number} is closed`);
    this.#orchestrator?.close().catch((error: unknown) => mustBeOurs(error, '', 'closing', this.#verdict));
    this.#down(20);
  }

  // --- what goes wrong --------------------------------------------------------------

  #fault(fault: Fault): void {
    const store = this.#store;
    switch (fault.is) {
      case 'crash':
        return this.#crash(fault.down, fault.lingers);
      case 'restart':
        return this.#restart();
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

  #mend(): void {
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
      this.#crash(20);
    }
    this.#help(0);
  }

  // --- people --------------------------------------------------------------------------

  /** Asks again until somebody says yes: an answer may never come, because the process died. */
  #start(start: Start): void {
    const { run, plan } = start;
    const workflow = this.#workflows[plan];
    if (workflow === undefined || this.#acknowledged.has(run)) return;
    for (const _ of start.twice ? [1, 2] : [1]) {
      if (!this.#ready) continue;
      this.#orchestrator?.start(workflow, 1, { id: run }).then(
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
    if (this.#orchestrator === undefined || !this.#ready) return;
    this.#trace.add('person', run, () => words);
    command(this.#orchestrator, one, this.#scenario.plans).then(
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
    const orchestrator = this.#orchestrator;
    if (orchestrator !== undefined && this.#ready) {
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
    this.#orchestrator?.start(teller, null).catch((error: unknown) => mustBeOurs(error, 'teller', 'telling', this.#verdict));
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
      waiting === undefined ? `${why}: events of the bus are not handled` : `${why}: a message waits in the inbox`,
    );
  }

  #atTheEnd(): void {
    const { data } = this.#store;
    for (const run of this.#acknowledged)
      if (!data.runs.has(run)) this.#verdict.broken('start lost', run, 'it was acknowledged and is gone');
    for (const [run, { signals }] of this.#watch.runs) {
      const own = signals.filter((signal) => signal.startsWith('"signal '));
      // Two processes may take the same message: each tells its own run, and there is one inbox.
      if (!this.#shared && new Set(own).size < own.length)
        this.#verdict.broken('signal twice', run, 'a signal that was sent once was received twice');
    }
    for (const { id, name } of data.topic) {
      if (name !== 'e') continue;
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
