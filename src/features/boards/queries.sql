-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: board_cursor :one
-- args: below id
SELECT COALESCE(max(id), 0) AS "id:id" FROM fact WHERE id < :below;

-- When somebody last wrote anything that is still there.
-- name: board_last_written :find
SELECT bumped_at FROM topic WHERE deleted_at IS NULL ORDER BY bumped_at DESC, id DESC LIMIT 1;

-- Whoever joined past the sealed cells.
-- name: board_member_after :many
-- args: after id, limit int
SELECT id, role, affiliation FROM member WHERE id > :after ORDER BY id LIMIT :limit;

-- Every fact about the topics that something happened to past the sealed cells: what was taken back, deleted or accepted
-- there changes what older facts count. That a thing was written (kinds 2 to 4) is read from its own row, and the fact's number
-- where it is past the cells; else any that is not: a thing is older than the fact of it. CROSS JOIN is for SQLite, which keeps that
-- order; left to choose, it walks the index of all that was done to anything and asks of each whether its topic was touched.
-- name: board_tail_each :each
-- args: after id
WITH fresh AS MATERIALIZED (SELECT id, kind, subject_type, subject_id FROM fact WHERE id > :after),
written AS MATERIALIZED (SELECT id AS fact_id, subject_id AS of_id FROM fresh WHERE kind IN (2, 3, 4)),
touched AS (
  SELECT subject_id AS topic_id FROM fresh WHERE subject_type = 2
  UNION SELECT p.topic_id FROM fresh n JOIN post p ON p.id = n.subject_id WHERE n.subject_type = 3
  UNION SELECT c.topic_id FROM fresh n JOIN comment c ON c.id = n.subject_id WHERE n.subject_type = 4)
SELECT f.id AS "id:id", f.at_ms AS "at_ms:time", f.kind AS "kind:int", f.actor_id AS "actor_id:id?", f.value AS "value:int",
  t.id AS "topic_id:id", t.author_id AS "asker_id:id?", t.tags AS "tags:text", s.slug AS "space:text",
  t.opening_id AS "object_id:id", t.author_id AS "owner_id:id?", 2 AS "type:int", 0 AS "number:int",
  CAST(NULL AS BIGINT) AS "out_id:id?", CAST(NULL AS BIGINT) AS "back_id:id?"
FROM touched x CROSS JOIN topic t CROSS JOIN space s CROSS JOIN fact f
WHERE t.id = x.topic_id AND s.id = t.space_id AND f.subject_id = t.id AND f.kind > 4
UNION ALL
SELECT COALESCE(n.fact_id, CASE WHEN t.id < :after THEN t.id ELSE :after END), t.created_at, 2, t.author_id, 1, t.id, t.author_id, t.tags, s.slug,
  t.opening_id, t.author_id, 2, 0, NULL, NULL
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id LEFT JOIN written n ON n.of_id = t.id
UNION ALL
SELECT f.id, f.at_ms, f.kind, f.actor_id, f.value, t.id, t.author_id, t.tags, s.slug, p.id, p.author_id, 3, p.number,
  CASE WHEN f.kind IN (6, 7) THEN (SELECT v.out_id FROM vote_out v WHERE v.fact_id = f.id) END,
  CASE WHEN f.kind IN (6, 7) THEN (SELECT v.back_id FROM vote_out v WHERE v.fact_id = f.id) END
FROM touched x CROSS JOIN topic t CROSS JOIN space s CROSS JOIN post p CROSS JOIN fact f
WHERE t.id = x.topic_id AND s.id = t.space_id AND p.topic_id = t.id AND f.subject_id = p.id AND f.kind > 4
UNION ALL
SELECT COALESCE(n.fact_id, CASE WHEN p.id < :after THEN p.id ELSE :after END), p.created_at, 3, p.author_id, 1, t.id, t.author_id, t.tags, s.slug,
  p.id, p.author_id, 3, p.number, NULL, NULL
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id JOIN post p ON p.topic_id = t.id
  LEFT JOIN written n ON n.of_id = p.id WHERE p.number > 0
UNION ALL
SELECT f.id, f.at_ms, f.kind, f.actor_id, f.value, t.id, t.author_id, t.tags, s.slug, c.id, c.author_id, 4, 0, NULL, NULL
FROM touched x CROSS JOIN topic t CROSS JOIN space s CROSS JOIN post p CROSS JOIN comment c CROSS JOIN fact f
WHERE t.id = x.topic_id AND s.id = t.space_id AND p.topic_id = t.id AND c.post_id = p.id AND f.subject_id = c.id AND f.kind > 4
UNION ALL
SELECT COALESCE(n.fact_id, CASE WHEN c.id < :after THEN c.id ELSE :after END), c.created_at, 4, c.author_id, 1, t.id, t.author_id, t.tags, s.slug,
  c.id, c.author_id, 4, 0, NULL, NULL
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id JOIN post p ON p.topic_id = t.id
  JOIN comment c ON c.post_id = p.id LEFT JOIN written n ON n.of_id = c.id;

-- name: board_newest :many
-- args: after id, limit int
SELECT id FROM fact WHERE id > :after ORDER BY id LIMIT :limit;

-- The names of a board's members (2; ids is a JSON array), and where a board may look: every space in its order (0), and the tags with
-- most topics (1).
-- name: board_names :many
-- args: ids text, tags int
-- @lite
SELECT 0 AS "kind:int", 0 AS "id:id", s.slug AS "name:text", s.title AS "title:text", 0 AS "role:int", 0 AS "affiliation:int"
FROM (SELECT slug, title FROM space ORDER BY position, id LIMIT 1000) s
UNION ALL SELECT 1, 0, g.name, g.name, 0, 0 FROM (SELECT name FROM tag ORDER BY topics_n DESC, id DESC LIMIT :tags) g
UNION ALL SELECT 2, m.id, m.handle, '', m.role, m.affiliation FROM json_each(:ids) j JOIN member m ON m.id = j.value WHERE m.deleted_at IS NULL;
-- @pg
SELECT 0 AS "kind:int", CAST(0 AS BIGINT) AS "id:id", s.slug AS "name:text", s.title AS "title:text", CAST(0 AS BIGINT) AS "role:int", CAST(0 AS BIGINT) AS "affiliation:int"
FROM (SELECT slug, title FROM space ORDER BY position, id LIMIT 1000) s
UNION ALL SELECT 1, 0, g.name, g.name, 0, 0 FROM (SELECT name FROM tag ORDER BY topics_n DESC, id DESC LIMIT :tags) g
UNION ALL SELECT 2, m.id, m.handle, '', m.role, m.affiliation FROM member m
WHERE m.id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) v) AND m.deleted_at IS NULL;

-- What a member did, newest first. What was taken back or deleted is not there; kept: solutions of other people's topics.
-- name: board_facts_done :many
-- args: member_id id, k1 int, k2 int, k3 int, from time, until time, before_at time, before_id id, space text, tag text, kept bool, limit int
SELECT f.id, f.at_ms, f.kind, COALESCE(p.id, c.post_id, t.opening_id) AS "post_id:id", t.title, w.handle AS "who:text?", 0 AS "out:bool"
FROM fact f LEFT JOIN post p ON p.id = f.subject_id LEFT JOIN comment c ON c.id = f.subject_id
  JOIN topic t ON t.id = COALESCE(p.topic_id, c.topic_id, f.subject_id) LEFT JOIN member w ON w.id = t.author_id
WHERE f.actor_id = :member_id AND f.at_ms >= :from AND f.at_ms < :until AND (f.at_ms, f.id) < (:before_at, :before_id)
  AND (f.kind = :k1 OR f.kind = :k2 OR f.kind = :k3) AND t.deleted_at IS NULL AND p.deleted_at IS NULL
  AND (:space = '' OR EXISTS (SELECT 1 FROM space s WHERE s.id = t.space_id AND s.slug = :space))
  AND (:tag = '' OR EXISTS (SELECT 1 FROM tag g JOIN topic_tag x ON x.tag_id = g.id WHERE g.name = :tag AND x.topic_id = t.id))
  AND (:kept = 0 OR (t.solution_id = p.id AND t.author_id IS DISTINCT FROM :member_id))
ORDER BY f.at_ms DESC, f.id DESC LIMIT :limit;

-- What others said of a member's posts. A vote or acceptance counts unless the next of the same deed takes it back.
-- name: board_facts_received :many
-- args: member_id id, k1 int, k2 int, k3 int, from time, until time, before_at time, before_id id, space text, tag text, others bool, limit int
WITH own AS (
  SELECT id AS post_id, topic_id FROM post WHERE author_id = :member_id AND number > 0 AND deleted_at IS NULL
  UNION ALL SELECT opening_id, id FROM topic WHERE author_id = :member_id AND deleted_at IS NULL)
SELECT f.id, f.at_ms, f.kind, o.post_id AS "post_id:id", t.title, w.handle AS "who:text?",
  EXISTS (SELECT 1 FROM vote_out v WHERE v.fact_id = f.id AND v.back_id IS NULL) AS "out:bool"
FROM own o JOIN topic t ON t.id = o.topic_id JOIN fact f ON f.subject_id = o.post_id AND f.kind > 4 LEFT JOIN member w ON w.id = f.actor_id
WHERE f.at_ms >= :from AND f.at_ms < :until AND (f.at_ms, f.id) < (:before_at, :before_id)
  AND (f.kind = :k1 OR f.kind = :k2 OR f.kind = :k3) AND t.deleted_at IS NULL
  AND (:others = 0 OR t.author_id IS DISTINCT FROM :member_id)
  AND (:space = '' OR EXISTS (SELECT 1 FROM space s WHERE s.id = t.space_id AND s.slug = :space))
  AND (:tag = '' OR EXISTS (SELECT 1 FROM tag g JOIN topic_tag x ON x.tag_id = g.id WHERE g.name = :tag AND x.topic_id = t.id))
  AND COALESCE((SELECT u.kind FROM fact u WHERE u.subject_id = f.subject_id AND u.kind > 4 AND (u.at_ms, u.id) > (f.at_ms, f.id)
    AND (f.kind = 10 OR u.actor_id IS NOT DISTINCT FROM f.actor_id)
    AND ((f.kind = 6 AND u.kind IN (6, 8)) OR (f.kind = 7 AND u.kind IN (7, 9)) OR (f.kind = 10 AND u.kind IN (10, 11))
      OR (f.kind = 24 AND u.kind IN (24, 25))) ORDER BY u.at_ms, u.id LIMIT 1), 0) NOT IN (8, 9, 11, 25)
ORDER BY f.at_ms DESC, f.id DESC LIMIT :limit;
