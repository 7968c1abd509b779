/** Where a run stands, as the model keeps it, and what every part of the model needs. */
import type { Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { begin } from './facts.ts';
import { evaluate } from './model-expression.ts';
import { PlanMap } from './model-map.ts';
import type { Loop, Place, Task, Vote } from './model-place.ts';

type Phase = 'forward' | 'draining' | 'undoing' | 'fallback' | 'succeeded' | 'failed' | 'cancelled';

/** A command that does not fit; the message is the code. */
export class Refused extends Error {}

export interface InHand {
  readonly key: string;
  readonly place: Place;
  readonly task: Task;
}

export class ModelRun {
  protected readonly plan: Plan;
  protected readonly map: PlanMap;
  protected readonly places: readonly Place[];
  protected readonly loops: Map<string, Loop> = new Map();
  protected readonly undoAttempts: Map<string, number> = new Map();
  protected readonly told: string[] = [];
  protected readonly signals: { readonly name: string; readonly data: Json }[] = [];
  protected readonly early: (Vote & { readonly step: string })[] = [];
  /** Steps to look at, because something that they depend on has settled. */
  protected news: Place[] = [];
  protected now: number = begin;
  protected began: number = begin;
  protected stoodStill = 0;
  protected pausedAt: number | undefined;
  protected phase: Phase = 'forward';
  protected cancelled = false;
  protected error = '';
  protected output: Json = null;
  protected toUndo: Place[] = [];
  protected undo: Task | undefined;
  protected count = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.map = new PlanMap(plan);
    this.places = this.map.places;
    this.news = this.places.filter((place) => this.map.before(place).length === 0);
  }

  protected get time(): number {
    return (this.pausedAt ?? this.now) - this.stoodStill;
  }

  protected get ended(): boolean {
    return this.phase === 'succeeded' || this.phase === 'failed' || this.phase === 'cancelled';
  }

  protected get goesOn(): boolean {
    return this.phase === 'forward' && this.pausedAt === undefined;
  }

  protected get active(): readonly Place[] {
    return this.places.filter(({ is }) => is === 'active').sort((a, b) => a.began - b.began);
  }

  protected mustGoOn(): void {
    if (this.ended) throw new Refused('RUN_ENDED');
  }

  protected isReady(place: Place): boolean {
    return place.is === 'open' && this.map.before(place).every((one) => this.map.hasSettled(one));
  }

  protected evaluate(place: Place, expression: Json): Json | undefined {
    return evaluate(expression, {
      feedback: place.feedback,
      output: (id) => (this.map.place(id).is === 'done' ? this.map.place(id).output : undefined),
    });
  }

  protected tell(place: Place): void {
    this.news.push(...this.map.after(place));
  }

  protected leave(place: Place, is: Place['is']): void {
    place.is = is;
    place.kept = false;
    place.votes = [];
    place.due = undefined;
  }

  protected activate(place: Place): void {
    if (!place.kept) place.visit = ++place.visits;
    place.is = 'active';
    place.began = ++this.count;
    place.votes = [];
    place.due = undefined;
  }

  protected finish(place: Place, output: Json): void {
    if (place.is === 'open') place.visit = ++place.visits;
    this.leave(place, 'done');
    place.output = output;
    place.order = ++this.count;
    place.undone = false;
    this.tell(place);
  }

  protected failRun(code: string): void {
    if (this.phase !== 'forward') return;
    this.phase = 'draining';
    this.error = code;
  }

  /** Attempts in hand do not count any more; votes are kept for when the question is put again. */
  protected letGo(): void {
    for (const place of this.active) {
      this.early.push(...place.votes.map((vote) => ({ ...vote, step: place.step.id })));
      this.leave(place, 'open');
      place.kept = true;
    }
    this.undo = undefined;
  }

  protected attemptsInHand(): readonly InHand[] {
    const found: InHand[] = [];
    for (const place of this.places.filter(({ is }) => is === 'active')) {
      const { id, kind } = place.step;
      for (const [at, task] of 'worker' in place.step ? place.tasks.entries() : [])
        if (task.is === 'running') found.push({ key: kind === 'map' ? `${id}[${at}]` : id, place, task });
    }
    const [place] = this.toUndo;
    if (this.undo?.is === 'running' && place !== undefined) found.push({ key: `undo:${place.step.id}`, place, task: this.undo });
    return found;
  }
}
