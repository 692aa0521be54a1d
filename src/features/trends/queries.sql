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
