/** What must hold after every kill, whatever the moment. */
import { hasEnded, statusOf } from '../../src/core/run/phases.ts';
import { sameState, type Evidence, type Story } from './evidence.ts';
import type { Line } from './ledger.ts';
import { ended, intended, recorded, runEnded, started, submitted } from './transitions.ts';

export interface Finding {
  readonly check: string;
  readonly run?: string;
  readonly text: string;
}

export interface Scene {
  readonly now: Evidence;
  readonly before: Evidence | undefined;
  /** All lines so far, and those of the process that has just ended. */
  readonly lines: readonly Line[];
  readonly fresh: readonly Line[];
}

type Check = (scene: Scene) => Iterable<Omit<Finding, 'check'>>;

/** By what each of them promises. */
export const everyTime: Readonly<Record<string, Check>> = {
  'journals have no gaps': function* ({ now }) {
    for (const { id, entries } of now.stories.values()) {
      let next = 0;
      for (const { seq, events } of entries) {
        if (seq !== next) yield { run: id, text: `event ${next} is missing: the next entry begins with ${seq}` };
        next = seq + events.length;
      }
    }
  },
  'what was durable stays as it was': function* ({ now, before }) {
    for (const { id, entries } of before?.stories.values() ?? []) {
      const story = now.stories.get(id);
      if (story === undefined) yield { run: id, text: 'the run is gone' };
      else if (story.entries === entries) continue;
      else if (JSON.stringify(story.entries.slice(0, entries.length)) !== JSON.stringify(entries))
        yield { run: id, text: `its first ${entries.length} entries are not those that were there` };
    }
  },
  'a snapshot is the fold of its journal': function* ({ now }) {
    for (const { id, run, loaded } of now.stories.values())
      if (run !== loaded && !sameState(run, loaded)) yield { run: id, text: 'loaded from its snapshot it is another state' };
  },
  'the index agrees with the journals': function* ({ now }) {
    for (const { id, run, record } of now.stories.values()) {
      if (record.status !== statusOf(run)) yield { run: id, text: `the index says ${record.status}, the journal ${statusOf(run)}` };
      if (record.plan !== run.plan || record.parent !== run.parent?.run)
        yield { run: id, text: 'the index names another plan or parent than the journal' };
    }
  },
  'what a journal names is kept': function* ({ now }) {
    for (const { id, missing } of now.stories.values()) for (const blob of missing) yield { run: id, text: `${blob} is not there` };
  },
  'each transition happened once': function* ({ now }) {
    for (const { id, transitions } of now.stories.values())
      for (const name of transitions.twice) yield { run: id, text: `twice in the journal: ${name}` };
  },
  'nothing was done before the journal said so': function* ({ now, fresh }) {
    for (const line of fresh) {
      if (line.is !== 'deed') continue;
      const { run, key, attempt, name, deed } = line;
      const has = (transition: string): boolean => now.stories.get(run)?.transitions.names.has(transition) ?? false;
      if (!has(started(key, attempt))) yield { run, text: `${deed} ${name} was done, and the journal has no start of ${key}#${attempt}` };
      const intents = Array.from({ length: attempt }, (_, place) => intended(key, name, place + 1));
      if (deed === 'submit' && !intents.some(has)) yield { run, text: `${name} of ${key} was submitted, and nobody had said so before` };
    }
  },
  'what was acknowledged is there': function* ({ now, fresh }) {
    for (const message of now.lost) yield { text: `message ${message} was taken, and the inbox does not know it` };
    for (const line of fresh) {
      if (line.is === 'recorded' && !known(now, line.run, recorded(line.key, line.name)))
        yield { run: line.run, text: `${line.name} of ${line.key} was acknowledged as recorded, and it is not` };
      if (line.is === 'started' && !now.stories.has(line.run))
        yield { run: line.run, text: 'its start was acknowledged, and it is not there' };
      if (line.is === 'ended' && !known(now, line.run, runEnded(line.run)))
        yield { run: line.run, text: 'it was said to have ended, and it has not' };
    }
  },
  'what was recorded is not done again': function* ({ before, fresh }) {
    if (before === undefined) return;
    for (const line of fresh) {
      if (line.is !== 'deed') continue;
      const { run, key, attempt, name, deed } = line;
      const had = (transition: string): boolean => known(before, run, transition);
      if (had(ended(key, attempt))) yield { run, text: `${deed} ${name}: attempt ${key}#${attempt} had ended before this process began` };
      if (had(recorded(key, name))) yield { run, text: `${deed} ${name} of ${key} had been recorded before this process began` };
      if ((deed === 'submit' || deed === 'find') && had(submitted(key, name)))
        yield { run, text: `${deed} ${name} of ${key}: that it was submitted had been recorded before this process began` };
    }
    yield* memosMadeAgain(before, fresh);
  },
  'a sub-step is made once in a process': function* ({ fresh }) {
    const made = new Set<string>();
    for (const line of fresh) {
      if (line.is !== 'deed' || (line.deed !== 'once' && line.deed !== 'charge')) continue;
      const name = `${line.name} of ${line.key}`;
      if (made.has(name)) yield { run: line.run, text: `${name} was made twice` };
      made.add(name);
    }
  },
  'nothing is submitted blindly': function* ({ now, lines }) {
    const submits = new Map<string, number>();
    for (const line of lines)
      if (line.is === 'deed' && line.deed === 'submit' && line.key.includes(':neither:')) count(submits, `${line.run} ${line.key}`);
    for (const [name, times] of submits) {
      const [run = '', key = ''] = name.split(' ');
      const intents = [...(now.stories.get(run)?.transitions.names ?? [])].filter((one) => one.startsWith(intended(key, 'film', '')));
      if (times > intents.length) yield { run, text: `${key} was submitted ${times} times, and said so ${intents.length} times` };
    }
  },
  'turns are kept': function* ({ now }) {
    const going = new Map<string, number>();
    for (const { run, record } of now.stories.values())
      if (record.concurrencyKey !== undefined && !hasEnded(run) && run.phase.is !== 'queued') count(going, record.concurrencyKey);
    for (const [key, times] of going) if (times > 1) yield { text: `${times} runs with the key ${key} go at a time` };
  },
  'nothing is charged twice': function* ({ lines }) {
    const charged = new Set<string>();
    for (const line of lines) {
      if (line.is !== 'deed' || (line.charged ?? 0) === 0) continue;
      const name = `${line.name} of ${line.key}`;
      if (charged.has(name)) yield { run: line.run, text: `${name} was charged twice` };
      charged.add(name);
    }
  },
  'an event starts its workflow once': function* ({ now }) {
    const from = new Map<string, number>();
    for (const story of now.stories.values()) if (story.run.workflow === 'follows') count(from, toldBy(story));
    for (const [run, times] of from) {
      if (times > 1) yield { run, text: `${times} runs follow from its one event` };
      if (!known(now, run, `emitted ${run}:1`)) yield { run, text: 'a run follows from its event, which it has not told' };
    }
  },
};

export function check(scene: Scene, checks: Readonly<Record<string, Check>>): readonly Finding[] {
  return Object.entries(checks).flatMap(([name, findings]) => [...findings(scene)].map((finding) => ({ check: name, ...finding })));
}

function known(evidence: Evidence, run: string, transition: string): boolean {
  return evidence.stories.get(run)?.transitions.names.has(transition) ?? false;
}

function* memosMadeAgain(before: Evidence, fresh: readonly Line[]): Iterable<Omit<Finding, 'check'>> {
  const kept = new Set<string>();
  for (const { run, events } of before.stories.values()) {
    if (run.workflow !== 'memo') continue;
    for (const event of events) if (event.type === 'task.completed') kept.add(JSON.stringify(event.output));
  }
  for (const line of fresh)
    if (line.is === 'deed' && line.deed === 'memo' && kept.has(JSON.stringify({ value: `answer to ${line.name}` })))
      yield { run: line.run, text: `${line.name} had been answered for all before this process began` };
}

/** Whose event the run follows from: what it was started with says so. */
export function toldBy({ run }: Story): string {
  const input = 'value' in run.input ? run.input.value : null;
  return typeof input === 'object' && input !== null && 'from' in input && typeof input.from === 'string' ? input.from : '';
}

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
