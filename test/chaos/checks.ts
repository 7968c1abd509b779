/** What must hold when the storm is over. */
import type { RunEvent } from '../../src/core/run/events.ts';
import { hasEnded } from '../../src/core/run/phases.ts';
import { count, everyTime, type Finding } from '../crash/checks.ts';
import type { Evidence } from '../crash/evidence.ts';
import { recorded, submitted, transitionsOf } from '../crash/transitions.ts';
import type { Provider, TimedLine } from './provider.ts';
import type { Written } from './witness.ts';

export interface Scene {
  readonly evidence: Evidence;
  readonly provider: Provider;
  readonly written: readonly Written[];
}

type Check = (scene: Scene) => Iterable<Omit<Finding, 'check'>>;

/** Those of the crash suite that ask nothing of the moment at which a process died. */
const shared = [
  'journals have no gaps',
  'a snapshot is the fold of its journal',
  'the index agrees with the journals',
  'what a journal names is kept',
  'each transition happened once',
  'nothing was done before the journal said so',
  'what was acknowledged is there',
  'nothing is submitted blindly',
  'an event starts its workflow once',
] as const;

/** Between the clock of Postgres and the driver's, which are one and the same machine's. */
const slack = 50;

const own: Readonly<Record<string, Check>> = {
  'a fenced node never commits': function* ({ written }) {
    for (const { run, seq, writer, alive } of written)
      if (!alive) yield { run, text: `event ${seq} was committed by ${writer ?? 'nobody known'}, which was no node any more` };
  },
  'a run is written by its owner': function* ({ written }) {
    for (const { run, seq, writer, owner } of written)
      if (writer !== owner)
        yield { run, text: `event ${seq} was written by ${writer ?? 'nobody known'}, and the run was ${owner ?? 'nobody’s'}` };
  },
  'an attempt is begun once': function* ({ provider }) {
    const begun = new Map<string, TimedLine>();
    for (const line of provider.lines) {
      if (line.is !== 'began') continue;
      const name = `${line.key}#${line.attempt}`;
      const before = begun.get(name);
      if (before !== undefined)
        yield { run: line.run, text: `${name} was begun by process ${before.incarnation}, and by ${line.incarnation}` };
      begun.set(name, line);
    }
  },
  'what was recorded is not done again': function* (scene) {
    const known = recordings(scene);
    const begun = new Map<string, number>();
    for (const line of scene.provider.lines) {
      if (line.is === 'began') begun.set(`${line.incarnation} ${line.key}#${line.attempt}`, line.when);
      if (line.is !== 'deed') continue;
      const from = begun.get(`${line.incarnation} ${line.key}#${line.attempt}`) ?? Infinity;
      for (const transition of [recorded(line.key, line.name), submitted(line.key, line.name)]) {
        const since = known.get(transition);
        if (since !== undefined && since + slack < from)
          yield { run: line.run, text: `${line.deed} ${line.name}: attempt ${line.attempt} began after ${transition}` };
      }
    }
  },
  'nothing is charged twice': function* ({ provider }) {
    const charged = new Map<string, number>();
    for (const line of provider.lines) if (line.is === 'deed' && (line.charged ?? 0) > 0) count(charged, `${line.run} ${line.key}`);
    for (const [name, times] of charged) {
      const [run = '', key = ''] = name.split(' ');
      // Whoever stood still between his intent and his request could not know that he was overtaken; only a key helps.
      if (times > 1 && !key.includes(':neither:') && !key.includes(':findable:')) yield { run, text: `${key} was charged ${times} times` };
    }
  },
  'the invoice is what the ledger says': function* ({ provider }) {
    const told = new Map<string, number>();
    for (const line of provider.lines)
      if (line.is === 'deed' && (line.charged ?? 0) > 0) told.set(line.key, (told.get(line.key) ?? 0) + (line.charged ?? 0));
    for (const key of new Set([...told.keys(), ...provider.invoice.keys()]))
      if (told.get(key) !== provider.invoice.get(key))
        yield { text: `${key}: the invoice says ${provider.invoice.get(key) ?? 0} cents, the ledger ${told.get(key) ?? 0}` };
  },
  'turns are kept': function* (scene) {
    const turns = Map.groupBy(intervals(scene), ({ key }) => key);
    for (const [key, unordered] of turns) {
      const inOrder = [...unordered].sort((a, b) => a.from - b.from);
      for (const [place, { run, from }] of inOrder.entries()) {
        const before = inOrder[place - 1];
        if (before !== undefined && before.to > from)
          yield { run, text: `its turn at ${key} began before that of ${before.run} had ended` };
      }
    }
  },
};

export const checkNames: readonly string[] = [...shared, ...Object.keys(own)];

export function check(scene: Scene): readonly Finding[] {
  const { evidence, provider } = scene;
  const whole = { now: evidence, before: undefined, lines: provider.lines, fresh: provider.lines };
  const found = (name: string, findings: Iterable<Omit<Finding, 'check'>>): readonly Finding[] =>
    [...findings].map((finding) => ({ check: name, ...finding }));
  return [
    ...shared.flatMap((name) => found(name, everyTime[name]?.(whole) ?? [{ text: 'there is no such check any more' }])),
    ...Object.entries(own).flatMap(([name, one]) => found(name, one(scene))),
  ];
}

/** When each record became durable. */
function recordings({ evidence, written }: Scene): ReadonlyMap<string, number> {
  const times = timesOf(written);
  const known = new Map<string, number>();
  for (const { id, entries, program } of evidence.stories.values())
    for (const { seq, events } of entries) {
      const at = times.get(`${id} ${seq}`);
      if (at === undefined) continue;
      for (const name of transitionsOf(id, program, events).names) known.set(name, at);
    }
  return known;
}

interface Interval {
  readonly key: string;
  readonly run: string;
  readonly from: number;
  readonly to: number;
}

/** From when until when runs with a concurrency key had their turn. */
function intervals({ evidence, written }: Scene): readonly Interval[] {
  const times = timesOf(written);
  return [...evidence.stories.values()].flatMap(({ id, record, entries, run }) => {
    const key = record.concurrencyKey;
    if (key === undefined || !hasEnded(run)) return [];
    const when = (...types: readonly RunEvent['type'][]): number | undefined => {
      const entry = entries.find(({ events }) => events.some(({ type }) => types.includes(type)));
      return entry === undefined ? undefined : times.get(`${id} ${entry.seq}`);
    };
    const from = when('run.admitted') ?? when('run.started');
    const to = when('run.succeeded', 'run.failed', 'run.cancelled');
    return from === undefined || to === undefined ? [] : [{ key, run: id, from, to }];
  });
}

function timesOf(written: readonly Written[]): ReadonlyMap<string, number> {
  return new Map(written.map(({ run, seq, at }) => [`${run} ${seq}`, at]));
}
