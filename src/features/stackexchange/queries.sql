-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What is here from an earlier run. The rows of the import themselves are written by the statements of members and
-- community where one row is meant, and by those below where conflicts decide or whole tables are counted.

-- name: se_member_list :each
SELECT origin_id, id, joined_at FROM member WHERE origin_channel = 'stackexchange' AND origin_id IS NOT NULL;

-- name: se_post_list :each
-- The score as it was published: without the votes that were cast here.
SELECT p.origin_id, p.id, p.topic_id, t.space_id, p.author_id, p.created_at,
  p.score - COALESCE((SELECT CAST(sum(v.value) AS INT) FROM vote v WHERE v.post_id = p.id), 0) AS "score:int"
FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.origin_channel = 'stackexchange' AND p.origin_id IS NOT NULL;

-- name: se_solution_find :find
-- args: topic_id id
SELECT p.id, p.author_id, p.origin_id FROM topic t JOIN post p ON p.id = t.solution_id WHERE t.id = :topic_id;

-- name: se_tag_insert :execn
INSERT INTO tag (id, name, topics_n) VALUES (:id, :name, 0) ON CONFLICT (name) DO NOTHING;

-- name: se_tag_describe :execn
-- args: description text
UPDATE tag SET description = :description WHERE name = :name AND description IS NULL;

-- name: se_topic_reserve :exec
-- Numbers below this belong to answers of the dump, come or still to come.
UPDATE topic SET posts_n = :posts_n WHERE id = :id AND posts_n < :posts_n;

-- name: se_topic_solve :exec
-- args: solution_id id
UPDATE topic SET solution_id = :solution_id WHERE id = :id AND solution_id IS NULL;

-- name: se_topic_number_next :one
-- args: id id
UPDATE topic SET posts_n = posts_n + 1 WHERE id = :id RETURNING posts_n;

-- name: se_post_number_find :find
-- args: number int
SELECT id FROM post WHERE topic_id = :topic_id AND number = :number;

-- name: se_comment_insert :execn
-- args: author_id id?, author_name text?, origin_channel text?, origin_id text?, origin_url text?
INSERT INTO comment (id, post_id, topic_id, author_id, author_name, created_at, score, style, affiliation, origin_channel, origin_id, origin_url, body_html)
VALUES (:id, :post_id, :topic_id, :author_id, :author_name, :created_at, :score, :style, :affiliation, :origin_channel, :origin_id, :origin_url, :body_html)
ON CONFLICT (origin_channel, origin_id) WHERE origin_id IS NOT NULL DO NOTHING;

-- The counters, each brought to what is there. Rows that are right already are not written.

-- name: se_count_post_comments :exec
-- scan-ok: once at the end of an import
UPDATE post SET comments_n = x.n
FROM (SELECT c.post_id, count(*) AS n FROM comment c WHERE c.deleted_at IS NULL GROUP BY c.post_id) x
WHERE x.post_id = post.id AND post.comments_n <> x.n;

-- name: se_count_topic_posts :exec
-- scan-ok: once at the end of an import
-- Numbers that were kept for answers which could not be taken are given back.
UPDATE topic SET answers_n = x.answers, posts_n = x.next
FROM (SELECT p.topic_id, sum(CASE WHEN p.number > 0 AND p.deleted_at IS NULL THEN 1 ELSE 0 END) AS answers, max(p.number) + 1 AS next
  FROM post p GROUP BY p.topic_id) x
WHERE x.topic_id = topic.id AND (topic.answers_n <> x.answers OR topic.posts_n <> x.next);

-- name: se_count_topic_latest :exec
-- scan-ok: once at the end of an import
UPDATE topic SET bumped_at = x.created_at, last_author_id = x.author_id,
  last_handle = (SELECT m.handle FROM member m WHERE m.id = x.author_id)
FROM (SELECT p.topic_id, p.created_at, p.author_id, row_number() OVER (PARTITION BY p.topic_id ORDER BY p.created_at DESC, p.number DESC) AS n
  FROM post p WHERE p.deleted_at IS NULL) x
WHERE x.topic_id = topic.id AND x.n = 1 AND topic.bumped_at < x.created_at;

-- name: se_count_tags :exec
-- scan-ok: once at the end of an import
UPDATE tag SET topics_n = x.n, visibility = x.least
FROM (SELECT g.tag_id, count(*) AS n, min(s.visibility) AS least FROM topic_tag g JOIN topic t ON t.id = g.topic_id
  JOIN space s ON s.id = t.space_id WHERE t.deleted_at IS NULL GROUP BY g.tag_id) x
WHERE x.tag_id = tag.id AND (tag.topics_n <> x.n OR tag.visibility <> x.least);

-- name: se_count_spaces :exec
-- scan-ok: counts all of each space, once an import
-- All of them: a newer dump may be taken into another space than its topics are in.
UPDATE space SET
  topics_n = (SELECT count(*) FROM topic t WHERE t.space_id = space.id AND t.deleted_at IS NULL),
  posts_n = (SELECT count(*) FROM post p JOIN topic t ON t.id = p.topic_id WHERE t.space_id = space.id AND t.deleted_at IS NULL AND p.deleted_at IS NULL);

-- name: se_count_member_topics :exec
UPDATE member SET topics_n = x.n
FROM (SELECT t.author_id, count(*) AS n FROM topic t WHERE t.author_id IS NOT NULL AND t.deleted_at IS NULL GROUP BY t.author_id) x
WHERE x.author_id = member.id AND member.topics_n <> x.n;

-- name: se_count_member_posts :exec
-- scan-ok: once at the end of an import
UPDATE member SET answers_n = x.answers, kudos_n = x.kudos
FROM (SELECT p.author_id, sum(CASE WHEN p.number > 0 THEN 1 ELSE 0 END) AS answers, sum(p.score) AS kudos
  FROM post p WHERE p.author_id IS NOT NULL AND p.deleted_at IS NULL GROUP BY p.author_id) x
WHERE x.author_id = member.id AND (member.answers_n <> x.answers OR member.kudos_n <> x.kudos);

-- name: se_count_member_comments :exec
-- scan-ok: once at the end of an import
UPDATE member SET comments_n = x.n
FROM (SELECT c.author_id, count(*) AS n FROM comment c WHERE c.author_id IS NOT NULL AND c.deleted_at IS NULL GROUP BY c.author_id) x
WHERE x.author_id = member.id AND member.comments_n <> x.n;

-- name: se_count_member_solutions :exec
-- scan-ok: once at the end of an import
UPDATE member SET solutions_n = x.n
FROM (SELECT p.author_id, count(*) AS n FROM topic t JOIN post p ON p.id = t.solution_id WHERE p.author_id IS NOT NULL GROUP BY p.author_id) x
WHERE x.author_id = member.id AND member.solutions_n <> x.n;
