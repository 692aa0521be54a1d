-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: insight_state_find :find
SELECT stamp, generation, post_after, comment_after, done_n, total_n, started_at, finished_at FROM insight_state WHERE id = 1;

-- name: insight_state_put :exec
-- args: finished_at time?
INSERT INTO insight_state (id, stamp, generation, post_after, comment_after, done_n, total_n, started_at, finished_at)
VALUES (1, :stamp, :generation, :post_after, :comment_after, :done_n, :total_n, :started_at, :finished_at)
ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, generation = excluded.generation, post_after = excluded.post_after,
  comment_after = excluded.comment_after, done_n = excluded.done_n, total_n = excluded.total_n, started_at = excluded.started_at,
  finished_at = excluded.finished_at;

-- name: insight_job_find :find
SELECT id FROM job WHERE dead = 0 AND queue = :queue LIMIT 1;

-- name: insight_count :one
-- scan-ok: counts all posts and comments, once when a pass begins
SELECT (SELECT count(*) FROM post) + (SELECT count(*) FROM comment) AS "n:int";

-- name: insight_reading_count :one
-- args: generation int
-- scan-ok: counts every reading, for the command line only
SELECT count(*) AS "n:int", CAST(COALESCE(sum((bits >> 3) & 1), 0) AS INT) AS "comments:int",
  CAST(COALESCE(sum(CASE WHEN ((bits >> 53) & 63) = :generation THEN 1 ELSE 0 END), 0) AS INT) AS "present:int" FROM reading;

-- What is read of a text, by place of the id. Four statements with the same columns.
-- name: insight_posts_after :many
-- args: after id, limit int
SELECT p.id, p.number, p.created_at, p.author_id, p.lang, p.body_html, p.origin_channel,
  CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM post p JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = p.author_id
WHERE p.id > :after ORDER BY p.id LIMIT :limit;

-- name: insight_comments_after :many
-- args: after id, limit int
SELECT c.id, -1 AS "number:int", c.created_at, c.author_id, c.lang, c.body_html, c.origin_channel,
  CASE WHEN c.deleted_at IS NULL AND p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM comment c JOIN post p ON p.id = c.post_id JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = c.author_id
WHERE c.id > :after ORDER BY c.id LIMIT :limit;

-- ids is a JSON array.
-- name: insight_posts_of :many
-- args: ids text
-- @lite
SELECT p.id, p.number, p.created_at, p.author_id, p.lang, p.body_html, p.origin_channel,
  CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM json_each(:ids) j JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = p.author_id;
-- @pg
SELECT p.id, p.number, p.created_at, p.author_id, p.lang, p.body_html, p.origin_channel,
  CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM post p JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = p.author_id
WHERE p.id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) v);

-- name: insight_comments_of :many
-- args: ids text
-- @lite
SELECT c.id, -1 AS "number:int", c.created_at, c.author_id, c.lang, c.body_html, c.origin_channel,
  CASE WHEN c.deleted_at IS NULL AND p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM json_each(:ids) j JOIN comment c ON c.id = j.value JOIN post p ON p.id = c.post_id JOIN topic t ON t.id = p.topic_id
LEFT JOIN member m ON m.id = c.author_id;
-- @pg
SELECT c.id, -1 AS "number:int", c.created_at, c.author_id, c.lang, c.body_html, c.origin_channel,
  CASE WHEN c.deleted_at IS NULL AND p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS "gone:int", t.space_id, t.title,
  m.joined_at AS "joined_at:time?", m.role AS "role:int?", m.topics_n + m.answers_n + m.comments_n AS "written_n:int?"
FROM comment c JOIN post p ON p.id = c.post_id JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = c.author_id
WHERE c.id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) v);

-- name: insight_topic_posts :many
-- args: after int, limit int
SELECT p.id, p.number FROM post p WHERE p.topic_id = :topic_id AND p.number > :after ORDER BY p.number LIMIT :limit;

-- name: insight_post_comments :many
SELECT c.id FROM comment c WHERE c.post_id = :post_id LIMIT 10000;

-- name: insight_opening_find :find
SELECT opening_id FROM topic WHERE id = :id;

-- Spam.

-- name: suspect_put :exec
INSERT INTO suspect (subject_id, comment, author_id, at_ms, p, state) VALUES (:subject_id, :comment, :author_id, :at_ms, :p, 0)
ON CONFLICT (subject_id) DO UPDATE SET p = excluded.p;

-- name: suspect_drop_open :exec
DELETE FROM suspect WHERE subject_id = :subject_id AND state = 0;

-- Corrections.

-- name: corrections_of :many
-- args: ids text
-- @lite
SELECT c.subject_id, c.task, c.label FROM json_each(:ids) j JOIN correction c ON c.subject_id = j.value;
-- @pg
SELECT c.subject_id, c.task, c.label FROM correction c
WHERE c.subject_id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) v);

-- name: insight_layer_list :many
SELECT task, off, verdict, corrections_n, anchors_n, held_n, base_right_n, layer_right_n, anchors_held_n, anchors_changed_n,
  made_at, classes, weights FROM insight_layer ORDER BY task;
