-- columns
access_keys.id bigint NOT NULL IDENTITY d
access_keys.key text COLLATE "C" NOT NULL
access_keys.name text NOT NULL
access_keys.hash text NOT NULL
access_keys.scopes text NOT NULL
access_keys.projects text
access_keys.created_at double precision NOT NULL
access_keys.created_by text NOT NULL
access_keys.expires_at double precision
access_keys.revoked_at double precision
answers.id bigint NOT NULL IDENTITY d
answers.project text COLLATE "C" NOT NULL
answers.key text COLLATE "C" NOT NULL
answers.answer text NOT NULL
answers.at double precision NOT NULL
answers.expires_at double precision NOT NULL
audit.seq bigint NOT NULL
audit.at double precision NOT NULL
audit.who text NOT NULL
audit.what text NOT NULL
audit.run text
audit.project text
audit.details text
audit.previous text NOT NULL
audit.hash text NOT NULL
blob_store.one boolean NOT NULL DEFAULT true
blob_waste.id text COLLATE "C" NOT NULL
blob_waste.place text NOT NULL
blobs.id text COLLATE "C" NOT NULL
blobs.place text NOT NULL
blobs.bytes bigint NOT NULL
blobs.type text NOT NULL
blobs.touched_at double precision NOT NULL
blobs.damaged boolean NOT NULL DEFAULT false
cluster.one boolean NOT NULL DEFAULT true
cluster.id text NOT NULL DEFAULT gen_random_uuid()
cluster.version integer NOT NULL DEFAULT 0
contents.inference bigint NOT NULL
contents.input text
contents.output text
cursors.name text COLLATE "C" NOT NULL
cursors.reached double precision NOT NULL
feedback.id bigint NOT NULL IDENTITY d
feedback.feedback text COLLATE "C" NOT NULL
feedback.at double precision NOT NULL
feedback.project text COLLATE "C" NOT NULL
feedback.metric text COLLATE "C" NOT NULL
feedback.value text NOT NULL
feedback.number double precision
feedback.inference text COLLATE "C"
feedback.episode text COLLATE "C"
feedback.tags text NOT NULL
grants.blob text COLLATE "C" NOT NULL
grants.project text COLLATE "C" NOT NULL
inbox.id bigint NOT NULL IDENTITY a
inbox.message text COLLATE "C" NOT NULL
inbox.run text COLLATE "C" NOT NULL
inbox.command text NOT NULL
inbox.at double precision NOT NULL
inbox.unasked boolean NOT NULL
inbox.sender text NOT NULL
inbox.state text NOT NULL DEFAULT 'waiting'::text
inbox.error text
inbox.settled_at double precision
inferences.id bigint NOT NULL IDENTITY d
inferences.inference text COLLATE "C" NOT NULL
inferences.at double precision NOT NULL
inferences.project text COLLATE "C" NOT NULL
inferences.function text COLLATE "C" NOT NULL
inferences.variant text COLLATE "C" NOT NULL
inferences.model text
inferences.provider text
inferences.source text NOT NULL
inferences.episode text COLLATE "C" NOT NULL
inferences.run text COLLATE "C"
inferences.step text COLLATE "C"
inferences.status text NOT NULL
inferences.error_code text
inferences.error text
inferences.rung text
inferences.input_tokens bigint NOT NULL
inferences.cached_tokens bigint NOT NULL
inferences.output_tokens bigint NOT NULL
inferences.cost double precision NOT NULL
inferences.latency double precision NOT NULL
inferences.tags text NOT NULL
inferences.parent text COLLATE "C"
journal.id bigint NOT NULL IDENTITY a
journal.run bigint NOT NULL
journal.at double precision NOT NULL
journal.seq integer NOT NULL
journal.n integer NOT NULL
journal.node integer NOT NULL
journal.events text NOT NULL
locks.key text COLLATE "C" NOT NULL
locks.node integer NOT NULL
locks.token text NOT NULL
memos.id bigint NOT NULL IDENTITY d
memos.project text COLLATE "C" NOT NULL
memos.key text COLLATE "C" NOT NULL
memos.value text NOT NULL
meters.id text COLLATE "C" NOT NULL
meters.taken double precision NOT NULL
meters.at double precision NOT NULL
nodes.id integer NOT NULL IDENTITY a
nodes.node text COLLATE "C" NOT NULL
nodes.role text NOT NULL
nodes.name text NOT NULL
nodes.joined_at double precision NOT NULL
nodes.lives_until double precision NOT NULL
nodes.oldest_attempt double precision
nonces.id text COLLATE "C" NOT NULL
nonces.until double precision NOT NULL
plans.hash text COLLATE "C" NOT NULL
plans.plan text NOT NULL
removed.run bigint NOT NULL
removed.name text NOT NULL
runs.id bigint NOT NULL IDENTITY a
runs.run text COLLATE "C" NOT NULL
runs.node integer NOT NULL
runs.family text COLLATE "C" NOT NULL
runs.project text COLLATE "C" NOT NULL
runs.workflow text COLLATE "C" NOT NULL
runs.plan text COLLATE "C" NOT NULL
runs.status text COLLATE "C" NOT NULL
runs.live boolean NOT NULL GENERATED (status = ANY (ARRAY['running'::text, 'waiting'::text, 'paused'::text]))
runs.created_at double precision NOT NULL
runs.due_at double precision
runs.queued boolean NOT NULL
runs.busy boolean NOT NULL
runs.concurrency_key text COLLATE "C"
runs.idempotency_key text COLLATE "C"
runs.parent text COLLATE "C"
runs.dead boolean NOT NULL
runs.asking boolean NOT NULL
runs.expires_at double precision
runs.awaits text[]
runs.record text NOT NULL
snapshots.run bigint NOT NULL
snapshots.seq integer NOT NULL
snapshots.state text NOT NULL
submitted_plans.id bigint NOT NULL IDENTITY d
submitted_plans.project text COLLATE "C" NOT NULL
submitted_plans.plan text COLLATE "C" NOT NULL
submitted_plans.workflow text NOT NULL
submitted_plans.at double precision NOT NULL
submitted_plans.submitted_by text NOT NULL
submitted_plans.signer text
submitted_plans.signature text
topic.id bigint NOT NULL IDENTITY a
topic.run text NOT NULL
topic.project text NOT NULL
topic.name text NOT NULL
topic.data text NOT NULL
topic.at double precision NOT NULL

-- storage
inbox (autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=500)
meters (fillfactor=50)
nodes (fillfactor=50)
runs (fillfactor=85)

-- constraints
access_keys access_keys_key_key: UNIQUE (key)
access_keys access_keys_pkey: PRIMARY KEY (id)
answers answers_pkey: PRIMARY KEY (id)
answers answers_project_key_key: UNIQUE (project, key)
audit audit_pkey: PRIMARY KEY (seq)
blob_store blob_store_one_check: CHECK (one)
blob_store blob_store_pkey: PRIMARY KEY (one)
blob_waste blob_waste_pkey: PRIMARY KEY (id, place)
blobs blobs_pkey: PRIMARY KEY (id)
cluster cluster_one_check: CHECK (one)
cluster cluster_pkey: PRIMARY KEY (one)
contents contents_pkey: PRIMARY KEY (inference)
cursors cursors_pkey: PRIMARY KEY (name)
feedback feedback_feedback_key: UNIQUE (feedback)
feedback feedback_pkey: PRIMARY KEY (id)
grants grants_pkey: PRIMARY KEY (blob, project)
inbox inbox_message_key: UNIQUE (message)
inbox inbox_pkey: PRIMARY KEY (id)
inferences inferences_inference_key: UNIQUE (inference)
inferences inferences_pkey: PRIMARY KEY (id)
journal journal_pkey: PRIMARY KEY (id)
locks locks_node_fkey: FOREIGN KEY (node) REFERENCES nodes(id) ON DELETE CASCADE
locks locks_pkey: PRIMARY KEY (key)
memos memos_id_key: UNIQUE (id)
memos memos_pkey: PRIMARY KEY (project, key)
meters meters_pkey: PRIMARY KEY (id)
nodes nodes_node_key: UNIQUE (node)
nodes nodes_pkey: PRIMARY KEY (id)
nonces nonces_pkey: PRIMARY KEY (id)
plans plans_pkey: PRIMARY KEY (hash)
removed removed_pkey: PRIMARY KEY (run)
runs runs_pkey: PRIMARY KEY (run)
snapshots snapshots_pkey: PRIMARY KEY (run)
submitted_plans submitted_plans_pkey: PRIMARY KEY (id)
submitted_plans submitted_plans_project_plan_key: UNIQUE (project, plan)
topic topic_pkey: PRIMARY KEY (id)

-- indexes
CREATE UNIQUE INDEX access_keys_key_key ON access_keys USING btree (key)
CREATE UNIQUE INDEX access_keys_pkey ON access_keys USING btree (id)
CREATE INDEX answers_expiring ON answers USING btree (expires_at)
CREATE UNIQUE INDEX answers_pkey ON answers USING btree (id)
CREATE UNIQUE INDEX answers_project_key_key ON answers USING btree (project, key)
CREATE UNIQUE INDEX audit_pkey ON audit USING btree (seq)
CREATE UNIQUE INDEX blob_store_pkey ON blob_store USING btree (one)
CREATE UNIQUE INDEX blob_waste_pkey ON blob_waste USING btree (id, place)
CREATE UNIQUE INDEX blobs_pkey ON blobs USING btree (id)
CREATE UNIQUE INDEX cluster_pkey ON cluster USING btree (one)
CREATE UNIQUE INDEX contents_pkey ON contents USING btree (inference)
CREATE UNIQUE INDEX cursors_pkey ON cursors USING btree (name)
CREATE INDEX feedback_episode ON feedback USING btree (episode, metric, at, id) WHERE episode IS NOT NULL
CREATE UNIQUE INDEX feedback_feedback_key ON feedback USING btree (feedback)
CREATE INDEX feedback_inference ON feedback USING btree (inference, metric, at, id) WHERE inference IS NOT NULL
CREATE INDEX feedback_metric ON feedback USING btree (metric, at)
CREATE UNIQUE INDEX feedback_pkey ON feedback USING btree (id)
CREATE UNIQUE INDEX grants_pkey ON grants USING btree (blob, project)
CREATE UNIQUE INDEX inbox_message_key ON inbox USING btree (message)
CREATE UNIQUE INDEX inbox_pkey ON inbox USING btree (id)
CREATE INDEX inbox_settled ON inbox USING btree (settled_at) WHERE settled_at IS NOT NULL
CREATE INDEX inbox_waiting ON inbox USING btree (id) WHERE state = 'waiting'::text
CREATE INDEX inferences_at ON inferences USING btree (at, id)
CREATE INDEX inferences_episode ON inferences USING btree (episode, function, at, id)
CREATE INDEX inferences_function ON inferences USING btree (function, at, id)
CREATE UNIQUE INDEX inferences_inference_key ON inferences USING btree (inference)
CREATE INDEX inferences_parent ON inferences USING btree (parent) WHERE parent IS NOT NULL
CREATE UNIQUE INDEX inferences_pkey ON inferences USING btree (id)
CREATE INDEX inferences_run ON inferences USING btree (run, at, id) WHERE run IS NOT NULL
CREATE UNIQUE INDEX journal_pkey ON journal USING btree (id)
CREATE UNIQUE INDEX journal_run ON journal USING btree (run, seq)
CREATE UNIQUE INDEX locks_pkey ON locks USING btree (key)
CREATE UNIQUE INDEX memos_id_key ON memos USING btree (id)
CREATE UNIQUE INDEX memos_pkey ON memos USING btree (project, key)
CREATE UNIQUE INDEX meters_pkey ON meters USING btree (id)
CREATE UNIQUE INDEX nodes_node_key ON nodes USING btree (node)
CREATE UNIQUE INDEX nodes_pkey ON nodes USING btree (id)
CREATE UNIQUE INDEX nonces_pkey ON nonces USING btree (id)
CREATE INDEX nonces_until ON nonces USING btree (until)
CREATE UNIQUE INDEX plans_pkey ON plans USING btree (hash)
CREATE UNIQUE INDEX removed_pkey ON removed USING btree (run)
CREATE INDEX runs_asking ON runs USING btree (created_at, id) WHERE asking
CREATE INDEX runs_awaits ON runs USING gin (awaits) WHERE awaits IS NOT NULL
CREATE INDEX runs_busy ON runs USING btree (created_at, id) WHERE busy
CREATE INDEX runs_called ON runs USING btree (created_at, id) WHERE parent IS NOT NULL AND live
CREATE INDEX runs_concurrency ON runs USING btree (concurrency_key, live, queued, created_at, id) WHERE concurrency_key IS NOT NULL
CREATE INDEX runs_dead ON runs USING btree (created_at, id) WHERE dead
CREATE INDEX runs_due ON runs USING btree (node, due_at, id) WHERE due_at IS NOT NULL
CREATE INDEX runs_expiring ON runs USING btree (expires_at) WHERE expires_at IS NOT NULL
CREATE INDEX runs_family ON runs USING btree (family) WHERE parent IS NOT NULL
CREATE UNIQUE INDEX runs_idempotency ON runs USING btree (project, idempotency_key) WHERE idempotency_key IS NOT NULL
CREATE INDEX runs_owner ON runs USING btree (node, created_at, id) WHERE live
CREATE INDEX runs_parent ON runs USING btree (parent, created_at, id) WHERE parent IS NOT NULL
CREATE UNIQUE INDEX runs_pkey ON runs USING btree (run)
CREATE INDEX runs_project ON runs USING btree (project, status, created_at, id)
CREATE INDEX runs_queued ON runs USING btree (created_at, id) WHERE queued
CREATE INDEX runs_status ON runs USING btree (status, created_at, id)
CREATE INDEX runs_workflow ON runs USING btree (workflow, status, created_at, id)
CREATE UNIQUE INDEX snapshots_pkey ON snapshots USING btree (run)
CREATE UNIQUE INDEX submitted_plans_pkey ON submitted_plans USING btree (id)
CREATE INDEX submitted_plans_project ON submitted_plans USING btree (project, id)
CREATE UNIQUE INDEX submitted_plans_project_plan_key ON submitted_plans USING btree (project, plan)
CREATE UNIQUE INDEX topic_pkey ON topic USING btree (id)

-- types
verdict: conflict, elsewhere, exists, settled, unrecorded, fenced

-- functions
adopt(p_node integer, p_name text, p_limit integer, p_without text[]) returns SETOF text, plpgsql, v, body 0b94dbf456d1b7afc4c9e3533934009f
answer(p_messages text[], p_error text, p_by text) returns void, plpgsql, v, body fe307abe93fb0e25835b81ddbdfd3cbb
append(p_node integer, p_name text, a_run text[], a_seq integer[], a_n integer[], a_at double precision[], a_events text[], a_recorded boolean[], a_again boolean[], r_place integer[], r_run text[], r_project text[], r_workflow text[], r_plan text[], r_status text[], r_created double precision[], r_due double precision[], r_queued boolean[], r_busy boolean[], r_concurrency text[], r_idempotency text[], r_parent text[], r_dead boolean[], r_asking boolean[], r_expires double precision[], r_awaits text[], r_record text[], e_place integer[], e_run text[], e_project text[], e_name text[], e_data text[], e_at double precision[], m_place integer[], m_project text[], m_key text[], m_value text[], c_place integer[], c_message text[]) returns TABLE(place integer, "is" verdict, detail text), plpgsql, v, body 340699fd4b31029d3be48b8c11d98f1c
channel(name text) returns text, sql, i, body 6c9b598761d2d1f27934a2e155d249b9
claim(p_node integer, p_name text, p_run text) returns text, plpgsql, v, body 9f101d0b3a140f9c48072caa1db1936f
everybody() returns text, sql, s, body f84706b504d145fb7bfa9c0705968686
family_lock(family text) returns bigint, sql, s, body 4bb5b9bb9d2ebe4f7a70ec9facbed197
hide(p_runs text[]) returns void, plpgsql, v, body b277262df38eee6618e46544ca43df30
hold(p_node integer, p_name text, p_key text, p_token text) returns boolean, plpgsql, v, body c2351a4007b09f6d5804911a463258ed
instant() returns double precision, sql, v, body 67d0ddae9da78b9e455588ed55eca9fc
lane_lock(name text) returns bigint, sql, s, body ddfcaac51a7ec0a39405064077622b7d
leave(p_node integer, p_name text) returns void, plpgsql, v, body 52bcd171415c9619f977dd5f535966b4
lock_key(what text) returns bigint, sql, s, body fc69f292f91e75f4c893a541ef7fb707
must_live(p_node integer, p_name text) returns void, plpgsql, v, body cc83efa768e97724abb029079f5ba6b1
orphaned() returns SETOF integer, sql, s, body 128afea6c3824b4bade37564678fcfc2
own(p_node integer, p_name text, p_of text[]) returns SETOF text, plpgsql, v, body 5959d03b23ce076643ce075f06a60680
release(p_node integer, p_name text, p_run text) returns void, plpgsql, v, body e5f8fb1f48e70f209f3d00b34391cf25
renew(p_node integer, p_name text, p_lease double precision, p_oldest double precision, OUT renewed boolean, OUT leader integer, OUT silent text[], OUT orphans boolean) returns record, plpgsql, v, body d7950cb1559901edd55031aeb652b4f9
save_snapshot(p_run text, p_seq integer, p_state text) returns void, plpgsql, v, body e6336b6d2ad365570c522924ac6cbbe3
send(p_sender text, p_message text[], p_run text[], p_command text[], p_at double precision[], p_unasked boolean[]) returns void, plpgsql, v, body d91502df7116510a496682fa7a6fb98e
settled(OUT journal bigint, OUT memos bigint, OUT inbox bigint) returns record, plpgsql, v, body 3aed8eecece902706d2b9e2433a909e8
take_away(p_node integer, p_name text, p_silent text[]) returns SETOF text, plpgsql, v, body 84d6ef6099af90b342258e5520b79ccd
