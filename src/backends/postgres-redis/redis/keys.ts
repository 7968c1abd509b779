/**
 * The names of everything in Redis. `<c>` is the cluster's id, so that several may share one Redis; braces say what lies
 * in one slot of a Redis Cluster: a queue, a run, the directory. Ids go in encoded, so that none can close the braces.
 *
 *   {<c>:<agent>}:orders:*        BullMQ's keys of the agent's queue
 *   {<c>:<agent>}:held            sorted set: orders that takers say they have, by when that lapses
 *   {<c>:<agent>}:withdrawn       sorted set: orders withdrawn while somebody had them, by when
 *   {<c>:<agent>}:since           when this queue was first heard of; gone when Redis forgot everything
 *   <c>:withdrawn                 channel: orders withdrawn just now
 *   {<c>}:nodes                   sorted set: nodes that host agents, by when they are forgotten
 *   {<c>}:agents                  set: agents that some node hosts
 *   {<c>}:hosts:<agent>           set: nodes that host the agent
 *   {<c>}:notices:<node>          hash: what the node says of each of its agents
 *   {<c>}:directory               when the directory last changed
 *   <c>:directory                 channel: the directory changed
 *   {<c>:<run>}:events            stream: the run's live events
 *   {<c>:<run>}:status            hash: how the run was, when it was last told of
 *   {<c>}:quota:<bucket>          how much was taken from the bucket, and when; in one slot, for one take is from several
 *   {<c>}:wake:<process>          stream: interrupts the reader of that process
 *   {<c>}:present                there is a node of the cluster that uses this Redis
 *   {<c>}:probe                   written once by whoever opens it, and lapses at once
 */
import type { Order } from '../../../ports/exchange.ts';

/** The name that BullMQ puts after the prefix. */
export const queueName = 'orders';

export function encoded(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}

export class Keys {
  readonly #cluster: string;

  constructor(cluster: string) {
    this.#cluster = encoded(cluster);
  }

  /** What BullMQ puts before the names of all keys of the agent's queue. */
  queuePrefix(agent: string): string {
    return `{${this.#cluster}:${encoded(agent)}}`;
  }

  /** One of BullMQ's own keys: `wait`, `active`, or a job. */
  queue(agent: string, part: string): string {
    return `${this.queuePrefix(agent)}:${queueName}:${part}`;
  }

  held(agent: string): string {
    return `${this.queuePrefix(agent)}:held`;
  }

  withdrawn(agent: string): string {
    return `${this.queuePrefix(agent)}:withdrawn`;
  }

  since(agent: string): string {
    return `${this.queuePrefix(agent)}:since`;
  }

  get withdrawals(): string {
    return `${this.#cluster}:withdrawn`;
  }

  get nodes(): string {
    return `{${this.#cluster}}:nodes`;
  }

  get agents(): string {
    return `{${this.#cluster}}:agents`;
  }

  /** Goes before the encoded id of an agent. */
  get hosts(): string {
    return `{${this.#cluster}}:hosts:`;
  }

  /** Goes before the name of a node. */
  get notices(): string {
    return `{${this.#cluster}}:notices:`;
  }

  get directory(): string {
    return `{${this.#cluster}}:directory`;
  }

  get directoryChanges(): string {
    return `${this.#cluster}:directory`;
  }

  events(run: string): string {
    return `{${this.#cluster}:${encoded(run)}}:events`;
  }

  status(run: string): string {
    return `{${this.#cluster}:${encoded(run)}}:status`;
  }

  quota(bucket: string): string {
    return `{${this.#cluster}}:quota:${encoded(bucket)}`;
  }

  get present(): string {
    return `{${this.#cluster}}:present`;
  }

  get probe(): string {
    return `{${this.#cluster}}:probe`;
  }

  wake(process: string): string {
    return `{${this.#cluster}}:wake:${process}`;
  }
}

/** BullMQ allows no colon in it and no integer, and keeps keys of its own beside the jobs'. */
export function jobIdOf(id: Order['id']): string {
  return `o-${encoded(id)}`;
}
