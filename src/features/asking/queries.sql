-- SPDX-License-Identifier: AGPL-3.0-or-later
-- matches is a JSON array of words as the index knows them; for each, the newest posts with it, as "7,5,2".
-- name: asking_docs :many
-- args: matches text, limit int
-- @lite
SELECT COALESCE((SELECT group_concat(f.doc) FROM (SELECT rowid AS doc FROM post_fts WHERE post_fts MATCH j.value ORDER BY rowid DESC LIMIT :limit) f), '') AS "docs:text",
  (SELECT CAST(COALESCE(sum(posts_n), 0) AS INT) FROM space) AS "all_n:int"
FROM json_each(:matches) j ORDER BY j.key;
-- @pg
SELECT COALESCE((SELECT string_agg(CAST(f.doc AS text), ',') FROM (SELECT g.rowid AS doc FROM post_fts g WHERE g.tsv @@ CAST(j.value AS tsquery) ORDER BY g.rowid + 0 DESC LIMIT :limit) f), '') AS "docs:text",
  (SELECT CAST(COALESCE(sum(posts_n), 0) AS BIGINT) FROM space) AS "all_n:int"
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
