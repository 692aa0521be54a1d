-- SPDX-License-Identifier: AGPL-3.0-or-later
-- matches is a JSON array of words as the index knows them; for each, the newest posts with it below a place, as "7,5,2".
-- Below the greatest number is all of them, which the spaces have counted.
-- name: asking_docs :many
-- args: matches text, below id, limit int
-- @lite
SELECT COALESCE((SELECT group_concat(f.doc) FROM (SELECT rowid AS doc FROM post_fts WHERE post_fts MATCH j.value AND rowid < :below ORDER BY rowid DESC LIMIT :limit) f), '') AS "docs:text",
  CASE WHEN :below = 9223372036854775807 THEN (SELECT CAST(COALESCE(sum(posts_n), 0) AS INT) FROM space) ELSE (SELECT count(*) FROM post WHERE doc < :below) END AS "all_n:int"
FROM json_each(:matches) j ORDER BY j.key;
-- @pg
SELECT COALESCE((SELECT string_agg(CAST(f.doc AS text), ',') FROM (SELECT g.rowid AS doc FROM post_fts g WHERE g.tsv @@ CAST(j.value AS tsquery) AND g.rowid < :below ORDER BY g.rowid + 0 DESC LIMIT :limit) f), '') AS "docs:text",
  CASE WHEN :below = 9223372036854775807 THEN (SELECT CAST(COALESCE(sum(posts_n), 0) AS BIGINT) FROM space) ELSE (SELECT count(*) FROM post WHERE id < :below) END AS "all_n:int"
FROM json_array_elements_text(CAST(:matches AS json)) WITH ORDINALITY j(value, key) ORDER BY j.key;

-- Which topics these posts are in, as far as the visitor may see them.
-- name: asking_posts :many
-- args: docs text, visibility int
-- @lite
SELECT p.doc AS "doc:id", p.topic_id, p.number, p.text_n
FROM json_each(:docs) j JOIN post p ON p.doc = j.value JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility;
-- @pg
SELECT p.id AS "doc:id", p.topic_id, p.number, p.text_n
FROM json_array_elements_text(CAST(:docs AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT)
JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility;

-- The beginning of each opening post is enough to compare.
-- name: asking_texts :many
-- args: ids text
-- @lite
SELECT t.id, t.title, substr(p.body_html, 1, 3000) AS "body:text"
FROM json_each(:ids) j JOIN topic t ON t.id = j.value JOIN post p ON p.id = t.opening_id;
-- @pg
SELECT t.id, t.title, substr(p.body_html, 1, 3000) AS "body:text"
FROM json_array_elements_text(CAST(:ids AS json)) j(value) JOIN topic t ON t.id = CAST(j.value AS BIGINT) JOIN post p ON p.id = t.opening_id;

-- name: asking_shown :many
-- args: ids text
-- @lite
SELECT t.id, t.title, t.slug, t.score, t.answers_n, t.solution_id, t.tags, s.slug AS "space_slug:text", s.title AS "space_title:text",
  substr(p.body_html, 1, 2400) AS "body:text?", m.handle AS "author:text?", p.author_name AS "author_name:text?",
  m.rank_name AS "author_rank:text?", m.rank_level AS "author_level:int?", m.area AS "author_area:text?", m.areas AS "author_areas:text?",
  m.given_n AS "author_given_n:int?", m.solved_n AS "author_solved_n:int?", m.kept_n AS "author_kept_n:int?"
FROM json_each(:ids) j JOIN topic t ON t.id = j.value JOIN space s ON s.id = t.space_id
LEFT JOIN post p ON p.id = t.solution_id AND p.deleted_at IS NULL LEFT JOIN member m ON m.id = p.author_id;
-- @pg
SELECT t.id, t.title, t.slug, t.score, t.answers_n, t.solution_id, t.tags, s.slug AS "space_slug:text", s.title AS "space_title:text",
  substr(p.body_html, 1, 2400) AS "body:text?", m.handle AS "author:text?", p.author_name AS "author_name:text?",
  m.rank_name AS "author_rank:text?", m.rank_level AS "author_level:int?", m.area AS "author_area:text?", m.areas AS "author_areas:text?",
  m.given_n AS "author_given_n:int?", m.solved_n AS "author_solved_n:int?", m.kept_n AS "author_kept_n:int?"
FROM json_array_elements_text(CAST(:ids AS json)) j(value) JOIN topic t ON t.id = CAST(j.value AS BIGINT) JOIN space s ON s.id = t.space_id
LEFT JOIN post p ON p.id = t.solution_id AND p.deleted_at IS NULL LEFT JOIN member m ON m.id = p.author_id;

-- Of the askings that were shown something in the days: how many opened, solved, posted, and what is left.
-- name: asking_figures :one
-- args: from time, until time
WITH asking AS (
  SELECT value, max(CASE WHEN kind = 10 THEN 1 ELSE 0 END) AS shown, max(CASE WHEN kind = 11 THEN 1 ELSE 0 END) AS opened,
    max(CASE WHEN kind = 12 THEN 1 ELSE 0 END) AS solved, max(CASE WHEN kind = 13 THEN 1 ELSE 0 END) AS asked
  FROM observation WHERE kind >= 10 AND kind <= 13 AND at_ms >= :from AND at_ms < :until GROUP BY value)
SELECT CAST(COALESCE(sum(shown), 0) AS INT) AS "shown:int", CAST(COALESCE(sum(shown * opened), 0) AS INT) AS "opened:int",
  CAST(COALESCE(sum(shown * solved), 0) AS INT) AS "solved:int",
  CAST(COALESCE(sum(shown * asked * (1 - solved)), 0) AS INT) AS "asked:int",
  CAST(COALESCE(sum(shown * (1 - asked) * (1 - solved)), 0) AS INT) AS "left:int",
  CAST(COALESCE(sum((1 - shown) * asked), 0) AS INT) AS "unshown:int"
FROM asking;

-- The suggestions, the most useful first.
-- name: asking_topics :many
-- args: from time, until time, limit int
SELECT t.id, t.title, t.slug, t.solution_id, x.shown AS "shown:int", x.opened AS "opened:int", x.solved AS "solved:int"
FROM (SELECT subject_id, count(DISTINCT CASE WHEN kind = 10 THEN value END) AS shown,
    count(DISTINCT CASE WHEN kind = 11 THEN value END) AS opened, count(DISTINCT CASE WHEN kind = 12 THEN value END) AS solved
  FROM observation WHERE kind >= 10 AND kind <= 13 AND at_ms >= :from AND at_ms < :until AND kind <> 13 GROUP BY subject_id) x
JOIN topic t ON t.id = x.subject_id WHERE t.deleted_at IS NULL
ORDER BY x.solved DESC, x.opened DESC, x.shown DESC, t.id DESC LIMIT :limit;

-- What was posted although something was shown, newest first.
-- name: asking_posted :many
-- args: from time, until time, limit int
SELECT t.id, t.title, t.slug, t.answers_n, t.solution_id, max(o.at_ms) AS "at_ms:time"
FROM observation o JOIN topic t ON t.id = o.subject_id
WHERE o.kind >= 10 AND o.kind <= 13 AND o.kind = 13 AND o.at_ms >= :from AND o.at_ms < :until AND t.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM observation b WHERE b.kind >= 10 AND b.kind <= 13 AND b.kind = 10 AND b.value = o.value AND b.at_ms >= :from AND b.at_ms < :until)
GROUP BY t.id, t.title, t.slug, t.answers_n, t.solution_id ORDER BY max(o.at_ms) DESC, t.id DESC LIMIT :limit;

-- A topic for which somebody is looked for, with its question.
-- name: who_topic :find
-- args: id id
-- @lite
SELECT t.id, t.title, t.slug, t.tags, t.author_id, t.created_at, t.solution_id, t.closed_at, t.answers_n,
  s.slug AS "space:text", s.title AS "space_title:text", s.kind AS "space_kind:int", s.visibility AS "visibility:int",
  p.doc AS "doc:id", substr(p.body_html, 1, 12000) AS "body:text"
FROM topic t JOIN space s ON s.id = t.space_id JOIN post p ON p.id = t.opening_id WHERE t.id = :id AND t.deleted_at IS NULL;
-- @pg
SELECT t.id, t.title, t.slug, t.tags, t.author_id, t.created_at, t.solution_id, t.closed_at, t.answers_n,
  s.slug AS "space:text", s.title AS "space_title:text", s.kind AS "space_kind:int", s.visibility AS "visibility:int",
  p.id AS "doc:id", substr(p.body_html, 1, 12000) AS "body:text"
FROM topic t JOIN space s ON s.id = t.space_id JOIN post p ON p.id = t.opening_id WHERE t.id = :id AND t.deleted_at IS NULL;

-- All posts of the topics that these posts are in, and the newest posts besides, as known at a time; which of them were marked
-- as the solution before `judged`.
-- name: who_posts :many
-- args: docs text, before time, judged time, below id, newest int, visibility int, limit int
-- @lite
WITH near AS MATERIALIZED (SELECT DISTINCT p.topic_id AS id FROM json_each(:docs) j JOIN post p ON p.doc = j.value)
SELECT x.doc AS "doc:id", x.topic_id AS "topic_id:id", x.number AS "number:int", x.author_id AS "author_id:id?", x.created_at AS "created_at:time", x.text_n AS "text_n:int",
  x.fresh AS "fresh:bool", x.solved AS "solved:bool" FROM (
  SELECT p.doc AS doc, p.topic_id, p.number, p.author_id, p.created_at, p.text_n, 1 AS fresh,
    CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END AS solved
  FROM (SELECT doc AS doc FROM post WHERE doc < :below ORDER BY doc DESC LIMIT :newest) w JOIN post p ON p.doc = w.doc JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
  WHERE p.created_at < :before AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility
  UNION ALL
  SELECT p.doc AS doc, p.topic_id, p.number, p.author_id, p.created_at, p.text_n, 0 AS fresh,
    CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END AS solved
  FROM near n JOIN topic t ON t.id = n.id JOIN post p ON p.topic_id = t.id JOIN space s ON s.id = t.space_id
  WHERE p.created_at < :before AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility) x ORDER BY x.fresh DESC, x.doc DESC LIMIT :limit;
-- @pg
WITH near AS MATERIALIZED (SELECT DISTINCT p.topic_id AS id FROM json_array_elements_text(CAST(:docs AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT))
SELECT x.doc AS "doc:id", x.topic_id AS "topic_id:id", x.number AS "number:int", x.author_id AS "author_id:id?", x.created_at AS "created_at:time", x.text_n AS "text_n:int",
  x.fresh AS "fresh:bool", x.solved AS "solved:bool" FROM (
  SELECT p.id AS doc, p.topic_id, p.number, p.author_id, p.created_at, p.text_n, 1 AS fresh,
    CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END AS solved
  FROM (SELECT id AS doc FROM post WHERE id < :below ORDER BY id DESC LIMIT :newest) w JOIN post p ON p.id = w.doc JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
  WHERE p.created_at < :before AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility
  UNION ALL
  SELECT p.id AS doc, p.topic_id, p.number, p.author_id, p.created_at, p.text_n, 0 AS fresh,
    CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END AS solved
  FROM near n JOIN topic t ON t.id = n.id JOIN post p ON p.topic_id = t.id JOIN space s ON s.id = t.space_id
  WHERE p.created_at < :before AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND s.visibility <= :visibility) x ORDER BY x.fresh DESC, x.doc DESC LIMIT :limit;

-- People with their newest answers, each a line "answered,asked,asker,solution,tags".
-- name: who_people :many
-- args: members text, before time, judged time, visibility int, each int
-- @lite
SELECT m.id, m.handle, m.role, m.affiliation, m.circle, m.board_off, m.deleted_at, m.rank_name, m.rank_level, m.area, m.areas, m.given_n, m.solved_n, m.kept_n,
  (SELECT group_concat(a.line, char(10)) FROM (
    SELECT p.created_at || ',' || t.created_at || ',' || COALESCE(t.author_id, 0) || ',' ||
      CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END || ',' || t.tags AS line
    FROM post p JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
    WHERE p.author_id = m.id AND p.number > 0 AND p.deleted_at IS NULL AND p.created_at < :before AND t.deleted_at IS NULL AND s.visibility <= :visibility
    ORDER BY p.created_at DESC LIMIT :each) a) AS "answers:text?"
FROM json_each(:members) j JOIN member m ON m.id = j.value;
-- @pg
SELECT m.id, m.handle, m.role, m.affiliation, m.circle, m.board_off, m.deleted_at, m.rank_name, m.rank_level, m.area, m.areas, m.given_n, m.solved_n, m.kept_n,
  (SELECT string_agg(a.line, chr(10)) FROM (
    SELECT p.created_at || ',' || t.created_at || ',' || COALESCE(t.author_id, 0) || ',' ||
      CASE WHEN t.solution_id = p.id AND EXISTS (SELECT 1 FROM fact f WHERE f.subject_id = p.id AND f.kind > 4 AND f.kind = 10 AND f.at_ms < :judged) THEN 1 ELSE 0 END || ',' || t.tags AS line
    FROM post p JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
    WHERE p.author_id = m.id AND p.number > 0 AND p.deleted_at IS NULL AND p.created_at < :before AND t.deleted_at IS NULL AND s.visibility <= :visibility
    ORDER BY p.created_at DESC LIMIT :each) a) AS "answers:text?"
FROM json_array_elements_text(CAST(:members AS json)) j(value) JOIN member m ON m.id = CAST(j.value AS BIGINT);
