-- Settings, the fact journal, jobs, observations, audit, idempotency.
CREATE TABLE setting ( -- small
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);

-- Everything that happens, in the order it was committed. Rows are never changed. `origin` makes an import idempotent.
CREATE TABLE fact (
  id ID PRIMARY KEY,
  at_ms TIME NOT NULL,
  kind INT NOT NULL,
  actor_id ID,
  subject_type INT NOT NULL,
  subject_id ID NOT NULL,
  target_id ID,
  space_id ID,
  value INT NOT NULL,
  origin TEXT,
  data TEXT
);
CREATE UNIQUE INDEX fact_origin ON fact(origin) WHERE origin IS NOT NULL;

CREATE TABLE fact_reader ( -- small
  name TEXT PRIMARY KEY NOT NULL,
  last_id ID NOT NULL
);

CREATE TABLE job (
  id ID PRIMARY KEY,
  queue TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at TIME NOT NULL,
  attempts INT NOT NULL,
  locked_until TIME NOT NULL,
  last_error TEXT,
  dead BOOL NOT NULL
);
CREATE INDEX job_due ON job(dead, run_at, id);

-- What readers did, stored in batches; may be lost in a crash.
CREATE TABLE observation (
  id ID PRIMARY KEY,
  at_ms TIME NOT NULL,
  kind INT NOT NULL,
  actor_id ID,
  subject_id ID,
  value INT NOT NULL
);

CREATE TABLE audit (
  id ID PRIMARY KEY,
  at_ms TIME NOT NULL,
  actor_id ID,
  action TEXT NOT NULL,
  subject_id ID,
  detail TEXT
);

CREATE TABLE idempotency (
  token_hash BLOB PRIMARY KEY NOT NULL,
  request_hash BLOB NOT NULL,
  at_ms TIME NOT NULL,
  status INT NOT NULL,
  location TEXT,
  body TEXT
);
CREATE INDEX idempotency_at ON idempotency(at_ms);
