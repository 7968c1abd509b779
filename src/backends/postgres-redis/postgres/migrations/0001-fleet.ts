/**
 * Whose a family is.
 *
 * O1. A family changes hands under a lock of its own, when the node that it belongs to is gone, and only to a node that
 *     is there until the change commits.
 */
export const fleet = `
CREATE FUNCTION family_lock(family text) RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT lock_key('family ' || family) $$;

-- To a node that was taken away everything is refused; it stays while it is asked whether it is there.
CREATE FUNCTION must_live(p_node int, p_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM nodes WHERE id = p_node AND node = p_name FOR KEY SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'node % lives no longer', p_name USING ERRCODE = 'CN001'; END IF;
END $$;

CREATE FUNCTION claim(p_node int, p_name text, p_run text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_family text;
  v_owner int;
BEGIN
  PERFORM must_live(p_node, p_name);
  SELECT family, node INTO v_family, v_owner FROM runs WHERE run = p_run;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF v_owner = p_node THEN RETURN 'mine'; END IF;
  IF EXISTS (SELECT 1 FROM nodes WHERE id = v_owner) THEN RETURN 'elsewhere'; END IF;
  PERFORM pg_advisory_xact_lock(family_lock(v_family));
  SELECT node INTO v_owner FROM runs WHERE run = p_run;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF v_owner = p_node THEN RETURN 'mine'; END IF;
  IF EXISTS (SELECT 1 FROM nodes WHERE id = v_owner) THEN RETURN 'elsewhere'; END IF;
  UPDATE runs SET node = p_node WHERE run = v_family OR (family = v_family AND parent IS NOT NULL);
  RETURN 'taken';
END $$;

-- The node's unfinished runs in the families of these runs, or all of them.
CREATE FUNCTION own(p_node int, p_name text, p_of text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  v_families text[];
BEGIN
  PERFORM must_live(p_node, p_name);
  IF p_of IS NULL THEN
    RETURN QUERY SELECT record FROM runs WHERE live AND node = p_node ORDER BY created_at, id;
    RETURN;
  END IF;
  v_families := ARRAY(SELECT DISTINCT family FROM runs WHERE run = ANY (p_of));
  RETURN QUERY
    SELECT record FROM runs WHERE live AND node = p_node
      AND (run = ANY (v_families) OR (family = ANY (v_families) AND parent IS NOT NULL))
    ORDER BY created_at, id;
END $$;

-- Answers whether it is held now. What the node held before, and could not let go of, it goes on to hold.
CREATE FUNCTION hold(p_node int, p_name text, p_key text, p_token text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM must_live(p_node, p_name);
  INSERT INTO locks AS l (key, node, token) VALUES (p_key, p_node, p_token)
    ON CONFLICT (key) DO UPDATE SET token = excluded.token WHERE l.node = excluded.node;
  RETURN FOUND;
END $$;

-- Numbers of nodes that are gone and have unfinished runs: one look into the index for each owner that there is.
CREATE FUNCTION orphaned() RETURNS SETOF int LANGUAGE sql STABLE AS $$
  WITH RECURSIVE owners AS (
    (SELECT node FROM runs WHERE live ORDER BY node LIMIT 1)
    UNION ALL
    SELECT (SELECT r.node FROM runs r WHERE r.live AND r.node > owners.node ORDER BY r.node LIMIT 1) FROM owners WHERE owners.node IS NOT NULL
  )
  SELECT node FROM owners WHERE node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM nodes WHERE id = owners.node)
$$;

CREATE FUNCTION adopt(p_node int, p_name text, p_limit int, p_without text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  v_run record;
  v_families text[] := '{}';
  v_owner int;
BEGIN
  PERFORM must_live(p_node, p_name);
  FOR v_run IN
    SELECT r.run, r.family FROM orphaned() AS o (node) JOIN LATERAL (
      SELECT run, family, plan, created_at, id FROM runs WHERE live AND node = o.node ORDER BY created_at, id
    ) r ON true
    WHERE r.plan <> ALL (p_without)
  LOOP
    CONTINUE WHEN NOT pg_try_advisory_xact_lock(family_lock(v_run.family));
    -- What was seen may be old by now: it is looked at again, under the lock.
    SELECT node INTO v_owner FROM runs WHERE run = v_run.run AND live;
    CONTINUE WHEN NOT FOUND OR EXISTS (SELECT 1 FROM nodes WHERE id = v_owner);
    CONTINUE WHEN cardinality(p_without) > 0 AND EXISTS (
      SELECT 1 FROM runs WHERE plan = ANY (p_without) AND (run = v_run.family OR (family = v_run.family AND parent IS NOT NULL))
    );
    UPDATE runs SET node = p_node WHERE run = v_run.family OR (family = v_run.family AND parent IS NOT NULL);
    v_families := v_families || v_run.family;
    EXIT WHEN cardinality(v_families) >= p_limit;
  END LOOP;
  RETURN QUERY
    SELECT record FROM runs WHERE live AND node = p_node
      AND (run = ANY (v_families) OR (family = ANY (v_families) AND parent IS NOT NULL))
    ORDER BY created_at, id;
END $$;

-- Between two groups of appends of the node, since those rely on what is its own.
CREATE FUNCTION release(p_node int, p_name text, p_run text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_family text;
BEGIN
  PERFORM pg_advisory_xact_lock(lane_lock(p_name));
  PERFORM must_live(p_node, p_name);
  SELECT family INTO v_family FROM runs WHERE run = p_run AND node = p_node;
  -- No node has the number 0.
  UPDATE runs SET node = 0 WHERE run = v_family OR (family = v_family AND parent IS NOT NULL);
  IF FOUND THEN PERFORM pg_notify(everybody(), 'gone'); END IF;
END $$;

-- A sign of life. It need not survive a power cut: nobody waits for the disk. Answers whether the node is still there;
-- and, for one that is, which engine is the oldest, who has been silent for too long, and whether there are orphans.
CREATE FUNCTION renew(
  p_node int, p_name text, p_lease double precision, p_oldest double precision,
  OUT renewed boolean, OUT leader int, OUT silent text[], OUT orphans boolean
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE nodes SET lives_until = instant() + p_lease, oldest_attempt = p_oldest WHERE id = p_node AND node = p_name;
  renewed := FOUND;
  IF NOT renewed THEN RETURN; END IF;
  leader := (SELECT id FROM nodes WHERE role = 'engine' AND lives_until >= instant() ORDER BY id LIMIT 1);
  silent := ARRAY(SELECT node FROM nodes WHERE lives_until < instant());
  orphans := EXISTS (SELECT 1 FROM orphaned());
END $$;

-- Deleting a row waits for the commits that hold it, and looks at the lease again then.
CREATE FUNCTION take_away(p_node int, p_name text, p_silent text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  v_gone text[];
BEGIN
  PERFORM set_config('lock_timeout', '1s', true);
  PERFORM 1 FROM nodes WHERE id = p_node AND node = p_name AND lives_until >= instant() FOR KEY SHARE;
  IF NOT FOUND THEN RETURN; END IF;
  WITH gone AS (
    DELETE FROM nodes WHERE node = ANY (p_silent) AND id <> p_node AND lives_until < instant() RETURNING node
  )
  SELECT array_agg(node) INTO v_gone FROM gone;
  IF v_gone IS NOT NULL THEN PERFORM pg_notify(everybody(), 'gone'); END IF;
  RETURN QUERY SELECT unnest(v_gone);
END $$;

CREATE FUNCTION leave(p_node int, p_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM nodes WHERE id = p_node AND node = p_name;
  IF FOUND THEN PERFORM pg_notify(everybody(), 'gone'); END IF;
END $$;
`;
