/** What the driver and its nodes ask of each other. */
import type { AnswerOptions } from '../../src/engine/orchestrator.ts';
import type { Question } from '../../src/core/run/outstanding.ts';
import type { Message } from '../../src/ports/journal.ts';
import type { Due } from '../crash/agents.ts';
import type { Deed, Entry } from '../crash/ledger.ts';

/** What a node is started with. */
export interface NodeOrders {
  /** `e1.3`: the third process of node e1. */
  readonly name: string;
  readonly role: 'engine' | 'worker';
  readonly postgres: string;
  readonly redis: string;
  readonly blobs: string;
  readonly lease: number;
  readonly agents: readonly string[];
  /** How far its clock is from everybody else's, in milliseconds. */
  readonly clock: number;
}

/** An attempt, as the world outside knows it. */
export interface Actor {
  readonly run: string;
  readonly key: string;
  readonly attempt: number;
}

/** What a node asks of the driver. */
export interface Outside {
  begin(actor: Actor): Promise<void>;
  act(actor: Actor, deed: Deed, name: string, due?: Due): Promise<number>;
  charges(key: string, name: string): Promise<number>;
  write(entry: Entry): Promise<void>;
  ready(): Promise<void>;
  /** Something that an operator would find in the log. */
  told(text: string): Promise<void>;
}

/** What the driver asks of an engine. */
export interface Inside {
  /** Starts the run of that number; resolves when it is accepted. */
  start(number: number): Promise<void>;
  asking(): Promise<readonly string[]>;
  questions(run: string): Promise<readonly Question[]>;
  send(message: Message): Promise<void>;
  answer(run: string, step: string, answer: AnswerOptions): Promise<void>;
}
