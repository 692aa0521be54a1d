-- name: board_cursor :one
-- args: below id
SELECT COALESCE(max(id), 0) AS "id:id" FROM fact WHERE id < :below;

-- Whoever joined past the sealed cells.
-- name: board_member_after :many
-- args: after id, limit int
SELECT id, role, affiliation FROM member WHERE id > :after ORDER BY id LIMIT :limit;

-- Every fact about the topics that something happened to past the sealed cells: what was taken back, deleted or accepted
-- there changes what older facts count.
-- name: board_tail_each :each
-- args: after id
-- scan-ok: as long as nothing is sealed, all of it is past the cells; the reader stops at a limit
WITH fresh AS (SELECT subject_type, subject_id FROM fact WHERE id > :after),
touched AS (
  SELECT subject_id AS topic_id FROM fresh WHERE subject_type = 2
  UNION SELECT p.topic_id FROM fresh n JOIN post p ON p.id = n.subject_id WHERE n.subject_type = 3
  UNION SELECT c.topic_id FROM fresh n JOIN comment c ON c.id = n.subject_id WHERE n.subject_type = 4)
SELECT f.id AS "id:id", f.at_ms AS "at_ms:time", f.kind AS "kind:int", f.actor_id AS "actor_id:id?", f.value AS "value:int",
  t.id AS "topic_id:id", t.author_id AS "asker_id:id?", t.tags AS "tags:text", s.slug AS "space:text",
  t.opening_id AS "object_id:id", t.author_id AS "owner_id:id?", 2 AS "type:int", 0 AS "number:int"
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id JOIN fact f ON f.subject_id = t.id
UNION ALL
SELECT f.id, f.at_ms, f.kind, f.actor_id, f.value, t.id, t.author_id, t.tags, s.slug, p.id, p.author_id, 3, p.number
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id JOIN post p ON p.topic_id = t.id
  JOIN fact f ON f.subject_id = p.id
UNION ALL
SELECT f.id, f.at_ms, f.kind, f.actor_id, f.value, t.id, t.author_id, t.tags, s.slug, c.id, c.author_id, 4, 0
FROM touched x JOIN topic t ON t.id = x.topic_id JOIN space s ON s.id = t.space_id JOIN post p ON p.topic_id = t.id
  JOIN comment c ON c.post_id = p.id JOIN fact f ON f.subject_id = c.id;

-- name: board_newest :many
-- args: after id, limit int
SELECT id FROM fact WHERE id > :after ORDER BY id LIMIT :limit;
