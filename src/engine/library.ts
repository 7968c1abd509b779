/**
 * Workflows by name, and programs by the hash of their plan.
 *
 * B1. A plan that came as data never takes the place of one that came with its functions, though it reads the same.
 * B2. Plans as data may be any number: of their programs those that were used last are kept.
 */
import { ContinuoError } from '../core/errors.ts';
import { closest } from '../core/data/text.ts';
import type { Plan } from '../core/plan/model.ts';
import { compile, type Program } from '../core/plan/program.ts';
import { planWorkflow, type AnyWorkflow } from '../core/plan/workflow.ts';
import type { Plans } from '../ports/journal.ts';

/** B2. */
const mostPlain = 500;
const mostSaved = 10_000;

export class Library {
  readonly #plans: Plans;
  readonly #named = new Map<string, AnyWorkflow>();
  readonly #byHash = new Map<string, AnyWorkflow>();
  readonly #programs = new Map<string, Program>();
  /** Of plans that are data alone; the one that was used last stands last. */
  readonly #plain = new Map<string, Program>();
  readonly #saved = new Set<string>();
  readonly #listeners: ((hash: string) => void)[] = [];

  constructor(plans: Plans) {
    this.#plans = plans;
  }

  /** Calls back with the hash of every plan whose code has come. */
  whenKnown(tell: (hash: string) => void): void {
    this.#listeners.push(tell);
  }

  /** Makes a workflow known by its name, and its code by its hash; so too its fallbacks. */
  register(workflow: AnyWorkflow): void {
    this.#named.set(workflow.id, workflow);
    this.know(workflow);
  }

  know(workflow: AnyWorkflow): void {
    // B1. What is data alone is found by its hash in the store.
    if (isPlain(workflow) || this.#byHash.get(workflow.hash) === workflow) return;
    this.#byHash.set(workflow.hash, workflow);
    if (workflow.fallback !== undefined) this.know(workflow.fallback);
    // What it calls by name is found by name, unless somebody registered another.
    for (const called of workflow.calls) {
      if (!this.#named.has(called.id)) this.#named.set(called.id, called);
      this.know(called);
    }
    for (const tell of this.#listeners) tell(workflow.hash);
  }

  all(): readonly AnyWorkflow[] {
    return [...this.#named.values()];
  }

  has(id: string): boolean {
    return this.#named.has(id);
  }

  named(id: string): AnyWorkflow {
    const workflow = this.#named.get(id);
    if (workflow !== undefined) return workflow;
    const near = closest(id, this.#named.keys());
    throw new ContinuoError(
      'WORKFLOW_UNKNOWN',
      `no workflow ${JSON.stringify(id)} is registered${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }

  /** The fallback of a plan, with its code where that is known. */
  fallbackOf(program: Program): AnyWorkflow | undefined {
    const plan = program.plan.fallbackPlan;
    return plan === undefined ? undefined : (this.#byHash.get(program.hash)?.fallback ?? planWorkflow(plan));
  }

  /** The workflow of a program, with its code where that is known. */
  known(program: Program): AnyWorkflow {
    return this.#byHash.get(program.hash) ?? { ...planWorkflow(program.plan), hash: program.hash };
  }

  /** The plan is in the store before any run names it. */
  async save(workflow: AnyWorkflow): Promise<Program> {
    if (!this.#saved.has(workflow.hash)) {
      await this.#plans.save(workflow.hash, JSON.stringify(workflow.plan));
      if (this.#saved.size >= mostSaved) this.#saved.clear();
      this.#saved.add(workflow.hash);
    }
    return this.#ready(workflow.hash) ?? this.#compiled(this.#byHash.get(workflow.hash) ?? workflow);
  }

  async program(hash: string): Promise<Program> {
    return this.#ready(hash) ?? this.#compiled(this.#byHash.get(hash) ?? (await this.#stored(hash)));
  }

  #ready(hash: string): Program | undefined {
    const known = this.#programs.get(hash);
    if (known !== undefined) return known;
    const plain = this.#plain.get(hash);
    if (plain !== undefined) this.#use(hash, plain);
    return plain;
  }

  #compiled(workflow: AnyWorkflow): Program {
    const program = compile(workflow);
    // Without its code a plan can be looked at; when the code comes, it is compiled again.
    if (program.missing.length > 0) return program;
    if (isPlain(workflow)) this.#use(workflow.hash, program);
    else this.#programs.set(workflow.hash, program);
    return program;
  }

  /** B2. */
  #use(hash: string, program: Program): void {
    this.#plain.delete(hash);
    this.#plain.set(hash, program);
    const [oldest] = this.#plain.keys();
    if (this.#plain.size > mostPlain && oldest !== undefined) this.#plain.delete(oldest);
  }

  async #stored(hash: string): Promise<AnyWorkflow> {
    const text = await this.#plans.load(hash);
    if (text === undefined) throw new ContinuoError('STORE_CORRUPT', `plan ${hash} is not in the store`);
    // It was a plan when it was saved under its hash, of this version of the form or of a later one.
    const plan = JSON.parse(text) as Plan;
    if (plan.format !== 'continuo/1')
      throw new ContinuoError(
        'JOURNAL_NEWER',
        `plan ${hash} has the form ${JSON.stringify(plan.format)}, which this version does not know`,
      );
    return { ...planWorkflow(plan), hash };
  }
}

/** Whether all of it stands in its plan. */
function isPlain({ code, schemas, inputSchema, fallback, calls }: AnyWorkflow): boolean {
  return (
    code.size === 0 &&
    schemas.size === 0 &&
    inputSchema === undefined &&
    calls.length === 0 &&
    (fallback === undefined || isPlain(fallback))
  );
}
