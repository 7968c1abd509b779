/**
 * This process among the nodes.
 *
 * L1. A node renews its lease well before it is over, and learns by the same statement whether its row is still there.
 * L2. It takes others away only after it has itself renewed for a whole lease without a gap (F2): after an outage of the
 *     store all leases are over, and nobody is dead.
 * L3. Taking away waits for what the other has in flight; where that does not end, its connections are ended. They are
 *     ended afterwards in any case, and with them the locks that it held.
 * L4. What became this node's and nobody was told of, because a run of it was claimed or an answer was lost, is told of
 *     by the next adoption.
 */
import { randomUUID } from 'node:crypto';
import { ContinuoError } from '../../../core/errors.ts';
import type { Fleet, FleetWatch, NodeRecord } from '../../../ports/fleet.ts';
import type { RunRecord } from '../../../ports/journal.ts';
import { atMost, goodbye } from './at-most.ts';
import { asMember, fencedError } from './identity.ts';
import type { Identity, Membership } from './identity.ts';
import { Lane } from './lane.ts';
import { Locks } from './locks.ts';
import { Notices } from './notices.ts';
import { PostgresFault } from './faults.ts';
import { numberIn, textIn } from './rows.ts';
import { recordIn } from './runs.ts';
import type { Postgres, Row, Sql, Value } from './sql.ts';

export interface FleetOptions {
  readonly role: 'engine' | 'worker';
  readonly name: string;
  /** In milliseconds. */
  readonly lease: number;
}

type Standing =
  | { readonly is: 'joining' }
  | { readonly is: 'member'; readonly identity: Identity }
  | { readonly is: 'fenced'; readonly identity: Identity };

const renew = { name: 'renew', text: 'SELECT renewed, leader, silent, orphans FROM renew($1, $2, $3, $4)' } as const;

export class PostgresFleet implements Fleet, Membership {
  readonly #postgres: Postgres;
  readonly #options: FleetOptions;
  readonly #notices: Notices;
  readonly #lane: Lane;
  readonly #locks: Locks;
  readonly #watches = new Set<FleetWatch>();
  #standing: Standing = { is: 'joining' };
  #how: () => Pick<NodeRecord, 'oldestAttempt'> = () => ({});
  #timer: NodeJS.Timeout | undefined;
  /** By this process's monotonic clock. */
  #renewedAt = 0;
  #steadySince = 0;
  #leader: number | undefined;
  /** Of which runs the families may be this node's untold (L4). */
  #untold: 'any' | ReadonlySet<string> = new Set();
  #renewing: Promise<void> | undefined;
  #silent = false;
  #closed = false;

  constructor(postgres: Postgres, options: FleetOptions, everybody: string) {
    this.#postgres = postgres;
    this.#options = options;
    this.#notices = new Notices(postgres, () => [`continuo:${this.name}`, everybody]);
    this.#lane = new Lane(postgres, () => `continuo:${this.name}/lease`);
    this.#locks = new Locks(postgres, () => this.#mustBeMember());
    this.#notices.hear((notice) => {
      if (notice !== 'message' && notice !== 'answer') this.#tellGone();
    });
  }

  get notices(): Notices {
    return this.#notices;
  }

  get identity(): Identity | undefined {
    return this.#standing.is === 'joining' ? undefined : this.#standing.identity;
  }

  get name(): string {
    return this.node;
  }

  get node(): string {
    return this.identity?.node ?? '';
  }

  async join(): Promise<void> {
    const node = randomUUID();
    const { role, name, lease } = this.#options;
    const asked = performance.now();
    const [row] = await this.#postgres.query(
      'INSERT INTO nodes (node, role, name, joined_at, lives_until) VALUES ($1, $2, $3, instant(), instant() + $4) RETURNING id',
      [node, role, name, lease],
    );
    this.#standing = { is: 'member', identity: { id: numberIn(row ?? {}, 'id'), node } };
    this.#renewedAt = asked;
    this.#steadySince = asked;
    this.#untold = new Set();
    await this.#notices.listen();
    await this.#renew();
  }

  async rejoin(): Promise<void> {
    this.#mustBeOpen();
    // Whoever was silent may not know yet.
    await this.#renew();
    if (this.#standing.is === 'fenced') await this.join();
  }

  async claim(run: string): Promise<'mine' | 'elsewhere' | 'unknown'> {
    const said = await this.#inDoubt([run], async () =>
      textIn((await this.#ask('SELECT claim($1, $2, $3) AS said', [run]))[0] ?? {}, 'said'),
    );
    if (said === 'taken') {
      this.#mayHave([run]);
      this.#tellGone();
    }
    return said === 'taken' ? 'mine' : said === 'mine' || said === 'elsewhere' ? said : 'unknown';
  }

  async adopt(limit: number, without: readonly string[]): Promise<readonly RunRecord[]> {
    return this.#inDoubt('any', async () => {
      const adopted = (await this.#ask('SELECT record FROM adopt($1, $2, $3, $4) AS a (record)', [limit, without])).map(recordIn);
      const untold = this.#untold;
      if (untold !== 'any' && untold.size === 0) return adopted;
      const of = untold === 'any' ? null : [...untold];
      const own = (await this.#ask('SELECT record FROM own($1, $2, $3) AS o (record)', [of])).map(recordIn);
      // What was claimed meanwhile is for the next time.
      if (this.#untold === untold) this.#untold = new Set();
      const known = new Set(own.map(({ run }) => run));
      return [...own, ...adopted.filter(({ run }) => !known.has(run))].toSorted((a, b) => a.createdAt - b.createdAt);
    });
  }

  async release(run: string): Promise<void> {
    await this.#ask('SELECT release($1, $2, $3)', [run]);
  }

  async exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    const identity = this.#mustBeMember();
    try {
      return await this.#locks.exclusively(key, work);
    } catch (error) {
      throw asMember(error, this, identity);
    }
  }

  nodes(): Promise<readonly NodeRecord[]> {
    return nodesIn(this.#postgres);
  }

  leads(): boolean {
    return this.#standing.is === 'member' && this.#leader === this.#standing.identity.id && this.sure();
  }

  sure(): boolean {
    return this.#standing.is === 'member' && performance.now() - this.#renewedAt < this.#options.lease;
  }

  watch(watch: FleetWatch): () => void {
    this.#watches.add(watch);
    setImmediate(() => {
      if (this.#watches.has(watch)) watch.gone?.();
    });
    return () => void this.#watches.delete(watch);
  }

  describe(how: () => Pick<NodeRecord, 'oldestAttempt'>): void {
    this.#how = how;
  }

  fenced(identity: Identity): void {
    if (this.#standing.is !== 'member' || this.#standing.identity !== identity) return;
    this.#standing = { is: 'fenced', identity };
    clearTimeout(this.#timer);
    for (const { fenced } of this.#watches) fenced?.();
  }

  /** Gives no sign of life, as a process that hangs, until the answer is called: to try what others do then. */
  fallSilent(): () => Promise<void> {
    this.#silent = true;
    clearTimeout(this.#timer);
    return async () => {
      this.#silent = false;
      if (!this.#closed) await this.#renew();
    };
  }

  /** Takes this node away, so that others may go on with its runs at once. */
  async leave(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#watches.clear();
    await this.#renewing;
    await this.#locks.close();
    const { identity } = this;
    // Where the store is away, others take it away when its lease is over.
    if (identity !== undefined)
      await atMost(
        2 * goodbye,
        this.#postgres.query('SELECT leave($1, $2)', [identity.id, identity.node]).catch(() => undefined),
      );
    await this.#notices.close();
    await this.#lane.close();
  }

  /** Where no answer comes, these may be this node's all the same. */
  async #inDoubt<T>(runs: 'any' | readonly string[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PostgresFault) this.#mayHave(runs);
      throw error;
    }
  }

  #mayHave(runs: 'any' | readonly string[]): void {
    this.#untold = runs === 'any' || this.#untold === 'any' ? 'any' : new Set([...this.#untold, ...runs]);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', `${this.#postgres.location} is closed`);
  }

  #mustBeMember(): Identity {
    this.#mustBeOpen();
    if (this.#standing.is === 'member') return this.#standing.identity;
    throw this.#standing.is === 'fenced'
      ? fencedError(this.#standing.identity)
      : new ContinuoError('ENGINE_CLOSED', `this node has not joined ${this.#postgres.location} yet`);
  }

  /** What a function of the schema answers to this node. */
  async #ask(text: string, values: readonly Value[]): Promise<readonly Row[]> {
    const identity = this.#mustBeMember();
    try {
      return await this.#postgres.query(text, [identity.id, identity.node, ...values]);
    } catch (error) {
      throw asMember(error, this, identity);
    }
  }

  #renew(): Promise<void> {
    return (this.#renewing ??= this.#renewOnce().finally(() => {
      this.#renewing = undefined;
    }));
  }

  async #renewOnce(): Promise<void> {
    if (this.#standing.is !== 'member') return;
    const { identity } = this.#standing;
    const { lease } = this.#options;
    const asked = performance.now();
    try {
      const values = [identity.id, identity.node, lease, this.#how().oldestAttempt ?? null];
      const [row] = await this.#lane.run(renew, () => values);
      const [renewed, leader, silent, orphans] = row ?? [];
      if (renewed !== true) return this.fenced(identity);
      if (asked - this.#renewedAt > lease / 2) this.#steadySince = asked;
      this.#renewedAt = asked;
      this.#leader = typeof leader === 'number' ? leader : undefined;
      // A list of names: the function says so.
      if (Array.isArray(silent) && silent.length > 0 && asked - this.#steadySince >= lease)
        await this.#takeAway(identity, silent as string[]);
      else if (orphans === true) this.#tellGone();
      this.#renewIn(lease / 3);
    } catch {
      this.#steadySince = performance.now();
      this.#renewIn(Math.min(lease / 6, 1000));
    }
  }

  /** Nodes that began together do not renew together. */
  #renewIn(delay: number): void {
    if (this.#closed || this.#silent || this.#standing.is !== 'member') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), delay * (0.85 + 0.3 * Math.random())).unref();
  }

  async #takeAway({ id, node }: Identity, silent: readonly string[]): Promise<void> {
    const names = silent.map((one) => `continuo:${one}%`);
    const end = (): Promise<unknown> =>
      this.#postgres.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND application_name LIKE ANY ($1)',
        [names],
      );
    try {
      const gone = await this.#postgres.query('SELECT take_away($1, $2, $3) AS node', [id, node, silent]);
      names.splice(0, names.length, ...gone.map((row) => `continuo:${textIn(row, 'node')}%`));
      await end();
    } catch (error) {
      if (error instanceof PostgresFault && error.state === '55P03') await end();
    }
  }

  #tellGone(): void {
    for (const { gone } of this.#watches) gone?.();
  }
}

/** Nodes that live, or were not yet taken for dead, oldest first. */
export async function nodesIn(sql: Sql): Promise<readonly NodeRecord[]> {
  const rows = await sql.query(
    'SELECT node, role, name, joined_at, lives_until, oldest_attempt, instant() AS as_of FROM nodes ORDER BY id',
  );
  return rows.map(nodeIn);
}

/** Whether nodes that joined before have a lease that is not over. */
export async function eldersLive(sql: Sql, node: string): Promise<boolean> {
  const [one] = await sql.query(
    'SELECT 1 FROM nodes WHERE id < (SELECT id FROM nodes WHERE node = $1) AND lives_until >= instant() LIMIT 1',
    [node],
  );
  return one !== undefined;
}

function nodeIn(row: Row): NodeRecord {
  const oldest = row['oldest_attempt'];
  return {
    node: textIn(row, 'node'),
    role: textIn(row, 'role') === 'worker' ? 'worker' : 'engine',
    name: textIn(row, 'name'),
    joinedAt: numberIn(row, 'joined_at'),
    livesUntil: numberIn(row, 'lives_until'),
    asOf: numberIn(row, 'as_of'),
    ...(typeof oldest === 'number' ? { oldestAttempt: oldest } : {}),
  };
}
