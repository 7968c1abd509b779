/** Where a process can die between the engine and the world, each place by its name. */
import type { Deed } from './ledger.ts';

export interface Boundary {
  readonly name: string;
  /** The kill comes at one of the first so many times that a process gets there. */
  readonly within: number;
  /** The scenario that leads there, where not every one does. */
  readonly scenario: string | undefined;
}

/** Calls that change the store. */
const writes: readonly (readonly [call: string, within: number, scenario?: string])[] = [
  ['journal.append', 12],
  ['journal.saveSnapshot', 1, 'wide'],
  ['plans.save', 1],
  ['topic.advance', 2, 'tells'],
  ['inbox.send', 3, 'people'],
  ['inbox.refuse', 1, 'people'],
  ['inbox.settle', 1, 'people'],
  ['blobs.put', 3, 'large'],
];

/** Calls that only look. */
const reads: readonly (readonly [call: string, within: number, scenario?: string])[] = [
  ['journal.read', 4],
  ['runs.get', 8],
  ['runs.list', 16, 'calls'],
  ['runs.byKey', 1, 'tells'],
  ['topic.after', 2],
  ['memos.get', 1, 'memo'],
  ['inbox.pending', 2],
  ['blobs.get', 2, 'large'],
];

const deeds: readonly (readonly [deed: Deed, within: number, scenario?: string])[] = [
  ['work', 6],
  ['once', 4, 'steps'],
  ['submit', 3, 'jobs'],
  ['find', 1, 'jobs'],
  ['charge', 3, 'money'],
  ['undo', 2, 'undo'],
  ['memo', 1, 'memo'],
];

/** Before the store is asked; when the request is on its way; when it has answered and nobody has heard. */
export const momentsOfWrite = ['before', 'posted', 'answered'] as const;
/** Before the effect; and between the effect and its record. */
export const momentsOfDeed = ['before', 'done'] as const;

export const writing: ReadonlySet<string> = new Set(writes.map(([call]) => call));
export const reading: ReadonlySet<string> = new Set(reads.map(([call]) => call));

export const boundaries: readonly Boundary[] = [
  ...writes.flatMap(([call, within, scenario]) => momentsOfWrite.map((moment) => ({ name: `${call}: ${moment}`, within, scenario }))),
  ...reads.map(([call, within, scenario]) => ({ name: `${call}: answered`, within, scenario })),
  ...deeds.flatMap(([deed, within, scenario]) => momentsOfDeed.map((moment) => ({ name: `agent.${deed}: ${moment}`, within, scenario }))),
];

/** Most processes get there, and every one gets there, whatever is left to do. */
export const commonest: string = 'journal.append: answered';
export const always: string = 'runs.list: answered';
