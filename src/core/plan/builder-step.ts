/** Steps of the builder as plan JSON: functions become CodeRefs, references their names. */
import { sha256 } from '../data/sha256.ts';
import { isStandardSchema, jsonSchemaOf, type StandardSchemaV1 } from './standard-schema.ts';
import { isWorkflow, type AnyWorkflow, type PlanFunction } from './workflow.ts';
import type { CodeRef } from './model.ts';

/** Whatever the types have let through; the plan's reader checks it again. */
export type Loose = Readonly<Record<string, unknown>>;

/** What a step brings along that is not data. */
export interface Baggage {
  readonly code: Map<string, PlanFunction>;
  readonly schemas: Map<string, StandardSchemaV1>;
  readonly calls: AnyWorkflow[];
}

export function codeRef(name: string, fn: PlanFunction): CodeRef {
  const source = Function.prototype.toString.call(fn).replaceAll(/\s+/g, ' ');
  return { $code: name, digest: sha256(source).slice(0, 16) };
}

export function isFunction(value: unknown): value is PlanFunction {
  return typeof value === 'function';
}

/** Writes one step down. */
export class Pen {
  readonly #step: string;
  readonly #baggage: Baggage;

  constructor(step: string, baggage: Baggage) {
    this.#step = step;
    this.#baggage = baggage;
  }

  /** A function by its name; anything else as it is. */
  fn(slot: string, value: unknown): unknown {
    if (!isFunction(value)) return value;
    const name = `steps.${this.#step}.${slot}`;
    this.#baggage.code.set(name, value);
    return codeRef(name, value);
  }

  /** A schema by its JSON Schema, or, where it has none, by one that allows everything; its validator goes along. */
  schema(slot: string, value: unknown): unknown {
    if (!isStandardSchema(value)) return value;
    this.#baggage.schemas.set(`steps.${this.#step}.${slot}`, value);
    return jsonSchemaOf(value) ?? true;
  }

  worker(worker: unknown): Loose {
    if (isFunction(worker)) return { plan: this.fn('plan', worker) };
    if (isWorkflow(worker)) {
      this.#baggage.calls.push(worker);
      return { workflow: worker.id };
    }
    const { workflow, capability, id = worker, action } = looseOf(worker);
    if (workflow !== undefined) return { workflow };
    return { ...(capability === undefined ? { agentId: id } : { capability }), ...(action === undefined ? {} : { action }) };
  }

  /** Options as fields: those with functions are written out, the others are fields already. */
  options({ after: _, when: __, undo, schema, ...fields }: Loose): Loose {
    if (schema !== undefined) this.schema('signal', schema);
    return { ...fields, ...(undo === undefined ? {} : { undo: this.#undo(undo) }) };
  }

  #undo(undo: unknown): Loose {
    const given = looseOf(undo);
    const { agent = undo, input, ...fields } = 'agent' in given ? given : {};
    // The registry resolves a name by id first and by capability second.
    const { id = agent, capability = id, action } = looseOf(agent);
    return {
      agentId: capability,
      ...(action === undefined ? {} : { action }),
      ...fields,
      ...(input === undefined ? {} : { input: this.fn('undo', input) }),
    };
  }
}

/** The fields of an object; none of anything else. */
export function looseOf(value: unknown): Loose {
  // Any object can be read by its own keys; what is read stays unknown.
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}
