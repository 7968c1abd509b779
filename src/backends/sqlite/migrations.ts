/**
 * The schema, as the steps that lead to it. Version n is what the first n scripts make.
 *
 * M1. A published script is never changed: a new version is a new script at the end.
 *
 * Rows of the journal lie in the order in which they were appended, with a small index
 * by run beside them: clustered by run, every append of a group would dirty a page of
 * its own. Instants are REAL because a jittered deadline has fractions.
 *
 * The books of the gateway are kept apart from the contents of inferences, which are
 * large: who counts reads the former alone, and the latter may go while the books stay.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL UNIQUE,
    project TEXT NOT NULL,
    workflow TEXT NOT NULL,
    status TEXT NOT NULL,
    live INTEGER NOT NULL,
    created_at REAL NOT NULL,
    due_at REAL,
    queued INTEGER NOT NULL,
    busy INTEGER NOT NULL,
    concurrency_key TEXT,
    idempotency_key TEXT,
    parent TEXT,
    dead INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    expires_at REAL,
    awaits TEXT,
    record TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX runs_idempotency ON runs (project, idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE INDEX runs_status ON runs (status, created_at);
  CREATE INDEX runs_project ON runs (project, status, created_at);
  CREATE INDEX runs_workflow ON runs (workflow, status, created_at);
  CREATE INDEX runs_parent ON runs (parent, created_at) WHERE parent IS NOT NULL;
  CREATE INDEX runs_concurrency ON runs (concurrency_key, live, queued, created_at) WHERE concurrency_key IS NOT NULL;
  CREATE INDEX runs_queued ON runs (created_at) WHERE queued = 1;
  CREATE INDEX runs_busy ON runs (created_at) WHERE busy = 1;
  CREATE INDEX runs_dead ON runs (created_at) WHERE dead > 0;
  CREATE INDEX runs_asking ON runs (created_at) WHERE questions > 0;
  CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX runs_expiring ON runs (expires_at, created_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE awaits (
    name TEXT NOT NULL,
    created_at REAL NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (name, created_at, run)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    at REAL NOT NULL,
    events TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX journal_run ON journal (run, seq);

  CREATE TABLE snapshots (
    run INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL
  ) STRICT;

  CREATE TABLE plans (
    hash TEXT PRIMARY KEY,
    plan TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL,
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    reached REAL NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE memos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (project, key)
  ) STRICT;

  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message TEXT NOT NULL UNIQUE,
    run TEXT NOT NULL,
    command TEXT NOT NULL,
    at REAL NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    error TEXT,
    settled_at REAL
  ) STRICT;
  CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'waiting';

  CREATE TABLE blobs (
    id TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    type TEXT NOT NULL,
    touched_at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE INDEX runs_called ON runs (created_at) WHERE parent IS NOT NULL AND live = 1;
  `,
  `
  CREATE TABLE inferences (
    id INTEGER PRIMARY KEY,
    inference TEXT NOT NULL UNIQUE,
    at REAL NOT NULL,
    project TEXT NOT NULL,
    function TEXT NOT NULL,
    variant TEXT NOT NULL,
    model TEXT,
    provider TEXT,
    source TEXT NOT NULL,
    episode TEXT NOT NULL,
    run TEXT,
    step TEXT,
    status TEXT NOT NULL,
    error_code TEXT,
    error TEXT,
    rung TEXT,
    input_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost REAL NOT NULL,
    latency REAL NOT NULL,
    tags TEXT NOT NULL,
    parent TEXT
  ) STRICT;
  CREATE INDEX inferences_at ON inferences (at);
  CREATE INDEX inferences_function ON inferences (function, at);
  CREATE INDEX inferences_episode ON inferences (episode, function, at, variant, status, parent);
  CREATE INDEX inferences_run ON inferences (run, at) WHERE run IS NOT NULL;
  CREATE INDEX inferences_parent ON inferences (parent) WHERE parent IS NOT NULL;

  CREATE TABLE contents (
    inference INTEGER PRIMARY KEY,
    input TEXT,
    output TEXT
  ) STRICT;

  CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    feedback TEXT NOT NULL UNIQUE,
    at REAL NOT NULL,
    project TEXT NOT NULL,
    metric TEXT NOT NULL,
    value TEXT NOT NULL,
    number REAL,
    inference TEXT,
    episode TEXT,
    tags TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feedback_metric ON feedback (metric, at);
  CREATE INDEX feedback_inference ON feedback (inference, metric, at) WHERE inference IS NOT NULL;
  CREATE INDEX feedback_episode ON feedback (episode, metric, at) WHERE episode IS NOT NULL;

  CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    key TEXT NOT NULL,
    answer TEXT NOT NULL,
    at REAL NOT NULL,
    expires_at REAL NOT NULL,
    UNIQUE (project, key)
  ) STRICT;
  CREATE INDEX answers_expiring ON answers (expires_at);

  CREATE TABLE meters (
    id TEXT PRIMARY KEY,
    taken REAL NOT NULL,
    at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE inbox ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE access_keys (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    projects TEXT,
    created_at REAL NOT NULL,
    created_by TEXT NOT NULL,
    expires_at REAL,
    revoked_at REAL
  ) STRICT;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    run TEXT,
    project TEXT,
    details TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE submitted_plans (
    id INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    plan TEXT NOT NULL,
    workflow TEXT NOT NULL,
    at REAL NOT NULL,
    submitted_by TEXT NOT NULL,
    signer TEXT,
    signature TEXT,
    UNIQUE (project, plan)
  ) STRICT;
  CREATE INDEX submitted_plans_project ON submitted_plans (project, id);

  CREATE TABLE grants (
    blob TEXT NOT NULL,
    project TEXT NOT NULL,
    PRIMARY KEY (blob, project)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE nonces (
    id TEXT PRIMARY KEY,
    until REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX nonces_until ON nonces (until);
  `,
];
