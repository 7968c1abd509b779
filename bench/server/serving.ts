/** What the server that is measured is told, and what it says. */
import type { Part } from './process.ts';

export interface ServedWords {
  readonly dir: string;
  /** Where the model is that the gateway asks. */
  readonly model?: string;
  /** Steps of the workflow `paced`, and how long one takes. */
  readonly paced?: { readonly steps: number; readonly milliseconds: number };
}

/** When it is there. */
export interface ServedSays {
  readonly url: string;
  readonly key: string;
}

/** Meanwhile; `how far` is answered. */
export interface Order {
  readonly is: 'work' | 'rest' | 'how far';
}

export interface HowFar {
  /** Runs of W1. */
  readonly started: number;
  readonly done: number;
  /** Milliseconds that the server's main thread was busy so far. */
  readonly cpu: number;
}

export function order(served: Part, is: Order['is']): void {
  served.tell({ is });
}

export function farOf(served: Part): Promise<HowFar> {
  order(served, 'how far');
  return served.says();
}
