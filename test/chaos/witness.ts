/**
 * What Postgres itself saw, by its own clock: who wrote to which journal, and whether he might.
 *
 * V1. It looks when a transaction commits, not when it writes: what counts is who had the run, and who was there, at
 *     that moment.
 */
import pg from 'pg';

/** One entry of a journal. */
export interface Written {
  readonly at: number;
  readonly run: string;
  readonly seq: number;
  /** The process that says that it wrote it, `e1.3`; undefined where nobody of that number ever joined. */
  readonly writer: string | undefined;
  /** Whose the run was at that moment. */
  readonly owner: string | undefined;
  /** The writer was still a node. */
  readonly alive: boolean;
}

export interface Live {
  readonly run: string;
  readonly workflow: string;
  readonly status: string;
}

const seats = `
CREATE SCHEMA witness;
CREATE TABLE witness.writes (at timestamptz NOT NULL, run bigint NOT NULL, seq int NOT NULL, node int NOT NULL, owner int, alive boolean NOT NULL);
CREATE TABLE witness.nodes (node int PRIMARY KEY, name text NOT NULL, joined timestamptz NOT NULL, gone timestamptz);
INSERT INTO witness.nodes SELECT id, name, clock_timestamp() FROM continuo.nodes;

CREATE FUNCTION witness.wrote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO witness.writes VALUES (
    clock_timestamp(), NEW.run, NEW.seq, NEW.node,
    (SELECT node FROM continuo.runs WHERE id = NEW.run),
    EXISTS (SELECT 1 FROM continuo.nodes WHERE id = NEW.node)
  );
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER witnessed AFTER INSERT ON continuo.journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION witness.wrote();

CREATE FUNCTION witness.joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO witness.nodes VALUES (NEW.id, NEW.name, clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER witnessed AFTER INSERT ON continuo.nodes FOR EACH ROW EXECUTE FUNCTION witness.joined();

CREATE FUNCTION witness.gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE witness.nodes SET gone = clock_timestamp() WHERE node = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER witnessed_gone AFTER DELETE ON continuo.nodes FOR EACH ROW EXECUTE FUNCTION witness.gone();
`;

export class Witness {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Takes its place, once the tables are there. */
  async sit(): Promise<void> {
    await this.#ask(seats);
  }

  async written(): Promise<readonly Written[]> {
    const rows = await this.#ask<Omit<Written, 'writer' | 'owner'> & { readonly writer: string | null; readonly owner: string | null }>(`
      SELECT extract(epoch FROM w.at)::float8 * 1000 AS at, r.run, w.seq, w.alive, n.name AS writer, o.name AS owner
      FROM witness.writes w JOIN continuo.runs r ON r.id = w.run
      LEFT JOIN witness.nodes n ON n.node = w.node LEFT JOIN witness.nodes o ON o.node = w.owner
      ORDER BY w.at`);
    return rows.map(({ writer, owner, ...rest }) => ({ ...rest, writer: writer ?? undefined, owner: owner ?? undefined }));
  }

  /** How many journals were written to by more than one node. */
  async changedHands(): Promise<number> {
    const [row] = await this.#ask<{ readonly runs: number }>(
      'SELECT count(*)::int AS runs FROM (SELECT run FROM witness.writes GROUP BY run HAVING count(DISTINCT node) > 1) AS several',
    );
    return row?.runs ?? 0;
  }

  /** How many nodes are there no longer. */
  async gone(): Promise<number> {
    const [row] = await this.#ask<{ readonly nodes: number }>('SELECT count(*)::int AS nodes FROM witness.nodes WHERE gone IS NOT NULL');
    return row?.nodes ?? 0;
  }

  live(): Promise<readonly Live[]> {
    return this.#ask<Live>('SELECT run, workflow, status FROM continuo.runs WHERE live');
  }

  /** The engine's process that has the most runs that have not ended; undefined while none is known to live. */
  async busiest(): Promise<string | undefined> {
    const [row] = await this.#ask<{ readonly name: string }>(`
      SELECT n.name FROM continuo.nodes n LEFT JOIN continuo.runs r ON r.node = n.id AND r.live
      WHERE n.role = 'engine' AND n.lives_until > extract(epoch FROM clock_timestamp()) * 1000
      GROUP BY n.name ORDER BY count(r.run) DESC, n.name LIMIT 1`);
    return row?.name;
  }

  /** Cuts everybody off, as an administrator would. */
  async endConnections(): Promise<void> {
    await this.#ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  }

  async #ask<R extends pg.QueryResultRow>(sql: string): Promise<readonly R[]> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'witness' });
    // The query says it too.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<R>(sql)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
