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

-- name: insight_reading_kinds :many
-- scan-ok: walks every reading, for the command line only
SELECT (bits >> 3) & 1 AS "comment:int", (bits >> 4) & 127 AS "lang:int", bits & 3 AS "tone:int", (bits >> 2) & 1 AS "sure:int", count(*) AS "n:int"
FROM reading GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4;

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

-- name: insight_layer_put :exec
INSERT INTO insight_layer (task, off, verdict, corrections_n, anchors_n, held_n, base_right_n, layer_right_n, anchors_held_n,
  anchors_changed_n, made_at, classes, weights)
VALUES (:task, :off, :verdict, :corrections_n, :anchors_n, :held_n, :base_right_n, :layer_right_n, :anchors_held_n,
  :anchors_changed_n, :made_at, :classes, :weights)
ON CONFLICT (task) DO UPDATE SET verdict = excluded.verdict, corrections_n = excluded.corrections_n,
  anchors_n = excluded.anchors_n, held_n = excluded.held_n, base_right_n = excluded.base_right_n,
  layer_right_n = excluded.layer_right_n, anchors_held_n = excluded.anchors_held_n,
  anchors_changed_n = excluded.anchors_changed_n, made_at = excluded.made_at, classes = excluded.classes, weights = excluded.weights;

-- name: insight_layer_switch :execn
UPDATE insight_layer SET off = :off WHERE task = :task;

-- name: insight_layer_drop :execn
DELETE FROM insight_layer WHERE task = :task;

-- name: correction_put :exec
INSERT INTO correction (id, subject_id, comment, task, label, was, member_id, at_ms)
VALUES (:id, :subject_id, :comment, :task, :label, :was, :member_id, :at_ms)
ON CONFLICT (subject_id, task) DO UPDATE SET label = excluded.label, member_id = excluded.member_id, at_ms = excluded.at_ms;

-- name: correction_get :one
SELECT id, subject_id, comment, task, label, was FROM correction WHERE id = :id;

-- name: correction_delete :execn
DELETE FROM correction WHERE subject_id = :subject_id AND task = :task;

-- name: correction_task_list :many
-- args: task int, limit int
SELECT id, subject_id, comment, label, was FROM correction WHERE task = :task ORDER BY id DESC LIMIT :limit;

-- name: correction_counts :many
-- scan-ok: a few rows for each text that a person corrected
SELECT task, count(*) AS "n:int" FROM correction GROUP BY task ORDER BY task;

-- name: correction_list :many
-- args: before id, limit int
SELECT c.id, c.subject_id, c.comment, c.task, c.label, c.was, c.at_ms, m.handle AS "who:text?", t.title AS "title:text?"
FROM correction c LEFT JOIN member m ON m.id = c.member_id LEFT JOIN post p ON p.id = c.subject_id
LEFT JOIN comment k ON k.id = c.subject_id LEFT JOIN topic t ON t.id = COALESCE(p.topic_id, k.topic_id)
WHERE c.id < :before ORDER BY c.id DESC LIMIT :limit;

-- Texts nobody corrected, the newest: what keeps a layer from unlearning.
-- name: insight_anchor_posts :many
-- args: limit int
SELECT p.id FROM post p WHERE p.deleted_at IS NULL ORDER BY p.id DESC LIMIT :limit;

-- One text and where it stands.
-- name: insight_place :find
-- args: id id
SELECT p.id AS "id:id", 0 AS "comment:int", p.created_at AS "created_at:time", p.author_id AS "author_id:id?", p.body_html AS "body:html",
  p.lang AS "lang:text?", p.number AS "number:int", t.id AS "topic_id:id", t.title AS "title:text", t.slug AS "slug:text",
  t.space_id AS "space_id:id", p.id AS "post_id:id", r.bits AS "bits:int?", m.handle AS "author:text?"
FROM post p JOIN topic t ON t.id = p.topic_id
LEFT JOIN reading r ON r.space_id = t.space_id AND r.at_ms = p.created_at AND r.subject_id = p.id
LEFT JOIN member m ON m.id = p.author_id WHERE p.id = :id
UNION ALL
SELECT c.id, 1, c.created_at, c.author_id, c.body_html, c.lang, -1, t.id, t.title, t.slug, t.space_id, c.post_id, r.bits, m.handle
FROM comment c JOIN topic t ON t.id = c.topic_id
LEFT JOIN reading r ON r.space_id = t.space_id AND r.at_ms = c.created_at AND r.subject_id = c.id
LEFT JOIN member m ON m.id = c.author_id WHERE c.id = :id;

-- name: suspect_find :find
SELECT subject_id, comment, author_id, p, state FROM suspect WHERE subject_id = :subject_id;

-- name: suspect_decide :exec
-- args: decided_by id?, decided_at time?
UPDATE suspect SET state = :state, decided_by = :decided_by, decided_at = :decided_at WHERE subject_id = :subject_id;

-- name: suspect_list :many
-- args: state int, least int, at time, id id, limit int
SELECT s.subject_id, s.comment, s.at_ms, s.p, s.state, s.decided_at, m.handle AS "author:text?", m.joined_at AS "joined_at:time?",
  d.handle AS "decided:text?", COALESCE(p.body_html, c.body_html) AS "body:text?", t.title AS "title:text?", t.id AS "topic_id:id?", t.slug AS "slug:text?",
  p.number AS "number:int?"
FROM suspect s LEFT JOIN member m ON m.id = s.author_id LEFT JOIN member d ON d.id = s.decided_by
LEFT JOIN post p ON p.id = s.subject_id LEFT JOIN comment c ON c.id = s.subject_id
LEFT JOIN topic t ON t.id = COALESCE(p.topic_id, c.topic_id)
WHERE s.state = :state AND s.p >= :least AND (s.at_ms, s.subject_id) < (:at, :id)
ORDER BY s.at_ms DESC, s.subject_id DESC LIMIT :limit;

-- name: suspect_counts :many
-- args: least int
-- scan-ok: few rows, what new members wrote that may be spam
SELECT state, count(*) AS "n:int" FROM suspect WHERE p >= :least GROUP BY state ORDER BY state;

-- A space's page.

-- name: insight_space :find
SELECT s.id, s.slug, s.title, s.posts_n, i.done_n AS "done_n:int?", i.total_n AS "total_n:int?", i.finished_at AS "finished_at:time?"
FROM space s LEFT JOIN insight_state i ON i.id = 1 WHERE s.slug = :slug;

-- name: insight_days :many
-- args: space_id id, from time, until time
SELECT r.at_ms - r.at_ms % 86400000 AS "day:time", r.bits & 3 AS "tone:int", count(*) AS "n:int" FROM reading r
WHERE r.space_id = :space_id AND r.at_ms >= :from AND r.at_ms < :until
GROUP BY r.at_ms - r.at_ms % 86400000, r.bits & 3 ORDER BY 1, 2 LIMIT 30000;

-- The upper bit of an intent's three says: more likely than not.
-- name: insight_kinds :many
-- args: space_id id, from time, until time
SELECT (r.bits >> 4) & 127 AS "lang:int", count(*) AS "n:int", CAST(sum((r.bits >> 3) & 1) AS INT) AS "comments:int",
  CAST(sum((r.bits >> 34) & 1) AS INT) AS "question:int", CAST(sum((r.bits >> 37) & 1) AS INT) AS "complaint:int",
  CAST(sum((r.bits >> 40) & 1) AS INT) AS "praise:int", CAST(sum((r.bits >> 43) & 1) AS INT) AS "idea:int",
  CAST(sum((r.bits >> 46) & 1) AS INT) AS "purchase:int", CAST(sum((r.bits >> 49) & 1) AS INT) AS "churn:int",
  CAST(sum((r.bits >> 52) & 1) AS INT) AS "thanks:int", CAST(sum((r.bits >> 28) & 1) AS INT) AS "offensive:int",
  CAST(sum((r.bits >> 31) & 1) AS INT) AS "urgent:int"
FROM reading r WHERE r.space_id = :space_id AND r.at_ms >= :from AND r.at_ms < :until
GROUP BY (r.bits >> 4) & 127 ORDER BY 2 DESC, 1 LIMIT 128;

-- Of the newest texts that surely are negative (bits 4) or positive (6): in which topics most of them are.
-- name: insight_threads :many
-- args: space_id id, from time, until time, most int, limit int
SELECT t.id, t.title, t.slug, x.tone AS "tone:int", count(*) AS "n:int"
FROM (SELECT r.subject_id, r.bits & 3 AS tone FROM reading r
  WHERE r.space_id = :space_id AND r.at_ms >= :from AND r.at_ms < :until AND (r.bits & 5) = 4 ORDER BY r.at_ms DESC, r.subject_id DESC LIMIT :most) x
LEFT JOIN post p ON p.id = x.subject_id LEFT JOIN comment c ON c.id = x.subject_id
JOIN topic t ON t.id = COALESCE(p.topic_id, c.topic_id)
GROUP BY t.id, t.title, t.slug, x.tone ORDER BY 5 DESC, 1 DESC LIMIT :limit;

-- The texts behind a number: those whose bits are as wanted.
-- name: insight_list :many
-- args: space_id id, from time, at time, id id, mask int, want int, topic id, bodies int, limit int
SELECT r.subject_id, r.at_ms, r.bits, r.words, t.id AS "topic_id:id", t.title AS "title:text", t.slug AS "slug:text", p.number AS "number:int?",
  COALESCE(p.id, c.post_id) AS "post_id:id", m.handle AS "author:text?",
  CASE WHEN :bodies = 1 THEN COALESCE(p.body_html, c.body_html) ELSE NULL END AS "body:text?"
FROM reading r LEFT JOIN post p ON p.id = r.subject_id LEFT JOIN comment c ON c.id = r.subject_id
JOIN topic t ON t.id = COALESCE(p.topic_id, c.topic_id) LEFT JOIN member m ON m.id = COALESCE(p.author_id, c.author_id)
WHERE r.space_id = :space_id AND r.at_ms >= :from AND (r.at_ms, r.subject_id) < (:at, :id) AND (r.bits & :mask) = :want
  AND (:topic = 0 OR t.id = :topic)
ORDER BY r.at_ms DESC, r.subject_id DESC LIMIT :limit;

-- name: insight_list_count :one
-- args: space_id id, from time, until time, mask int, want int
SELECT count(*) AS "n:int" FROM reading r
WHERE r.space_id = :space_id AND r.at_ms >= :from AND r.at_ms < :until AND (r.bits & :mask) = :want;
