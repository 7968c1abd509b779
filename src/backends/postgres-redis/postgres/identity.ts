import { ContinuoError } from '../../../core/errors.ts';
import { PostgresFault } from './faults.ts';

/** Who this process is among the nodes, as long as it lives. */
export interface Identity {
  /** The number by which rows name it. */
  readonly id: number;
  readonly node: string;
}

/** What the parts of the backend ask of the membership, and tell it. */
export interface Membership {
  /** Undefined before it has joined, and of a visitor for ever. */
  readonly identity: Identity | undefined;
  /** What others call this process where they answer it; a visitor has such a name too. */
  readonly name: string;
  /** The store said that this identity lives no longer. */
  fenced(identity: Identity): void;
}

export function fencedError({ node }: Identity): ContinuoError {
  return new ContinuoError('NODE_FENCED', `node ${node} was taken for dead: nothing that it had in hand counts any more`);
}

/** What the store refused to `identity`, as its caller is told; where it lives no longer, the membership learns it. */
export function asMember(error: unknown, membership: Membership, identity: Identity): unknown {
  if (!(error instanceof PostgresFault && error.isFencing)) return error;
  membership.fenced(identity);
  return fencedError(identity);
}
