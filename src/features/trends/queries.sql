-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What was written in a time, in one space or (0) everywhere: posts, and the comments on posts of the topics that were active then.
-- An opening post has its title before it. of_id: the post to lead to.
-- name: trend_post_each :each
-- SQLite would walk all comments; CROSS JOIN keeps the order.
-- args: from time, until time, space_id id
-- @lite
SELECT p.id AS "of_id:id", p.created_at AS "at_ms:time", p.author_id AS "author_id:id?", p.author_name AS "author_name:text?",
  CASE WHEN p.number = 0 THEN t.title ELSE '' END AS "title:text", p.body_html AS "body:text"
FROM topic t JOIN post p ON p.topic_id = t.id
WHERE t.deleted_at IS NULL AND t.bumped_at >= :from AND (t.space_id = :space_id OR :space_id = 0)
  AND p.deleted_at IS NULL AND p.created_at >= :from AND p.created_at < :until
UNION ALL
SELECT p.id, c.created_at, c.author_id, c.author_name, '', c.body_html
FROM topic t CROSS JOIN post p ON p.topic_id = t.id CROSS JOIN comment c ON c.post_id = p.id
WHERE t.deleted_at IS NULL AND t.bumped_at >= :from AND (t.space_id = :space_id OR :space_id = 0)
  AND p.deleted_at IS NULL AND c.deleted_at IS NULL AND c.created_at >= :from AND c.created_at < :until;
-- @pg
SELECT p.id AS "of_id:id", p.created_at AS "at_ms:time", p.author_id AS "author_id:id?", p.author_name AS "author_name:text?",
  CASE WHEN p.number = 0 THEN t.title ELSE '' END AS "title:text", p.body_html AS "body:text"
FROM topic t JOIN post p ON p.topic_id = t.id
WHERE t.deleted_at IS NULL AND t.bumped_at >= :from AND (t.space_id = :space_id OR :space_id = 0)
  AND p.deleted_at IS NULL AND p.created_at >= :from AND p.created_at < :until
UNION ALL
SELECT p.id, c.created_at, c.author_id, c.author_name, '', c.body_html
FROM topic t JOIN post p ON p.topic_id = t.id JOIN comment c ON c.post_id = p.id
WHERE t.deleted_at IS NULL AND t.bumped_at >= :from AND (t.space_id = :space_id OR :space_id = 0)
  AND p.deleted_at IS NULL AND c.deleted_at IS NULL AND c.created_at >= :from AND c.created_at < :until;

-- A space of which there is something to look at: it grew, is not done, or has got an older beginning (an import).
-- name: trend_due :find
-- scan-ok: the first topic of each space, and no more, by its index
-- args: week time
SELECT s.id, s.posts_n, s.first_ms AS "first_ms:time", COALESCE(d.until_ms, 0) AS "until_ms:time", COALESCE(d.first_ms, 0) AS "was_first_ms:time"
FROM (SELECT a.id, a.posts_n, (SELECT t.created_at FROM topic t WHERE t.space_id = a.id AND t.deleted_at IS NULL ORDER BY t.created_at, t.id LIMIT 1) AS first_ms
  FROM space a) s LEFT JOIN trend_state d ON d.space_id = s.id
WHERE s.first_ms IS NOT NULL AND (d.space_id IS NULL OR d.posts_n <> s.posts_n OR d.first_ms <> s.first_ms OR d.until_ms < :week)
ORDER BY s.id LIMIT 1;

-- name: trend_clear :exec
-- args: from time, until time
DELETE FROM trend WHERE space_id = :space_id AND week_ms >= :from AND week_ms < :until;

-- name: trend_put :exec
INSERT INTO trend (space_id, week_ms, place, phrase, posts, authors, expected_centi, examples)
VALUES (:space_id, :week_ms, :place, :phrase, :posts, :authors, :expected_centi, :examples);

-- name: trend_state_put :exec
INSERT INTO trend_state (space_id, first_ms, until_ms, posts_n) VALUES (:space_id, :first_ms, :until_ms, :posts_n)
ON CONFLICT (space_id) DO UPDATE SET first_ms = excluded.first_ms, until_ms = excluded.until_ms, posts_n = excluded.posts_n;

-- What emerged in the weeks that begin in from .. until, the newest first.
-- name: trend_list :many
-- args: from time, until time, limit int
SELECT week_ms, phrase, posts, authors, expected_centi, examples FROM trend
WHERE space_id = :space_id AND week_ms >= :from AND week_ms < :until ORDER BY week_ms DESC, place LIMIT :limit;

-- About how much there is to read.
-- name: hit_posts :one
-- args: space_id id
SELECT CAST(COALESCE(SUM(posts_n), 0) AS BIGINT) AS "n:int" FROM space WHERE id = :space_id OR :space_id = 0;

-- Every each-th topic (1: all) with all that was written in it. By the remainder of an odd number, which favours no time. of_id: the
-- post to lead to.
-- name: hit_text_each :each
-- args: each int, space_id id
-- scan-ok: estimates of listening queries only, read in one go by the command line
SELECT t.id AS "topic_id:id", p.id AS "of_id:id", p.created_at AS "at_ms:time", p.number AS "number:int", t.title AS "title:text",
  COALESCE(m.handle, p.author_name, '') AS "author:text", p.body_html AS "body:text"
FROM topic t JOIN post p ON p.topic_id = t.id LEFT JOIN member m ON m.id = p.author_id
WHERE t.id % :each = 0 AND t.deleted_at IS NULL AND (t.space_id = :space_id OR :space_id = 0) AND p.deleted_at IS NULL
UNION ALL
SELECT t.id, p.id, c.created_at, 1, t.title, COALESCE(m.handle, c.author_name, ''), c.body_html
FROM topic t JOIN post p ON p.topic_id = t.id JOIN comment c ON c.post_id = p.id LEFT JOIN member m ON m.id = c.author_id
WHERE t.id % :each = 0 AND t.deleted_at IS NULL AND (t.space_id = :space_id OR :space_id = 0) AND p.deleted_at IS NULL AND c.deleted_at IS NULL
ORDER BY 1;
