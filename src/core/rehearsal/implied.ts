/** Which facts of one side follow from something that is told already. */
import type { Fact } from './facts.ts';
import { saysSame, type Ledger, type Line, type Pair } from './ledger.ts';

/** Names what is about the same visit of a step. */
export const visitOf = ({ step, visit, undo }: Fact): string => JSON.stringify([step, visit, undo]);
const pieceOf = ({ step, item, visit, undo }: Fact): string => JSON.stringify([step, item, visit, undo]);
const attemptOf = (fact: Fact, back = 0): string => `${pieceOf(fact)} ${(fact.attempt ?? 1) - back}`;

export class Implied {
  /** Visits that begin on one side alone. */
  readonly #visits = new Set<string>();
  /** Steps that send the run another way. */
  readonly #steps = new Set<string>();
  readonly #attempts = new Set<string>();
  readonly #outcomes = new Set<string>();
  /** Steps and items whose work ends otherwise, and visits in which there is one. */
  readonly #pieces = new Set<string>();
  readonly #unfinished = new Set<string>();

  constructor(lines: readonly Line[], ledger: Ledger) {
    for (const pair of ledger.pairs) if (leadsElsewhere(pair)) this.#note(pair.was.fact);
    for (const { fact } of lines) {
      if (fact.topic === 'turn') this.#visits.add(visitOf(fact));
      if (fact.topic === 'turn' || fact.topic === 'attempt') this.#attempts.add(attemptOf(fact));
      if (fact.topic === 'outcome') {
        this.#outcomes.add(attemptOf(fact));
        this.#unfinished.add(visitOf(fact));
      }
    }
  }

  #note(fact: Fact): void {
    this.#pieces.add(pieceOf(fact));
    this.#unfinished.add(visitOf(fact));
    if (fact.step !== undefined) this.#steps.add(fact.step);
    if (fact.topic === 'outcome') this.#outcomes.add(attemptOf(fact));
  }

  has(fact: Fact): boolean {
    if (fact.topic === 'turn') return false;
    if (fact.step !== undefined && (this.#visits.has(visitOf(fact)) || this.#pieces.has(pieceOf(fact)))) return true;
    switch (fact.topic) {
      case 'attempt':
        return this.#outcomes.has(attemptOf(fact, 1)) || this.#attempts.has(attemptOf(fact, 1));
      case 'outcome':
        return this.#attempts.has(attemptOf(fact));
      case 'closed':
        return this.#unfinished.has(visitOf(fact));
      default: {
        if (fact.attempt !== undefined && (this.#attempts.has(attemptOf(fact)) || this.#outcomes.has(attemptOf(fact)))) return true;
        const by = fact.type === 'step.reopened' ? fact.says['by'] : undefined;
        return typeof by === 'string' && this.#steps.has(by);
      }
    }
  }
}

/** Where both sides tell of the same and go on from it differently. */
function leadsElsewhere({ was, would }: Pair): boolean {
  if (saysSame(was.fact, would.fact)) return false;
  const decides = was.fact.says['as'] === 'gate' || was.fact.says['as'] === 'chose';
  return was.fact.type !== would.fact.type || was.fact.topic === 'outcome' || decides;
}
