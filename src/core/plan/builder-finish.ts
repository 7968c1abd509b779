/** The end of the builder: the steps become a plan, and the plan a workflow. */
import type { Baggage, Loose } from './builder-step.ts';
import { codeRef, isFunction, looseOf } from './builder-step.ts';
import type { Plan } from './model.ts';
import { collector, planError, untilTooMany, type Problem } from './problem.ts';
import { examine } from './read.ts';
import { isStandardSchema, jsonSchemaOf, type StandardSchemaV1 } from './standard-schema.ts';
import { checkFunctions } from './validate-functions.ts';
import { isWorkflow, planHash, type AnyWorkflow, type PlanFunction } from './workflow.ts';

/** A step as it was drawn, and the one before it. */
export interface Drawn extends Baggage {
  readonly before: Drawn | undefined;
  readonly source: Loose;
}

interface Drawing {
  readonly id: string;
  readonly options: Loose;
  readonly last: Drawn | undefined;
}

/** Throws PLAN_INVALID with everything that is wrong. */
export function finish({ id, options, last }: Drawing, output: unknown): AnyWorkflow {
  const drawn = inOrder(last);
  const code = new Map<string, PlanFunction>(drawn.flatMap((step) => [...step.code]));
  const { input, fallback, concurrency, ...fields } = options;
  const source = {
    id,
    ...fields,
    ...(isStandardSchema(input) ? { input: jsonSchemaOf(input) } : { input }),
    ...(concurrency === undefined ? {} : { concurrency: concurrencyOf(looseOf(concurrency), code) }),
    steps: drawn.map((step) => step.source),
    ...(output === undefined ? {} : { output: named('output', output, code) }),
    ...(isWorkflow(fallback) ? { fallbackPlan: fallback.plan } : {}),
  };
  return {
    ...checked(id, source, code),
    code,
    ...(isStandardSchema(input) ? { inputSchema: input } : {}),
    schemas: new Map<string, StandardSchemaV1>(drawn.flatMap((step) => [...step.schemas])),
    ...(isWorkflow(fallback) ? { fallback } : {}),
    calls: [...new Set(drawn.flatMap((step) => step.calls))],
  };
}

function checked(
  id: string,
  source: Loose & { readonly steps: readonly Loose[] },
  code: ReadonlyMap<string, PlanFunction>,
): { readonly id: string; readonly plan: Plan; readonly hash: string } {
  const { plan, problems } = examine(source);
  const all: Problem[] = [...problems];
  if (plan !== undefined) untilTooMany(() => checkFunctions(plan, code, collector(all)));
  if (plan !== undefined && all.length === 0) return { id: plan.id, plan, hash: planHash(plan) };
  // Who wrote steps by name would have to count them to find `steps[3]`.
  const byName = (path: string): string =>
    path.replace(/^steps\[(\d+)\]/, (_, place: string) => `steps.${String(source.steps[Number(place)]?.['id'])}`);
  throw planError(
    'PLAN_INVALID',
    `workflow ${id} is invalid`,
    all.map((one) => ({ ...one, path: byName(one.path) })),
  );
}

function concurrencyOf({ key, ...rest }: Loose, code: Map<string, PlanFunction>): Loose {
  return { key: named('concurrency.key', key, code), ...rest };
}

function named(name: string, value: unknown, code: Map<string, PlanFunction>): unknown {
  if (!isFunction(value)) return value;
  code.set(name, value);
  return codeRef(name, value);
}

function inOrder(last: Drawn | undefined): readonly Drawn[] {
  const drawn: Drawn[] = [];
  for (let one = last; one !== undefined; one = one.before) drawn.push(one);
  return drawn.reverse();
}
