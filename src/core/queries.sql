-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: setting_find :find
SELECT value FROM setting WHERE name = :name;

-- name: setting_put :exec
INSERT INTO setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: setting_list :many
SELECT name, value FROM setting ORDER BY name;

-- name: fact_insert :execn
-- args: at_ms time, kind int, actor_id id?, target_id id?, space_id id?, origin text?, data text?
INSERT INTO fact (id, at_ms, kind, actor_id, subject_type, subject_id, target_id, space_id, value, origin, data)
VALUES (:id, :at_ms, :kind, :actor_id, :subject_type, :subject_id, :target_id, :space_id, :value, :origin, :data)
ON CONFLICT (origin) WHERE origin IS NOT NULL DO NOTHING;

-- name: fact_list_after :many
-- args: after id, below id, limit int
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, space_id, value, data
FROM fact WHERE id > :after AND id < :below ORDER BY id LIMIT :limit;

-- name: fact_list_newest :many
-- args: from id, limit int
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, space_id, value, data
FROM fact WHERE id >= :from ORDER BY id DESC LIMIT :limit;

-- name: fact_find_last :find
-- args: below id
SELECT id FROM fact WHERE id < :below ORDER BY id DESC LIMIT 1;

-- name: fact_count :one
-- scan-ok: counts every fact, for `stats` only
SELECT count(*) AS "n:int" FROM fact;

-- name: fact_reader_find :find
SELECT last_id FROM fact_reader WHERE name = :name;

-- name: fact_reader_put :exec
INSERT INTO fact_reader (name, last_id) VALUES (:name, :last_id)
ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id;

-- name: job_insert :exec
INSERT INTO job (id, queue, payload, run_at, attempts, locked_until, dead)
VALUES (:id, :queue, :payload, :run_at, 0, 0, 0);

-- name: job_claim :many
-- args: now time, until time, attempts_max int, limit int
-- @lite
UPDATE job SET locked_until = :until, attempts = attempts + 1
WHERE id IN (SELECT j.id FROM job j WHERE j.dead = 0 AND j.attempts < :attempts_max AND j.run_at <= :now AND j.locked_until <= :now ORDER BY j.run_at, j.id LIMIT :limit)
RETURNING id, queue, payload, attempts;
-- @pg
UPDATE job SET locked_until = :until, attempts = attempts + 1
WHERE id IN (SELECT j.id FROM job j WHERE j.dead = 0 AND j.attempts < :attempts_max AND j.run_at <= :now AND j.locked_until <= :now ORDER BY j.run_at, j.id LIMIT :limit FOR UPDATE SKIP LOCKED)
RETURNING id, queue, payload, attempts;

-- A job that took its process with it again and again is given up like one that failed.
-- name: job_bury :exec
-- args: now time, attempts_max int, last_error text
UPDATE job SET dead = 1, last_error = :last_error WHERE dead = 0 AND run_at <= :now AND locked_until <= :now AND attempts >= :attempts_max;

-- name: job_delete :exec
DELETE FROM job WHERE id = :id;

-- name: job_fail :exec
UPDATE job SET run_at = :run_at, locked_until = 0, dead = :dead, last_error = :last_error WHERE id = :id;

-- name: job_due_find :find
-- args: now time
SELECT id FROM job WHERE dead = 0 AND run_at <= :now AND locked_until <= :now ORDER BY run_at, id LIMIT 1;

-- name: job_list_dead :many
-- args: limit int
SELECT id, queue, attempts, last_error FROM job WHERE dead = 1 ORDER BY run_at, id LIMIT :limit;

-- name: observation_insert :exec
-- args: actor_id id?, subject_id id?
INSERT INTO observation (id, at_ms, kind, actor_id, subject_id, value)
VALUES (:id, :at_ms, :kind, :actor_id, :subject_id, :value);

-- name: observation_purge :execn
-- args: before id, limit int
DELETE FROM observation WHERE id IN (SELECT o.id FROM observation o WHERE o.id < :before ORDER BY o.id LIMIT :limit);

-- name: audit_insert :exec
-- args: actor_id id?, subject_id id?, detail text?
INSERT INTO audit (id, at_ms, actor_id, action, subject_id, detail)
VALUES (:id, :at_ms, :actor_id, :action, :subject_id, :detail);

-- name: idempotency_find :find
SELECT request_hash, status, location, body FROM idempotency WHERE token_hash = :token_hash;

-- name: idempotency_insert :exec
-- args: location text?, body text?
INSERT INTO idempotency (token_hash, request_hash, at_ms, status, location, body)
VALUES (:token_hash, :request_hash, :at_ms, :status, :location, :body);

-- name: idempotency_purge :exec
-- args: before time
DELETE FROM idempotency WHERE at_ms < :before;
