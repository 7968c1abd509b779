/**
 * Appends of one group, in one transaction and one round trip.
 *
 * A1. Commits of one node follow one another, also where its connection was cut and the commit before is still under
 *     way on the old one. A run has one node (F1): so nobody else writes to the journals that a group writes to, and
 *     what is looked up first holds until the end.
 * A2. A refused append has written nothing, and takes no neighbour with it: all are judged before anything is written.
 *     Its verdict is a row of the result; those that went well have none.
 * A3. Of an append whose answer was lost once, it is looked whether it is there exactly as it is to be written (number,
 *     instant, text and node): then it is done.
 * A4. Locks are taken in one order: the node's lane; all appends (shared: what must see a bound that holds takes it alone);
 *     the node; messages by name; new runs by key and run; records by run; memos by key; the topic. The rest of a
 *     deadlock between two indexes of \`runs\` is left to Postgres, and the group is tried again.
 * A5. Numbers of the topic are given under a lock that is held until the commit: they become visible in their order.
 */
const verdicts = `
CREATE FUNCTION lane_lock(name text) RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT lock_key('lane of ' || name) $$;

CREATE TYPE verdict AS ENUM ('conflict', 'elsewhere', 'exists', 'settled', 'unrecorded', 'fenced');
`;

const body = `
CREATE FUNCTION append(
  p_node int, p_name text,
  a_run text[], a_seq int[], a_n int[], a_at double precision[], a_events text[], a_recorded boolean[],
  a_again boolean[],
  r_place int[], r_run text[], r_project text[], r_workflow text[], r_plan text[], r_status text[],
  r_created double precision[], r_due double precision[], r_queued boolean[], r_busy boolean[],
  r_concurrency text[], r_idempotency text[], r_parent text[], r_dead boolean[], r_asking boolean[],
  r_expires double precision[], r_awaits text[], r_record text[],
  e_place int[], e_run text[], e_project text[], e_name text[], e_data text[], e_at double precision[],
  m_place int[], m_project text[], m_key text[], m_value text[],
  c_place int[], c_message text[]
) RETURNS TABLE (place int, is verdict, detail text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  -- By place. The number of the run, and 0 for what does not go on.
  v_id bigint[];
  v_state int[];
  v_refused boolean;
  v_new boolean;
  v_known boolean;
  v_settled int[];
BEGIN
  PERFORM pg_advisory_xact_lock(lane_lock(p_name));
  PERFORM pg_advisory_xact_lock_shared(lock_key('appends'));
  PERFORM 1 FROM nodes WHERE id = p_node AND node = p_name FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 0, 'fenced'::verdict, NULL::text;
    RETURN;
  END IF;

  -- 0 a known run goes on, 1 a new run, 2 done before, 3 conflict, 4 elsewhere
  SELECT array_agg(CASE WHEN state = 0 THEN id ELSE 0 END ORDER BY place), array_agg(state ORDER BY place),
         bool_or(state > 2), bool_or(state = 1), bool_or(state = 0 AND recorded)
    INTO v_id, v_state, v_refused, v_new, v_known
    FROM (
      SELECT a.place, a.recorded, r.id,
        CASE
          WHEN r.id IS NULL THEN CASE WHEN a.seq = 0 THEN 1 ELSE 3 END
          WHEN r.node <> p_node THEN CASE WHEN a.seq = 0 AND j.next > 0 THEN 3 ELSE 4 END
          WHEN a.seq = coalesce(j.next, 0) THEN 0
          WHEN a.again AND EXISTS (
            SELECT 1 FROM journal d
            WHERE d.run = r.id AND d.seq = a.seq AND d.n = a.n AND d.at = a.at AND d.node = p_node AND d.events = a_events[a.place]
          ) THEN 2
          ELSE 3
        END AS state
      FROM unnest(a_run, a_seq, a_n, a_at, a_recorded, a_again) WITH ORDINALITY AS a (run, seq, n, at, recorded, again, place)
      LEFT JOIN runs r ON r.run = a.run
      LEFT JOIN LATERAL (SELECT seq + n AS next FROM journal WHERE run = r.id ORDER BY seq DESC LIMIT 1) j ON true
    ) judged;

  IF cardinality(c_place) > 0 THEN
    PERFORM 1 FROM inbox WHERE message = ANY (c_message) AND state = 'waiting' ORDER BY message FOR UPDATE;
    SELECT array_agg(DISTINCT c.place) INTO v_settled
      FROM unnest(c_place, c_message) AS c (place, message)
      WHERE v_state[c.place] < 2 AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.message = c.message AND i.state = 'waiting');
    IF v_settled IS NOT NULL THEN
      v_refused := true;
      SELECT array_agg(CASE WHEN s.place = ANY (v_settled) THEN 0 ELSE s.id END ORDER BY s.place),
             array_agg(CASE WHEN s.place = ANY (v_settled) THEN 5 ELSE s.state END ORDER BY s.place)
        INTO v_id, v_state
        FROM unnest(v_id, v_state) WITH ORDINALITY AS s (id, state, place);
    END IF;
  END IF;

  IF v_new THEN
    INSERT INTO runs (run, node, family, project, workflow, plan, status, created_at, due_at, queued, busy,
                      concurrency_key, idempotency_key, parent, dead, asking, expires_at, awaits, record)
      SELECT r.run, p_node, coalesce(p.family, r.run), r.project, r.workflow, r.plan, r.status, r.created, r.due, r.queued, r.busy,
             r.concurrency, r.idempotency, r.parent, r.dead, r.asking, r.expires, r.awaits::text[], r.record
      FROM unnest(r_place, r_run, r_project, r_workflow, r_plan, r_status, r_created, r_due, r_queued, r_busy, r_concurrency,
                  r_idempotency, r_parent, r_dead, r_asking, r_expires, r_awaits, r_record)
        AS r (place, run, project, workflow, plan, status, created, due, queued, busy, concurrency,
              idempotency, parent, dead, asking, expires, awaits, record)
      LEFT JOIN runs p ON p.run = r.parent
      WHERE v_state[r.place] = 1 AND (p.run IS NULL OR p.node = p_node)
      ORDER BY r.project, r.idempotency, r.place
      ON CONFLICT DO NOTHING;
    -- Those that are there now are ours. Of the others: somebody was faster, the parent is not here, the key is taken.
    SELECT array_agg(CASE WHEN s.state = 1 AND r.node = p_node THEN r.id ELSE s.id END ORDER BY s.place),
           array_agg(CASE
             WHEN s.state <> 1 THEN s.state
             WHEN r.node = p_node THEN 1
             WHEN r.id IS NOT NULL THEN 3
             WHEN NOT s.recorded THEN 7
             WHEN EXISTS (
               SELECT 1 FROM unnest(r_place, r_parent) AS c (place, parent) JOIN runs p ON p.run = c.parent
               WHERE c.place = s.place AND p.node <> p_node
             ) THEN 4
             ELSE 6
           END ORDER BY s.place),
           v_refused OR bool_or(s.state = 1 AND r.node IS DISTINCT FROM p_node)
      INTO v_id, v_state, v_refused
      FROM unnest(v_id, v_state, a_run, a_recorded) WITH ORDINALITY AS s (id, state, run, recorded, place)
      LEFT JOIN runs r ON s.state = 1 AND r.run = s.run;
  END IF;

  IF v_known THEN
    UPDATE runs SET
        project = r.project, workflow = r.workflow, plan = r.plan, status = r.status, created_at = r.created, due_at = r.due,
        queued = r.queued, busy = r.busy, concurrency_key = r.concurrency, idempotency_key = r.idempotency, parent = r.parent,
        dead = r.dead, asking = r.asking, expires_at = r.expires, awaits = r.awaits::text[], record = r.record
      FROM (
        SELECT * FROM unnest(r_place, r_run, r_project, r_workflow, r_plan, r_status, r_created, r_due, r_queued, r_busy,
                             r_concurrency, r_idempotency, r_parent, r_dead, r_asking, r_expires, r_awaits, r_record)
          AS one (place, run, project, workflow, plan, status, created, due, queued, busy, concurrency,
                  idempotency, parent, dead, asking, expires, awaits, record)
        WHERE v_state[one.place] = 0
        ORDER BY one.run
      ) r
      WHERE runs.run = r.run;
  END IF;

  INSERT INTO journal (run, at, seq, n, node, events)
    SELECT a.id, a.at, a.seq, a.n, p_node, a.events
    FROM unnest(v_id, a_at, a_seq, a_n, a_events) AS a (id, at, seq, n, events)
    WHERE a.id > 0 AND a.n > 0;

  IF cardinality(m_place) > 0 THEN
    -- A memo that is written again gets a new number, so that a scan that is past the old one meets it.
    INSERT INTO memos (project, key, value)
      SELECT DISTINCT ON (m.project COLLATE "C", m.key COLLATE "C") m.project, m.key, m.value
      FROM unnest(m_place, m_project, m_key, m_value) WITH ORDINALITY AS m (place, project, key, value, turn)
      WHERE v_id[m.place] > 0
      ORDER BY m.project COLLATE "C", m.key COLLATE "C", m.turn DESC
      ON CONFLICT (project, key) DO UPDATE SET id = excluded.id, value = excluded.value;
  END IF;

  IF cardinality(c_place) > 0 THEN
    PERFORM answer(ARRAY(SELECT c.message FROM unnest(c_place, c_message) AS c (place, message) WHERE v_id[c.place] > 0), NULL, p_name);
  END IF;

  IF cardinality(e_place) > 0 THEN
    PERFORM pg_advisory_xact_lock(lock_key('topic'));
    INSERT INTO topic (run, project, name, data, at)
      SELECT e.run, e.project, e.name, e.data, e.at
      FROM unnest(e_place, e_run, e_project, e_name, e_data, e_at) WITH ORDINALITY AS e (place, run, project, name, data, at, turn)
      WHERE v_id[e.place] > 0
      ORDER BY e.turn;
  END IF;

  IF v_refused THEN
    RETURN QUERY
      SELECT s.place::int, (ARRAY['conflict', 'elsewhere', 'settled', 'exists', 'unrecorded'])[s.state - 2]::verdict,
        CASE s.state
          WHEN 3 THEN (
            SELECT coalesce((SELECT seq + n FROM journal j WHERE j.run = r.id ORDER BY seq DESC LIMIT 1), 0)::text
            FROM (SELECT (SELECT id FROM runs WHERE run = a_run[s.place]) AS id) r
          )
          WHEN 5 THEN (
            SELECT json_agg(c.message)::text FROM unnest(c_place, c_message) AS c (place, message)
            WHERE c.place = s.place AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.message = c.message AND i.state = 'waiting')
          )
        END
      FROM unnest(v_state) WITH ORDINALITY AS s (state, place)
      WHERE s.state > 2;
  END IF;
END $$;
`;

const rest = `
-- The snapshot of a run that is there; an older one does not replace a newer. It may be lost: nobody waits for the disk.
CREATE FUNCTION save_snapshot(p_run text, p_seq int, p_state text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock_shared(lock_key('appends'));
  INSERT INTO snapshots AS s (run, seq, state) SELECT id, p_seq, p_state FROM runs WHERE run = p_run
    ON CONFLICT (run) DO UPDATE SET seq = excluded.seq, state = excluded.state WHERE s.seq <= excluded.seq;
END $$;

-- Takes runs out of sight, while no append is under way; their entries follow in pieces.
CREATE FUNCTION hide(p_runs text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  PERFORM pg_advisory_xact_lock(lock_key('appends'));
  WITH gone AS (DELETE FROM runs WHERE run = ANY (p_runs) RETURNING id, run)
    INSERT INTO removed (run, name) SELECT id, run FROM gone;
END $$;

-- What a scan may rely on: entries and memos up to these numbers are visible, and none of them will appear later.
CREATE FUNCTION settled(OUT journal bigint, OUT memos bigint, OUT inbox bigint) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  PERFORM pg_advisory_xact_lock(lock_key('appends'));
  SELECT coalesce((SELECT max(id) FROM journal), 0), coalesce((SELECT max(id) FROM memos), 0), coalesce((SELECT max(id) FROM inbox), 0)
    INTO journal, memos, inbox;
END $$;
`;

export const append: string = [verdicts, body, rest].join('');
