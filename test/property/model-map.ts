/** A plan as the model sees it: its steps, and who comes after whom. */
import type { Plan } from '../../src/core/plan/model.ts';
import { freshPlace, type Place } from './model-place.ts';

export class PlanMap {
  readonly places: readonly Place[];

  constructor(plan: Plan) {
    this.places = plan.steps.map(freshPlace);
  }

  place(id: string): Place {
    const place = this.places.find(({ step }) => step.id === id);
    if (place === undefined) throw new Error(`no step ${id}`);
    return place;
  }

  /** "{ goTo: x }, where x does not precede it: x is its rescue." The plans of these tests bound what leads back, and nothing else. */
  rescueOf({ step }: Place): Place | undefined {
    return typeof step.onFailure === 'object' && step.onFailure.max === undefined ? this.place(step.onFailure.goTo) : undefined;
  }

  wayBack({ step }: Place): { readonly to: Place; readonly max: number } | undefined {
    if (step.kind === 'gate') return step.otherwise && { to: this.place(step.otherwise.backTo), max: step.otherwise.max };
    if (typeof step.onFailure !== 'object' || step.onFailure.max === undefined) return undefined;
    return { to: this.place(step.onFailure.goTo), max: step.onFailure.max };
  }

  before(place: Place): readonly Place[] {
    return this.places.filter((other) => place.step.dependencies.includes(other.step.id) || this.rescueOf(other) === place);
  }

  after(place: Place): readonly Place[] {
    const rescue = this.rescueOf(place);
    const after = this.places.filter((other) => other.step.dependencies.includes(place.step.id));
    return rescue === undefined || after.includes(rescue) ? after : [...after, rescue];
  }

  /** The step and everything that follows from it. */
  following(place: Place): readonly Place[] {
    const all = new Set([place]);
    for (const one of all) for (const next of this.after(one)) all.add(next);
    return this.places.filter((one) => all.has(one));
  }

  /** "Done, skipped, or its failure was taken care of." */
  hasSettled(place: Place): boolean {
    return place.is === 'done' || place.is === 'skipped' || (place.is === 'failed' && place.handled);
  }

  /** Whether what leads from the one to the other happened: success to those that depend on it, failure to the rescue. */
  leads(from: Place, to: Place): boolean {
    const rescue = this.rescueOf(from);
    if (from.is === 'done') return rescue !== to;
    return from.is === 'failed' && (rescue === to || (rescue === undefined && from.step.onFailure === 'continue'));
  }
}
