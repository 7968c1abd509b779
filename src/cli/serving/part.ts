import type { Visitor } from '../../engine/visitor.ts';

/** How one of the servers is that a store stands on. */
export type PartHealth = ReturnType<NonNullable<Visitor['backend']['health']>>[number];
