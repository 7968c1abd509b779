/** One line for each thing that happens: for files, pipes and logs. */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import type { Words } from '../serving/happening.ts';
import type { Screen } from '../terminal/screen.ts';
import { elapsed, span } from '../terminal/time.ts';
import { oneLine, padStart } from '../terminal/width.ts';
import type { Progress } from './progress.ts';

/** Larger maps tell of every tenth part, not of every item. */
const fewItems = 20;

/** An agent that reports all the time is heard this often. */
const hearing = 1000;

interface OfStep {
  readonly runId: string;
  readonly stepId: string;
  readonly item?: number;
}

export class PlainProgress implements Progress {
  readonly #root: string;
  readonly #began: number;
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #stops: readonly (() => void)[];
  readonly #since = new Map<string, number>();
  readonly #heard = new Map<string, number>();
  readonly #waits = new Set<string>();
  readonly #maps = new Map<string, { readonly total: number; done: number }>();

  /** `now` is when that happens which is being told. */
  constructor(root: string, began: number, orchestrator: Pick<Orchestrator, 'on'>, screen: Screen, now: () => number = Date.now) {
    this.#root = root;
    this.#began = began;
    this.#screen = screen;
    this.#now = now;
    this.#stops = this.#listen(orchestrator);
  }

  sync(views: readonly RunView[]): void {
    for (const { runId, steps, status } of views) {
      for (const [stepId, { waitsFor }] of Object.entries(steps)) {
        const name = this.#name({ runId, stepId });
        if (waitsFor === undefined || waitsFor === 'an answer') this.#waits.delete(name);
        else this.#waitsFor(name, waitsFor);
      }
      if (status !== 'paused') this.#waits.delete(runId);
      else if (this.#isNew(runId)) this.#say('‖', 'yellow', 'paused');
    }
  }

  #waitsFor(name: string, what: string): void {
    if (this.#isNew(name)) this.#say('◷', 'blue', `${name}  waits for ${oneLine(what)}`);
  }

  #isNew(name: string): boolean {
    const isNew = !this.#waits.has(name);
    this.#waits.add(name);
    return isNew;
  }

  pause(): void {
    // A conversation just goes on below.
  }
  resume(): void {
    // As above.
  }

  note({ sign, style, text }: Words): void {
    this.#say(sign, style, oneLine(text));
  }

  end(): void {
    for (const stop of this.#stops) stop();
  }

  #say(glyph: string, style: Parameters<Screen['paint']>[0], text: string): void {
    const { paint } = this.#screen;
    this.#screen.line(`${paint('dim', padStart(elapsed(this.#now() - this.#began), 8))}  ${paint(style, glyph)} ${text}`);
  }

  /** `film`, `pictures[3]`, and `film~cut` for a step of a run that it called. */
  #name({ runId, stepId, item }: OfStep): string {
    const called = runId.slice(this.#root.length + 1);
    return oneLine(`${called === '' ? '' : `${called}~`}${stepId}${item === undefined ? '' : `[${item}]`}`);
  }

  #isOurs({ runId }: { readonly runId?: string }): boolean {
    return runId === this.#root || runId?.startsWith(`${this.#root}~`) === true;
  }

  #ours<E extends { readonly runId?: string }>(listen: (event: E) => void): (event: E) => void {
    return (event) => {
      if (this.#isOurs(event)) listen(event);
    };
  }

  /** ` 1.2s`, where it is known when it began. */
  #took(name: string): string {
    const since = this.#since.get(name);
    this.#since.delete(name);
    return since === undefined ? '' : `  ${this.#screen.paint('dim', elapsed(this.#now() - since))}`;
  }

  /** Often enough said: the next one is swallowed. */
  #isTooSoon(name: string): boolean {
    const now = this.#now();
    if (now - (this.#heard.get(name) ?? -Infinity) < hearing) return true;
    this.#heard.set(name, now);
    return false;
  }

  #isOneOfMany(event: OfStep): boolean {
    return event.item !== undefined && (this.#maps.get(this.#name({ runId: event.runId, stepId: event.stepId }))?.total ?? 0) > fewItems;
  }

  #listen(orchestrator: Pick<Orchestrator, 'on'>): readonly (() => void)[] {
    const dim = (text: string): string => this.#screen.paint('dim', text);
    return [
      orchestrator.on(
        'step:started',
        this.#ours((event) => {
          const name = this.#name(event);
          if (!this.#since.has(name)) this.#since.set(name, this.#now());
          const attempt = event.attempt > 1 ? `  attempt ${event.attempt}` : '';
          const round = event.visit > 1 && event.attempt === 1 ? `  round ${event.visit}` : '';
          const text = `${name}${event.agentId === undefined ? '' : dim(`  ${oneLine(event.agentId)}`)}${attempt}${round}`;
          if (!this.#isOneOfMany(event)) this.#say('▸', 'cyan', text);
        }),
      ),
      orchestrator.on(
        'step:completed',
        this.#ours((event) => {
          const name = this.#name(event);
          const source = event.source === undefined ? '' : dim(`  by ${event.source}`);
          this.#say('✔', 'green', `${name}${this.#took(name)}${source}`);
        }),
      ),
      orchestrator.on(
        'step:retry',
        this.#ours((event) =>
          this.#say(
            '↻',
            'yellow',
            `${this.#name(event)}  retry ${event.attempt} in ${span(event.at - this.#now())}: ${oneLine(event.error.message)}`,
          ),
        ),
      ),
      orchestrator.on(
        'step:failed',
        this.#ours((event) =>
          this.#say('✖', 'red', `${this.#name(event)}  ${oneLine(event.error.message)}${event.handled ? dim('  (the plan goes on)') : ''}`),
        ),
      ),
      orchestrator.on(
        'step:skipped',
        this.#ours((event) => {
          const overtaken = event.why === 'overtaken';
          this.#say(overtaken ? '»' : '–', 'dim', `${this.#name(event)}  ${overtaken ? 'overtaken' : 'skipped'}`);
        }),
      ),
      orchestrator.on(
        'step:reopened',
        this.#ours((event) => this.#say('↺', 'yellow', `back to ${this.#name(event)}: sent by ${oneLine(event.by)}, round ${event.round}`)),
      ),
      orchestrator.on(
        'map:opened',
        this.#ours((event) => {
          const name = this.#name(event);
          this.#since.set(name, this.#now());
          this.#maps.set(name, { total: event.items, done: 0 });
          this.#say('▸', 'cyan', `${name}  ${event.items} items`);
        }),
      ),
      orchestrator.on(
        'item:completed',
        this.#ours((event) => this.#itemDone(event.runId, event.stepId, event.item)),
      ),
      orchestrator.on(
        'step:progress',
        this.#ours((event) => {
          const name = this.#name(event);
          if (!this.#isTooSoon(name))
            this.#say(
              '·',
              'dim',
              dim(`${name}  ${Math.round(event.share * 100)}%${event.message === undefined ? '' : `  ${oneLine(event.message)}`}`),
            );
        }),
      ),
      orchestrator.on(
        'step:log',
        this.#ours((event) => this.#say('·', 'dim', dim(`${this.#name(event)}  ${oneLine(event.message)}`))),
      ),
      orchestrator.on(
        'wait:opened',
        this.#ours((event) => this.#waitsFor(this.#name(event), event.waitsFor)),
      ),
      orchestrator.on(
        'question:opened',
        this.#ours((event) => this.#say('?', 'magenta', `${this.#name(event)}  ${oneLine(event.question)}`)),
      ),
      orchestrator.on(
        'question:answered',
        this.#ours((event) => this.#say('!', 'magenta', `${this.#name(event)}  answered by ${oneLine(event.by)}`)),
      ),
      orchestrator.on(
        'signal:received',
        this.#ours((event) => this.#say('⇠', 'blue', `signal ${oneLine(event.name)}`)),
      ),
      orchestrator.on(
        'plan:fallback',
        this.#ours((event) =>
          this.#say('↺', 'yellow', `${oneLine(event.planId)} failed: its fallback ${oneLine(event.fallbackPlanId)} runs`),
        ),
      ),
    ];
  }

  #itemDone(runId: string, stepId: string, item: number): void {
    const name = this.#name({ runId, stepId });
    const map = this.#maps.get(name);
    if (map === undefined) return;
    map.done++;
    if (map.total <= fewItems) {
      const own = `${name}[${item}]`;
      this.#say('✔', 'green', `${own}${this.#took(own)}`);
      return;
    }
    this.#since.delete(`${name}[${item}]`);
    const tenth = (done: number): number => Math.floor((done * 10) / map.total);
    if (tenth(map.done) > tenth(map.done - 1) && map.done < map.total) this.#say('·', 'dim', `${name}  ${map.done}/${map.total}`);
  }
}
