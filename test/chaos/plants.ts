/** Bugs that are planted on purpose, as changes of the source text: the suite must find each of them, or it proves nothing. */
import type { Planted } from '../sim/planted.ts';

export const plants: readonly Planted[] = [
  {
    name: 'fencing is off: whoever had a run may write to it',
    file: 'backends/postgres-redis/postgres/migrations/0001-append.ts',
    find: "  IF NOT FOUND THEN\n    RETURN QUERY SELECT 0, 'fenced'::verdict, NULL::text;",
    put: "  IF false THEN\n    RETURN QUERY SELECT 0, 'fenced'::verdict, NULL::text;",
    also: { find: 'WHEN r.node <> p_node THEN CASE', put: 'WHEN false THEN CASE' },
  },
  {
    name: 'a wake-up is lost: nobody hears that a node is gone',
    file: 'engine/fleet/membership.ts',
    find: 'gone: () => void engine.owe(undefined, () => this.#others()),',
    put: 'gone: () => undefined,',
  },
  {
    name: 'dispatch is not idempotent: an order is sent once more under another id',
    file: 'engine/fleet/sender.ts',
    find: 'await exchange.send([order]);',
    put: 'await exchange.send([order, { ...order, id: `${order.id}~` }]);',
  },
  {
    name: 'what a lost worker had is made again as it was',
    file: 'engine/fleet/takers.ts',
    find: "if (again) return hand.tell({ type: 'lost', ref: order.ref });",
    put: '',
  },
];
