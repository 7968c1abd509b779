/**
 * Messages, and who is told of them.
 *
 * N1. A node listens on the channel of its name, and all listen on the channel of the schema. Whoever sends tells the
 *     node of the run, or everybody where that is gone; whoever answers tells the sender. The telling commits with what
 *     it tells of.
 */
export const inbox = `
CREATE FUNCTION channel(name text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT 'continuo:' || name $$;

CREATE FUNCTION everybody() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT channel(id) FROM cluster $$;

CREATE FUNCTION send(
  p_sender text, p_message text[], p_run text[], p_command text[], p_at double precision[], p_unasked boolean[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_channel text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(lock_key('appends'));
  FOR v_channel IN
    WITH sent AS (
      INSERT INTO inbox (message, run, command, at, unasked, sender)
        SELECT m.message, m.run, m.command, m.at, m.unasked, p_sender
        FROM (
          SELECT DISTINCT ON (one.message COLLATE "C") * FROM unnest(p_message, p_run, p_command, p_at, p_unasked) WITH ORDINALITY
            AS one (message, run, command, at, unasked, turn)
          ORDER BY one.message COLLATE "C", one.turn
        ) m
        ORDER BY m.turn
        ON CONFLICT (message) DO NOTHING
        RETURNING run
    )
    SELECT DISTINCT coalesce(channel(n.node), everybody())
    FROM sent LEFT JOIN runs r ON r.run = sent.run LEFT JOIN nodes n ON n.id = r.node
  LOOP
    PERFORM pg_notify(v_channel, 'message');
  END LOOP;
END $$;

-- The first answer counts. p_error is null for what was done.
CREATE FUNCTION answer(p_messages text[], p_error text, p_by text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_sender text;
BEGIN
  DELETE FROM inbox WHERE message = ANY (p_messages) AND state = 'waiting' AND unasked;
  FOR v_sender IN
    WITH answered AS (
      UPDATE inbox SET state = CASE WHEN p_error IS NULL THEN 'done' ELSE 'refused' END, error = p_error, settled_at = instant()
        WHERE message = ANY (p_messages) AND state = 'waiting'
        RETURNING sender
    )
    SELECT DISTINCT sender FROM answered WHERE sender <> p_by
  LOOP
    PERFORM pg_notify(channel(v_sender), 'answer');
  END LOOP;
END $$;
`;
