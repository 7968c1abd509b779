/**
 * Messages to whoever works a run.
 *
 * W1. A watcher is called when a notice comes, and when a look once a second finds messages for this node, or an answer
 *     to one that it sent: notices may be missed.
 * W2. What is asked in one turn of the event loop after the outcome of many messages is one query.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { Inbox, Message } from '../../../ports/journal.ts';
import { asMember } from './identity.ts';
import type { Membership } from './identity.ts';
import type { Notices } from './notices.ts';
import { numberIn, textIn } from './rows.ts';
import type { Sender } from './sender.ts';
import type { Row, Sql } from './sql.ts';

const lookEvery = 1000;

/** F5: to runs of this node, to runs whose node is gone, and to runs that nobody knows, so that somebody refuses them. */
const forMe = `
  FROM inbox i LEFT JOIN LATERAL (SELECT node FROM runs WHERE run = i.run LIMIT 1) r ON true
  WHERE i.state = 'waiting' AND (r.node IS NULL OR r.node = $1 OR NOT EXISTS (SELECT 1 FROM nodes WHERE id = r.node))`;

const looking = `
  SELECT EXISTS (SELECT 1 ${forMe}) OR EXISTS (SELECT 1 FROM inbox WHERE message = ANY ($2) AND state <> 'waiting') AS something`;

type Outcome = Awaited<ReturnType<Inbox['outcome']>>;

export class PostgresInbox implements Inbox {
  readonly #sql: Sql;
  readonly #membership: Membership;
  readonly #sender: Sender;
  readonly #watchers = new Set<() => void>();
  readonly #unhear: () => void;
  /** What this process asked, and has not learnt the answer to. */
  readonly #asked = new Set<string>();
  #asking: PromiseWithResolvers<ReadonlyMap<string, Row>> | undefined;
  readonly #askedFor = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sql: Sql, membership: Membership, sender: Sender, notices: Notices) {
    this.#sql = sql;
    this.#membership = membership;
    this.#sender = sender;
    this.#unhear = notices.hear((notice) => {
      if (notice !== 'gone') this.#call();
    });
  }

  async send(message: Message): Promise<void> {
    await this.#sender.send(message);
    if (message.unasked !== true) this.#asked.add(message.id);
  }

  async pending(limit: number): Promise<readonly Message[]> {
    const rows = await this.#sql.query(`SELECT i.message, i.run, i.command, i.at, i.unasked ${forMe} ORDER BY i.id LIMIT $2`, [
      this.#number,
      limit,
    ]);
    return rows.map(messageIn);
  }

  async refuse(id: string, error: string): Promise<void> {
    await this.#answer(id, error);
  }

  async settle(id: string): Promise<void> {
    await this.#answer(id, null);
  }

  async outcome(id: string): Promise<Outcome> {
    const row = (await this.#found(id)).get(id);
    if (row === undefined)
      throw new ContinuoError('STORE_FAILED', `${this.#sql.location} knows no message ${id}; answers are kept for a week`);
    const state = textIn(row, 'state');
    if (state === 'waiting') return { is: 'waiting' };
    this.#asked.delete(id);
    return state === 'refused' ? { is: 'refused', error: textIn(row, 'error') } : { is: 'done' };
  }

  /** W2 */
  #found(id: string): Promise<ReadonlyMap<string, Row>> {
    this.#askedFor.add(id);
    if (this.#asking === undefined) {
      this.#asking = Promise.withResolvers();
      setImmediate(() => this.#ask());
    }
    return this.#asking.promise;
  }

  #ask(): void {
    const [ids, asking] = [[...this.#askedFor], this.#asking];
    this.#askedFor.clear();
    this.#asking = undefined;
    this.#sql
      .query('SELECT message, state, error FROM inbox WHERE message = ANY ($1)', [ids])
      .then((rows) => asking?.resolve(new Map(rows.map((row) => [textIn(row, 'message'), row]))))
      .catch((error: unknown) => asking?.reject(error));
  }

  watch(onArrival: () => void): () => void {
    const watcher = (): void => {
      if (this.#watchers.has(watcher)) onArrival();
    };
    this.#watchers.add(watcher);
    void this.#look();
    this.#timer ??= setInterval(() => void this.#look(), lookEvery).unref();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#rest();
    };
  }

  async close(): Promise<void> {
    this.#unhear();
    this.#watchers.clear();
    this.#rest();
    await this.#sender.close();
  }

  /** Of a visitor no run is its own. */
  get #number(): number {
    return this.#membership.identity?.id ?? 0;
  }

  async #answer(id: string, error: string | null): Promise<void> {
    const { identity, name } = this.#membership;
    if (identity === undefined)
      throw new ContinuoError('RUN_ELSEWHERE', `this process only visits ${this.#sql.location}: to answer a message is for a node`);
    try {
      await this.#sql.query('SELECT must_live($1, $2), answer(ARRAY[$3], $4, $5)', [identity.id, identity.node, id, error, name]);
    } catch (failure) {
      throw asMember(failure, this.#membership, identity);
    }
  }

  async #look(): Promise<void> {
    try {
      const [row] = await this.#sql.query(looking, [this.#number, [...this.#asked]]);
      if (row?.['something'] === true) this.#call();
    } catch {
      // Whoever looks into the inbox meets the error there; here it is looked again soon.
    }
  }

  #call(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function messageIn(row: Row): Message {
  return {
    id: textIn(row, 'message'),
    run: textIn(row, 'run'),
    command: textIn(row, 'command'),
    at: numberIn(row, 'at'),
    ...(row['unasked'] === true ? { unasked: true } : {}),
  };
}
