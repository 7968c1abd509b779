/** What differs between two versions of a plan, step by step and option by option. */
import { canonicalJson } from '../data/canonical.ts';
import type { Json } from '../data/json.ts';
import { isCodeRef } from './expression.ts';
import type { Plan, Step } from './model.ts';

export interface OptionChange {
  readonly option: string;
  readonly was: Json | undefined;
  readonly would: Json | undefined;
  /** Nothing but the source of functions differs. */
  readonly code?: true;
}

export type PlanDifference =
  | { readonly is: 'added'; readonly step: string; readonly kind: Step['kind'] }
  | { readonly is: 'removed'; readonly step: string; readonly kind: Step['kind'] }
  | { readonly is: 'changed'; readonly step: string; readonly options: readonly OptionChange[] }
  /** Options of the plan itself. */
  | { readonly is: 'plan'; readonly options: readonly OptionChange[] };

export function planDifferences(was: Plan, would: Plan): readonly PlanDifference[] {
  const found: PlanDifference[] = [];
  const { steps: oldSteps, ...oldPlan } = was;
  const { steps: newSteps, ...newPlan } = would;
  const own = optionChanges(oldPlan, newPlan);
  if (own.length > 0) found.push({ is: 'plan', options: own });
  for (const step of newSteps) {
    const old = oldSteps.find(({ id }) => id === step.id);
    if (old === undefined) {
      found.push({ is: 'added', step: step.id, kind: step.kind });
      continue;
    }
    const options = optionChanges(old, step);
    if (options.length > 0) found.push({ is: 'changed', step: step.id, options });
  }
  for (const step of oldSteps)
    if (!newSteps.some(({ id }) => id === step.id)) found.push({ is: 'removed', step: step.id, kind: step.kind });
  return found;
}

function optionChanges(was: object, would: object): readonly OptionChange[] {
  // Plans and steps are plain JSON by P1, which the interface types cannot say.
  const [old, fresh] = [was as Readonly<Record<string, Json>>, would as Readonly<Record<string, Json>>];
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  return [...names].flatMap((option) => {
    const [before, after] = [old[option], fresh[option]];
    if (sameJson(before, after)) return [];
    const code = before !== undefined && after !== undefined && sameJson(withoutDigests(before), withoutDigests(after));
    return [{ option, was: before, would: after, ...(code ? { code: true as const } : {}) }];
  });
}

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function withoutDigests(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDigests);
  if (typeof value !== 'object' || value === null) return value;
  if (isCodeRef(value)) return { $code: value.$code };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutDigests(one)]));
}
