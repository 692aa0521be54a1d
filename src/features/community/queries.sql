-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: space_list :many
SELECT id, slug, parent_id, title, description, position, kind, persona, style, visibility, topics_n, posts_n
FROM space ORDER BY position, id LIMIT 1000;

-- name: space_list_children :many
-- args: parent_id id, clearance int
SELECT id, slug, title, description, topics_n FROM space WHERE parent_id = :parent_id AND visibility <= :clearance
ORDER BY position, id LIMIT 1000;

-- name: space_find_by_slug :find
SELECT id, slug, parent_id, title, description, kind, persona, style, visibility, topics_n, posts_n
FROM space WHERE slug = :slug;

-- name: space_get :one
SELECT id, slug, parent_id, title, description, kind, persona, style, visibility, topics_n, posts_n
FROM space WHERE id = :id;

-- name: space_insert :exec
-- args: parent_id id?, description text?
INSERT INTO space (id, slug, parent_id, title, description, position, kind, persona, style, visibility, topics_n, posts_n, created_at)
VALUES (:id, :slug, :parent_id, :title, :description, :position, :kind, :persona, :style, :visibility, 0, 0, :created_at);

-- name: space_add_counts :exec
-- args: topics int, posts int
UPDATE space SET topics_n = topics_n + :topics, posts_n = posts_n + :posts WHERE id = :id;

-- Lists of topics: one statement a filter, so that each is answered by its own index.

-- name: topic_list_active :many
-- args: at time, id id, limit int, clearance int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.deleted_at IS NULL AND (t.bumped_at, t.id) < (:at, :id) AND s.visibility <= :clearance
ORDER BY t.bumped_at DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_active :many
-- args: at time, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND (t.bumped_at, t.id) < (:at, :id)
ORDER BY t.bumped_at DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_newest :many
-- args: at time, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND (t.created_at, t.id) < (:at, :id)
ORDER BY t.created_at DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_unanswered :many
-- args: at time, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND t.answers_n = 0 AND (t.created_at, t.id) < (:at, :id)
ORDER BY t.created_at DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_unsolved :many
-- args: at time, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND t.solution_id IS NULL AND (t.bumped_at, t.id) < (:at, :id)
ORDER BY t.bumped_at DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_solved :many
-- args: at time, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND t.solution_id IS NOT NULL AND (t.bumped_at, t.id) < (:at, :id)
ORDER BY t.bumped_at DESC, t.id DESC LIMIT :limit;

-- In two parts, since many topics have the same score: see member_list_board.
-- name: topic_list_space_kudos :many
-- args: at int, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND t.score < :at
ORDER BY t.score DESC, t.id DESC LIMIT :limit;

-- name: topic_list_space_kudos_same :many
-- args: at int, id id, limit int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL AND t.score = :at AND t.id < :id
ORDER BY t.id DESC LIMIT :limit;

-- name: topic_list_tag :many
-- args: id id, limit int, clearance int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic_tag g JOIN topic t ON t.id = g.topic_id JOIN space s ON s.id = t.space_id
WHERE g.tag_id = :tag_id AND g.topic_id < :id AND t.deleted_at IS NULL AND s.visibility <= :clearance
ORDER BY g.topic_id DESC LIMIT :limit;

-- name: topic_list_space_tag :many
-- args: id id, limit int
-- Of one space, which the caller may see: looked for among the newest 5,000 with the tag.
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM (SELECT topic_id FROM topic_tag WHERE tag_id = :tag_id AND topic_id < :id ORDER BY topic_id DESC LIMIT 5000) g
JOIN topic t ON t.id = g.topic_id JOIN space s ON s.id = t.space_id
WHERE t.space_id = :space_id AND t.deleted_at IS NULL
ORDER BY g.topic_id DESC LIMIT :limit;

-- name: topic_list_author :many
-- args: at time, id id, limit int, clearance int
SELECT t.id, t.title, t.slug, t.tags, t.created_at, t.bumped_at, t.answers_n, t.score, t.same_n, t.solution_id,
  t.author_name, t.origin_channel, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  t.author_handle AS "author:text?", t.last_handle AS "last_author:text?"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.author_id = :author_id AND t.deleted_at IS NULL AND (t.created_at, t.id) < (:at, :id) AND s.visibility <= :clearance
ORDER BY t.created_at DESC, t.id DESC LIMIT :limit;

-- name: topic_get :one
SELECT t.id, t.space_id, t.opening_id, t.author_id, t.author_name, t.title, t.slug, t.tags, t.created_at, t.bumped_at,
  t.posts_n, t.answers_n, t.score, t.views, t.same_n, t.helped_guests_n, t.solution_id, t.closed_at, t.deleted_at,
  t.origin_channel, t.origin_url, t.style, t.affiliation, s.slug AS "space_slug:text", s.title AS "space_title:text", s.kind AS "space_kind:int",
  s.visibility AS "space_visibility:int", t.author_handle AS "author:text?",
  EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id AND p.repeats_id IS NOT NULL) AS "repeats:bool"
FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.id = :id;

-- name: topic_insert :exec
-- args: author_id id?, author_name text?, last_author_id id?, origin_channel text?, origin_id text?, origin_url text?, closed_at time?
INSERT INTO topic (id, space_id, opening_id, author_id, author_name, title, slug, tags, created_at, bumped_at, last_author_id,
  posts_n, answers_n, score, views, same_n, helped_guests_n, closed_at, style, affiliation, origin_channel, origin_id, origin_url,
  author_handle, last_handle)
VALUES (:id, :space_id, :opening_id, :author_id, :author_name, :title, :slug, :tags, :created_at, :bumped_at, :last_author_id,
  1, 0, :score, :views, 0, 0, :closed_at, :style, :affiliation, :origin_channel, :origin_id, :origin_url,
  (SELECT handle FROM member WHERE id = :author_id), (SELECT handle FROM member WHERE id = :last_author_id));

-- name: topic_set_text :exec
UPDATE topic SET title = :title, slug = :slug, tags = :tags WHERE id = :id;

-- name: topic_bump_find :find
-- What an answer has to know. Asked before topic_bump and not RETURNING from it: on SQLite that makes the statement one that
-- may be undone alone, and the search index writes out what it has collected before each of these.
SELECT posts_n, space_id, author_id, closed_at FROM topic WHERE id = :id AND deleted_at IS NULL;

-- name: topic_bump :exec
-- args: id id, at time, author_id id?, answers int
-- An import may bring posts out of their order in time: the latest one counts.
UPDATE topic SET posts_n = posts_n + 1, answers_n = answers_n + :answers,
  last_author_id = CASE WHEN :at >= bumped_at THEN :author_id ELSE last_author_id END,
  last_handle = CASE WHEN :at >= bumped_at THEN (SELECT handle FROM member WHERE id = :author_id) ELSE last_handle END,
  bumped_at = CASE WHEN :at >= bumped_at THEN :at ELSE bumped_at END
WHERE id = :id;

-- name: topic_add_answers :exec
-- args: id id, answers int
UPDATE topic SET answers_n = answers_n + :answers WHERE id = :id;

-- name: topic_set_solution :exec
-- args: solution_id id?
UPDATE topic SET solution_id = :solution_id WHERE id = :id;

-- name: topic_add_score :exec
-- args: id id, score int
UPDATE topic SET score = score + :score WHERE id = :id;

-- name: topic_add_same :exec
-- args: id id, n int
UPDATE topic SET same_n = same_n + :n WHERE id = :id;

-- name: topic_add_helped_guest :exec
UPDATE topic SET helped_guests_n = helped_guests_n + 1 WHERE id = :id;

-- name: topic_add_views :exec
-- args: id id, n int
UPDATE topic SET views = views + :n WHERE id = :id;

-- name: topic_set_deleted :exec
-- args: deleted_at time?
UPDATE topic SET deleted_at = :deleted_at WHERE id = :id;

-- name: topic_set_closed :exec
-- args: closed_at time?
UPDATE topic SET closed_at = :closed_at WHERE id = :id;

-- name: topic_place :find
-- What writing in a topic has to know about it.
SELECT t.id, t.space_id, t.author_id, t.closed_at, t.deleted_at, t.tags, s.slug AS "space_slug:text", s.visibility, s.style AS "space_style:int"
FROM topic t JOIN space s ON s.id = t.space_id WHERE t.id = :id;

-- name: topic_count :one
-- scan-ok: counts every topic, for `stats` only
SELECT count(*) AS "n:int", CAST(COALESCE(sum(CASE WHEN solution_id IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS "accepted:int" FROM topic;

-- name: topic_list_after :many
-- args: after id, limit int
SELECT t.id, t.slug, t.bumped_at FROM topic t JOIN space s ON s.id = t.space_id
WHERE t.id > :after AND t.deleted_at IS NULL AND s.visibility = 0 ORDER BY t.id LIMIT :limit;

-- name: post_list_page :many
-- args: from int, limit int
SELECT p.id, p.number, p.author_id, p.author_name, p.created_at, p.edited_at, p.score, p.set_aside_n, p.comments_n, p.revisions_n,
  p.affiliation, p.origin_channel, p.origin_id, p.origin_url, p.lang, p.body_html AS "body:html", m.handle AS "author:text?", m.display_name AS "author_display:text?", m.role AS "author_role:int?",
  m.affiliation AS "author_affiliation:int?", m.rank_name AS "author_rank:text?", m.rank_level AS "author_level:int?",
  m.area AS "author_area:text?", m.areas AS "author_areas:text?", m.given_n AS "author_given_n:int?", m.solved_n AS "author_solved_n:int?", m.kept_n AS "author_kept_n:int?", p.repeats_id,
  0 AS "my_vote:int"
FROM post p LEFT JOIN member m ON m.id = p.author_id
WHERE p.topic_id = :topic_id AND p.number >= :from AND p.deleted_at IS NULL
ORDER BY p.number LIMIT :limit;

-- The same for a member: with their vote on each, which costs guests nothing.
-- name: post_list_page_own :many
-- args: from int, limit int, member_id id
SELECT p.id, p.number, p.author_id, p.author_name, p.created_at, p.edited_at, p.score, p.set_aside_n, p.comments_n, p.revisions_n,
  p.affiliation, p.origin_channel, p.origin_id, p.origin_url, p.lang, p.body_html AS "body:html", m.handle AS "author:text?", m.display_name AS "author_display:text?", m.role AS "author_role:int?",
  m.affiliation AS "author_affiliation:int?", m.rank_name AS "author_rank:text?", m.rank_level AS "author_level:int?",
  m.area AS "author_area:text?", m.areas AS "author_areas:text?", m.given_n AS "author_given_n:int?", m.solved_n AS "author_solved_n:int?", m.kept_n AS "author_kept_n:int?", p.repeats_id,
  COALESCE(v.value, 0) AS "my_vote:int"
FROM post p LEFT JOIN member m ON m.id = p.author_id LEFT JOIN vote v ON v.post_id = p.id AND v.member_id = :member_id
WHERE p.topic_id = :topic_id AND p.number >= :from AND p.deleted_at IS NULL
ORDER BY p.number LIMIT :limit;

-- name: post_list_repeated :many
-- args: limit int
-- What others of the topic repeat.
SELECT repeats_id FROM post WHERE topic_id = :topic_id AND repeats_id IS NOT NULL AND deleted_at IS NULL LIMIT :limit;

-- name: post_get :one
SELECT p.id, p.topic_id, p.number, p.author_id, p.author_name, p.created_at, p.edited_at, p.score, p.set_aside_n, p.comments_n, p.revisions_n,
  p.affiliation, p.deleted_at, p.origin_channel, p.origin_id, p.origin_url, p.lang, p.body_html AS "body:html", m.handle AS "author:text?", m.display_name AS "author_display:text?", m.role AS "author_role:int?",
  m.affiliation AS "author_affiliation:int?", m.rank_name AS "author_rank:text?", m.rank_level AS "author_level:int?",
  m.area AS "author_area:text?", m.areas AS "author_areas:text?", m.given_n AS "author_given_n:int?", m.solved_n AS "author_solved_n:int?", m.kept_n AS "author_kept_n:int?", p.repeats_id,
  0 AS "my_vote:int"
FROM post p LEFT JOIN member m ON m.id = p.author_id WHERE p.id = :id;

-- How many votes a member gave since a time, of at most so many.
-- name: vote_count_since :one
-- args: member id, from_id id, since time, limit int
SELECT count(*) AS "n:int" FROM (SELECT 1 FROM fact f WHERE f.actor_id = :member AND f.id >= :from_id AND f.kind IN (6, 7) AND f.at_ms >= :since LIMIT :limit) v;

-- name: post_add_set_aside :exec
-- args: n int
UPDATE post SET set_aside_n = set_aside_n + :n WHERE id = :id;

-- name: post_place :find
-- What changing a post has to know about it, its topic and its space.
SELECT p.id, p.topic_id, p.number, p.author_id, p.created_at, p.score, p.comments_n, p.revisions_n, p.deleted_at, p.origin_url,
  t.space_id, t.author_id AS "topic_author_id:id?", t.opening_id, t.solution_id, t.answers_n, t.closed_at,
  t.deleted_at AS "topic_deleted_at:time?", t.title, t.tags, p.affiliation, s.slug AS "space_slug:text", s.visibility, s.style AS "space_style:int"
FROM post p JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id WHERE p.id = :id;

-- name: post_body_find :find
SELECT body_html, origin_channel, source FROM post WHERE id = :id;

-- name: post_list_bodies :many
-- args: after int, limit int
SELECT id, number, body_html FROM post
WHERE topic_id = :topic_id AND number > :after AND deleted_at IS NULL ORDER BY number LIMIT :limit;

-- name: post_insert :exec
-- args: author_id id?, author_name text?, origin_channel text?, origin_id text?, origin_url text?, edited_at time?, source blob?
INSERT INTO post (id, topic_id, number, author_id, author_name, created_at, edited_at, score, comments_n, revisions_n, style, affiliation,
  origin_channel, origin_id, origin_url, text_n, body_html, source)
VALUES (:id, :topic_id, :number, :author_id, :author_name, :created_at, :edited_at, :score, 0, 0, :style, :affiliation,
  :origin_channel, :origin_id, :origin_url, :text_n, :body_html, :source);

-- name: post_set_body :exec
-- args: edited_at time, source blob?
UPDATE post SET body_html = :body_html, source = :source, text_n = :text_n, edited_at = :edited_at, revisions_n = revisions_n + 1 WHERE id = :id;

-- name: post_add_score :exec
-- args: id id, score int
UPDATE post SET score = score + :score WHERE id = :id;

-- name: post_add_comments :execn
-- args: id id, n int
UPDATE post SET comments_n = comments_n + :n WHERE id = :id AND deleted_at IS NULL;

-- name: post_set_deleted :exec
-- args: deleted_at time?
UPDATE post SET deleted_at = :deleted_at WHERE id = :id;

-- name: post_find_number :find
SELECT topic_id, number FROM post WHERE id = :id AND deleted_at IS NULL;

-- name: post_find_by_origin :find
SELECT id, topic_id, number FROM post WHERE origin_channel = :origin_channel AND origin_id = :origin_id;

-- name: post_list_author :many
-- args: at time, id id, limit int, clearance int
SELECT p.id, p.topic_id, p.created_at, p.score, t.title AS "title:text", t.slug AS "slug:text", t.solution_id AS "solution_id:id?", s.slug AS "space_slug:text"
FROM post p JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
WHERE p.author_id = :author_id AND p.number > 0 AND p.deleted_at IS NULL AND (p.created_at, p.id) < (:at, :id)
  AND t.deleted_at IS NULL AND s.visibility <= :clearance
ORDER BY p.created_at DESC, p.id DESC LIMIT :limit;

-- name: post_count :one
-- scan-ok: counts every post, for `stats` only
SELECT count(*) AS "n:int" FROM post WHERE number > 0;

-- name: comment_list_posts :many
-- args: posts text, limit int
-- SQLite walks the posts as they come and the index of each: asked to order what is ordered it makes a table of all the texts first.
-- @lite
SELECT c.id, c.post_id, c.author_name, c.created_at, c.score, c.origin_channel, c.lang, c.body_html AS "body:html", m.handle AS "author:text?",
  COALESCE(m.given_n, 0) AS "given_n:int", COALESCE(m.solved_n, 0) AS "solved_n:int", COALESCE(m.kept_n, 0) AS "kept_n:int", m.area AS "area:text?", m.areas AS "areas:text?"
FROM json_each(:posts) j CROSS JOIN comment c ON c.post_id = j.value LEFT JOIN member m ON m.id = c.author_id
WHERE c.deleted_at IS NULL LIMIT :limit;
-- @pg
SELECT c.id, c.post_id, c.author_name, c.created_at, c.score, c.origin_channel, c.lang, c.body_html AS "body:html", m.handle AS "author:text?",
  COALESCE(m.given_n, 0) AS "given_n:int", COALESCE(m.solved_n, 0) AS "solved_n:int", COALESCE(m.kept_n, 0) AS "kept_n:int", m.area AS "area:text?", m.areas AS "areas:text?"
FROM json_array_elements_text(CAST(:posts AS json)) j(value) JOIN comment c ON c.post_id = CAST(j.value AS bigint) LEFT JOIN member m ON m.id = c.author_id
WHERE c.deleted_at IS NULL ORDER BY c.post_id, c.created_at, c.id LIMIT :limit;

-- name: comment_insert :exec
-- args: author_id id?, author_name text?, origin_channel text?, origin_id text?, origin_url text?
INSERT INTO comment (id, post_id, topic_id, author_id, author_name, created_at, score, style, affiliation, origin_channel, origin_id, origin_url, body_html)
VALUES (:id, :post_id, :topic_id, :author_id, :author_name, :created_at, :score, :style, :affiliation, :origin_channel, :origin_id, :origin_url, :body_html);

-- name: comment_find_by_origin :find
SELECT id, post_id FROM comment WHERE origin_channel = :origin_channel AND origin_id = :origin_id;

-- name: comment_count :one
-- scan-ok: counts every comment, for `stats` only
SELECT count(*) AS "n:int" FROM comment;

-- name: revision_insert :exec
-- args: author_id id?, title text?, reason text?
INSERT INTO revision (id, post_id, number, author_id, at_ms, title, body, reason)
VALUES (:id, :post_id, :number, :author_id, :at_ms, :title, :body, :reason);

-- name: revision_list :many
-- args: limit int
SELECT r.id, r.number, r.at_ms, r.title, r.body, r.reason, m.handle AS "author:text?"
FROM revision r LEFT JOIN member m ON m.id = r.author_id
WHERE r.post_id = :post_id ORDER BY r.number DESC LIMIT :limit;

-- name: tag_find :find
SELECT id, name, topics_n, description, visibility FROM tag WHERE name = :name;

-- name: tag_list :many
-- args: n int, limit int, clearance int
SELECT id, name, topics_n, description FROM tag WHERE topics_n < :n AND visibility <= :clearance ORDER BY topics_n DESC, id DESC LIMIT :limit;

-- name: tag_list_same :many
-- args: n int, id id, limit int, clearance int
SELECT id, name, topics_n, description FROM tag WHERE topics_n = :n AND id < :id AND visibility <= :clearance ORDER BY id DESC LIMIT :limit;

-- What a member's page has besides rows of its own: figures published elsewhere (kind 0), and the first few of these names that the
-- reader may see (1), in their order: the value says which. names is a JSON array; what is no tag has nothing to hide.
-- name: profile_more :many
-- args: member_id id, names text, clearance int
-- Figures in the order of their key, and which of the names may be seen. SQLite gives both in order as they are; asked to order them
-- it makes three temporary tables, a quarter of the work of the page.
-- @lite
SELECT 0 AS "kind:int", f.source AS "source:text", f.name AS "name:text", f.value AS "value:int" FROM external_figure f WHERE f.member_id = :member_id
UNION ALL SELECT 1, '', '', j.key FROM json_each(:names) j LEFT JOIN tag g ON g.name = j.value
  WHERE COALESCE(g.visibility, 0) = 0 OR g.visibility <= :clearance;
-- @pg
SELECT 0 AS "kind:int", f.source AS "source:text", f.name AS "name:text", f.value AS "value:int" FROM external_figure f WHERE f.member_id = :member_id
UNION ALL SELECT 1, '', '', j.number - 1 FROM json_array_elements_text(CAST(:names AS json)) WITH ORDINALITY j(value, number)
  LEFT JOIN tag g ON g.name = j.value WHERE COALESCE(g.visibility, 0) = 0 OR g.visibility <= :clearance
ORDER BY 1, 2, 3, 4;

-- name: tag_insert :execn
-- Without RETURNING, as topic_bump_find says.
INSERT INTO tag (id, name, topics_n) VALUES (:id, :name, 0) ON CONFLICT (name) DO NOTHING;

-- Another topic shows the tag to whoever sees its space. One fewer hides it from nobody as long as it is in use.
-- name: tag_add_topics :exec
-- args: id id, n int, visibility int
UPDATE tag SET topics_n = topics_n + :n, visibility = CASE WHEN :n > 0 AND (topics_n = 0 OR visibility > :visibility) THEN :visibility ELSE visibility END
WHERE id = :id;

-- name: tag_count :one
-- scan-ok: counts every tag, for `stats` only
SELECT count(*) AS "n:int" FROM tag;

-- name: topic_tag_insert :execn
INSERT INTO topic_tag (tag_id, topic_id) VALUES (:tag_id, :topic_id) ON CONFLICT (tag_id, topic_id) DO NOTHING;

-- name: topic_tag_delete :execn
DELETE FROM topic_tag WHERE tag_id = :tag_id AND topic_id = :topic_id;

-- name: vote_find :find
SELECT value FROM vote WHERE post_id = :post_id AND member_id = :member_id;

-- name: vote_put :exec
INSERT INTO vote (post_id, member_id, value) VALUES (:post_id, :member_id, :value)
ON CONFLICT (post_id, member_id) DO UPDATE SET value = excluded.value;

-- name: vote_delete :exec
DELETE FROM vote WHERE post_id = :post_id AND member_id = :member_id;

-- What the reader of a topic did there: votes (kind 0) on the posts shown, "I have this too" (1), the draft of an answer (2),
-- and the topics linked to it, either way (3), so that a member's page needs one statement no more than a guest's.
-- Where `labels` is 1 also what the posts and comments shown are taken for (4).
-- name: own_list_topic :many
-- CROSS JOIN tells SQLite to begin at the posts: left to itself it went through all readings of the space.
-- args: topic_id id, member_id id, from int, to int, also id, place text, clearance int, space_id id, labels int
SELECT v.post_id AS "subject_id:id", 0 AS "kind:int", v.value AS "value:int", CAST(NULL AS TEXT) AS "body:text?", CAST(NULL AS TEXT) AS "slug:text?", 0 AS "at_ms:time"
FROM vote v WHERE v.post_id = :also AND v.member_id = :member_id
UNION ALL SELECT k.subject_id, 1, 1, NULL, NULL, 0 FROM mark k WHERE k.subject_id = :topic_id AND k.kind = 0 AND k.member_id = :member_id
UNION ALL SELECT 0, 2, 0, d.body, NULL, d.updated_at FROM draft d WHERE d.member_id = :member_id AND d.place = :place
UNION ALL SELECT t.id, 3, CASE WHEN t.solution_id IS NULL THEN 0 ELSE 1 END, t.title, t.slug, 0
FROM topic_link k JOIN topic t ON t.id = k.other_id JOIN space s ON s.id = t.space_id
WHERE k.topic_id = :topic_id AND t.deleted_at IS NULL AND s.visibility <= :clearance
UNION ALL SELECT t.id, 3, CASE WHEN t.solution_id IS NULL THEN 0 ELSE 1 END, t.title, t.slug, 0
FROM topic_link k JOIN topic t ON t.id = k.topic_id JOIN space s ON s.id = t.space_id
WHERE k.other_id = :topic_id AND t.deleted_at IS NULL AND s.visibility <= :clearance
UNION ALL SELECT p.id, 4, r.bits, r.words, NULL, 0
FROM post p CROSS JOIN reading r
WHERE r.space_id = :space_id AND r.at_ms = p.created_at AND r.subject_id = p.id AND :labels = 1 AND p.topic_id = :topic_id AND ((p.number >= :from AND p.number < :to) OR p.id = :also OR p.number = 0)
UNION ALL SELECT c.id, 4, r.bits, r.words, NULL, 0
FROM post p CROSS JOIN comment c CROSS JOIN reading r
WHERE c.post_id = p.id AND r.space_id = :space_id AND r.at_ms = c.created_at AND r.subject_id = c.id AND :labels = 1 AND p.topic_id = :topic_id AND ((p.number >= :from AND p.number < :to) OR p.id = :also OR p.number = 0) AND p.comments_n > 0
LIMIT 700;

-- Imported votes have no voter, so votes are counted by their facts (FACT_VOTED_UP 6, _DOWN 7, undone 8 and 9).
-- name: vote_count :one
-- scan-ok: counts every vote, for `stats` only
SELECT CAST(COALESCE(sum(CASE WHEN kind IN (6, 7) THEN 1 WHEN kind IN (8, 9) THEN -1 ELSE 0 END), 0) AS INT) AS "n:int" FROM fact;

-- name: mark_insert :execn
INSERT INTO mark (subject_id, kind, member_id, at_ms) VALUES (:subject_id, :kind, :member_id, :at_ms)
ON CONFLICT (subject_id, kind, member_id) DO NOTHING;

-- name: mark_delete :execn
DELETE FROM mark WHERE subject_id = :subject_id AND kind = :kind AND member_id = :member_id;

-- name: guest_mark_insert :execn
INSERT INTO guest_mark (topic_id, browser_hash, at_ms) VALUES (:topic_id, :browser_hash, :at_ms)
ON CONFLICT (topic_id, browser_hash) DO NOTHING;

-- name: topic_link_insert :execn
-- args: origin_id text?
INSERT INTO topic_link (topic_id, other_id, kind, at_ms, origin_id) VALUES (:topic_id, :other_id, :kind, :at_ms, :origin_id)
ON CONFLICT (topic_id, other_id, kind) DO NOTHING;

-- name: topic_link_list :many
-- args: topic_id id, clearance int
SELECT t.id, t.title, t.slug, t.solution_id, k.kind AS "kind:int" FROM topic_link k JOIN topic t ON t.id = k.other_id JOIN space s ON s.id = t.space_id
WHERE k.topic_id = :topic_id AND t.deleted_at IS NULL AND s.visibility <= :clearance
UNION ALL
SELECT t.id, t.title, t.slug, t.solution_id, k.kind + 100 AS "kind:int" FROM topic_link k JOIN topic t ON t.id = k.topic_id JOIN space s ON s.id = t.space_id
WHERE k.other_id = :topic_id AND t.deleted_at IS NULL AND s.visibility <= :clearance
LIMIT 12;

-- name: draft_find :find
SELECT title, tags, body, updated_at FROM draft WHERE member_id = :member_id AND place = :place;

-- name: draft_put :exec
INSERT INTO draft (member_id, place, title, tags, body, updated_at) VALUES (:member_id, :place, :title, :tags, :body, :updated_at)
ON CONFLICT (member_id, place) DO UPDATE SET title = excluded.title, tags = excluded.tags, body = excluded.body, updated_at = excluded.updated_at;

-- The oldest goes where there are more than so many.
-- name: draft_drop_oldest :exec
-- args: most int
DELETE FROM draft WHERE member_id = :member_id
  AND place = (SELECT d.place FROM draft d WHERE d.member_id = :member_id ORDER BY d.updated_at, d.place LIMIT 1)
  AND (SELECT count(*) FROM draft n WHERE n.member_id = :member_id) > :most;

-- name: draft_delete :exec
DELETE FROM draft WHERE member_id = :member_id AND place = :place;

-- name: report_insert :execn
-- args: reporter_id id?, note text?
INSERT INTO report (id, subject_type, subject_id, reporter_id, why, note, at_ms)
VALUES (:id, :subject_type, :subject_id, :reporter_id, :why, :note, :at_ms)
ON CONFLICT (subject_type, subject_id, reporter_id) WHERE closed_at IS NULL AND reporter_id IS NOT NULL DO NOTHING;

-- name: report_find_open :find
-- args: reporter_id id
SELECT id FROM report WHERE subject_type = :subject_type AND subject_id = :subject_id AND reporter_id = :reporter_id AND closed_at IS NULL;

-- name: report_list_open :many
-- args: limit int
-- Of posts with what they say, of profiles with what those say.
SELECT r.id, r.subject_type, r.subject_id, r.why, r.note, r.at_ms, m.handle AS "reporter:text?", t.title AS "title:text?",
  p.body_html AS "body:html?", a.handle AS "author:text?", CASE r.subject_type WHEN 1 THEN a.about_html END AS "about:html?", p.deleted_at AS "deleted_at:time?"
FROM report r LEFT JOIN member m ON m.id = r.reporter_id LEFT JOIN post p ON r.subject_type = 3 AND p.id = r.subject_id
LEFT JOIN topic t ON t.id = p.topic_id LEFT JOIN member a ON a.id = CASE r.subject_type WHEN 1 THEN r.subject_id ELSE p.author_id END
WHERE r.closed_at IS NULL ORDER BY r.at_ms, r.id LIMIT :limit;

-- name: report_open_count :one
-- args: limit int
SELECT COUNT(*) AS "n:int" FROM (SELECT 1 FROM report r WHERE r.closed_at IS NULL LIMIT :limit) x;

-- name: report_close :execn
-- args: closed_at time
UPDATE report SET closed_at = COALESCE(closed_at, :closed_at) WHERE id = :id;

-- name: report_close_of :exec
-- args: closed_at time
UPDATE report SET closed_at = :closed_at WHERE subject_type = :subject_type AND subject_id = :subject_id AND closed_at IS NULL;

-- Search. `body` and `title` are plain text for FTS5; PostgreSQL gets the same tokens as a tsvector (search_index.c), so
-- that both engines match and count alike.

-- name: search_insert :exec
-- args: id id, title text, body text
-- @lite
INSERT INTO post_fts (rowid, title, body) VALUES ((SELECT p.doc FROM post p WHERE p.id = :id), :title, :body);
-- @pg
INSERT INTO post_fts (rowid, tsv) VALUES (:id, setweight(CAST(:title AS tsvector), 'A') || setweight(CAST(:body AS tsvector), 'B'));

-- name: search_delete :exec
-- args: id id, title text, body text
-- @lite
INSERT INTO post_fts (post_fts, rowid, title, body) VALUES ('delete', (SELECT p.doc FROM post p WHERE p.id = :id), :title, :body);
-- @pg
DELETE FROM post_fts WHERE rowid = :id AND :title IS NOT NULL AND :body IS NOT NULL;

-- name: search_candidates :many
-- args: match text, limit int, whole bool, t1 text?, t2 text?, t3 text?, t4 text?, t5 text?, t6 text?, t7 text?, t8 text?
-- The newest matches with what relevance needs of the index: FTS5 counts (db/fts.h); on PostgreSQL two ranks of each word
-- that tell how often it occurs (search_score.c), or for phrases the whole tsvector. "+ 0" keeps it from walking the
-- primary key and looking at every post; the subselect makes one query of the text, not one for each row.
-- @lite
SELECT rowid AS "doc:id", hearth_tf(post_fts) AS "tf:blob" FROM post_fts WHERE post_fts MATCH :match ORDER BY rowid DESC LIMIT :limit;
-- @pg
SELECT h.rowid AS "doc:id", convert_to(CASE WHEN :whole <> 0 THEN CAST(h.tsv AS text) ELSE concat_ws(' ',
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t1 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t1 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t2 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t2 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t3 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t3 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t4 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t4 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t5 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t5 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t6 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t6 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t7 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t7 AS tsquery)) * 1e9 AS BIGINT),
  CAST(ts_rank('{0,0,0,1}', h.tsv, CAST(:t8 AS tsquery)) * 1e9 AS BIGINT), CAST(ts_rank('{0,0,1,1}', h.tsv, CAST(:t8 AS tsquery)) * 1e9 AS BIGINT)) END, 'UTF8') AS "tf:blob"
FROM (SELECT f.rowid, f.tsv FROM post_fts f WHERE f.tsv @@ (SELECT CAST(:match AS tsquery)) ORDER BY f.rowid + 0 DESC LIMIT :limit) h
ORDER BY h.rowid DESC;

-- name: search_pages :many
-- args: words text, version int, limit int
-- The pages of FTS5 that hold the lists of the words (db/fts_lists.h), in order for each word in each segment: from the one
-- that may hold the word to the next one that begins with a word behind it, or to the segment's end. The recursion hops from
-- segment to segment. Nothing if they are more than the limit or the index is of another version, and on PostgreSQL.
-- @lite
WITH RECURSIVE seg(id) AS (SELECT MIN(segid) FROM post_fts_idx UNION ALL
  SELECT (SELECT MIN(n.segid) FROM post_fts_idx n WHERE n.segid > seg.id) FROM seg WHERE seg.id IS NOT NULL),
found(word, segment, first, behind) AS MATERIALIZED (SELECT j.key, seg.id,
  COALESCE((SELECT i.pgno >> 1 FROM post_fts_idx i WHERE i.segid = seg.id AND i.term <= CAST('0' || j.value AS BLOB) ORDER BY i.term DESC LIMIT 1), 0),
  (SELECT i.pgno >> 1 FROM post_fts_idx i WHERE i.segid = seg.id AND i.term > CAST('0' || j.value AS BLOB) ORDER BY i.term LIMIT 1)
  FROM json_each(:words) j CROSS JOIN seg WHERE seg.id IS NOT NULL),
place(word, segment, first, last, ends) AS MATERIALIZED (SELECT f.word, f.segment, f.first, COALESCE(f.behind,
    (SELECT MAX(e.id) FROM post_fts_data e WHERE e.id BETWEEN f.segment << 37 AND (f.segment << 37) + 2147483647) - (f.segment << 37)),
  f.behind IS NULL FROM found f)
SELECT p.word AS "word:int", p.segment AS "segment:int", p.ends AS "ends:bool", d.id AS "id:int", d.block AS "block:blob",
  COALESCE((SELECT s.block FROM post_fts_data s WHERE s.id = 10), x'') AS "structure:blob"
FROM place p CROSS JOIN post_fts_data d ON d.id BETWEEN (p.segment << 37) + p.first AND (p.segment << 37) + p.last
WHERE (SELECT c.v FROM post_fts_config c WHERE c.k = 'version') = :version
AND (SELECT SUM(q.last - q.first + 1) FROM place q) <= :limit;
-- @pg
SELECT 0 AS "word:int", 0 AS "segment:int", FALSE AS "ends:bool", 0 AS "id:int", CAST('' AS bytea) AS "block:blob",
  CAST('' AS bytea) AS "structure:blob"
WHERE :words IS NULL AND CAST(:version AS BIGINT) IS NULL AND CAST(:limit AS BIGINT) IS NULL;

-- name: search_terms :many
-- args: matches text, limit int
-- In how many posts each of the queries in the JSON array occurs, up to the limit.
-- @lite
SELECT (SELECT count(*) FROM (SELECT rowid FROM post_fts WHERE post_fts MATCH j.value LIMIT :limit)) AS "n:int"
FROM json_each(:matches) j ORDER BY j.key;
-- @pg
SELECT (SELECT count(*) FROM (SELECT f.rowid FROM post_fts f WHERE f.tsv @@ CAST(j.value AS tsquery) LIMIT :limit) c) AS "n:int"
FROM json_array_elements_text(CAST(:matches AS json)) WITH ORDINALITY j(value, key) ORDER BY j.key;

-- name: search_posts :many
-- args: docs text
-- @lite
SELECT p.doc AS "doc:id", p.id, p.topic_id, p.number, p.created_at, p.score, p.text_n
FROM json_each(:docs) j JOIN post p ON p.doc = j.value;
-- @pg
SELECT p.id AS "doc:id", p.id, p.topic_id, p.number, p.created_at, p.score, p.text_n
FROM json_array_elements_text(CAST(:docs AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT);

-- name: search_facets :many
-- args: docs text
-- @lite
SELECT p.doc AS "doc:id", p.id, p.topic_id, p.number, p.created_at, p.score, p.text_n, p.author_id, t.space_id, t.solution_id, t.tags
FROM json_each(:docs) j JOIN post p ON p.doc = j.value JOIN topic t ON t.id = p.topic_id;
-- @pg
SELECT p.id AS "doc:id", p.id, p.topic_id, p.number, p.created_at, p.score, p.text_n, p.author_id, t.space_id, t.solution_id, t.tags
FROM json_array_elements_text(CAST(:docs AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT) JOIN topic t ON t.id = p.topic_id;

-- name: search_shown :many
-- args: ids text
-- @lite
SELECT p.id, p.author_name, p.body_html, t.title, t.slug, t.tags, t.answers_n, t.solution_id, s.slug AS "space_slug:text",
  s.title AS "space_title:text", m.handle AS "author:text?",
  COALESCE(m.given_n, 0) AS "given_n:int", COALESCE(m.solved_n, 0) AS "solved_n:int", COALESCE(m.kept_n, 0) AS "kept_n:int", m.area AS "area:text?", m.areas AS "areas:text?"
FROM json_each(:ids) j JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
LEFT JOIN member m ON m.id = p.author_id;
-- @pg
SELECT p.id, p.author_name, p.body_html, t.title, t.slug, t.tags, t.answers_n, t.solution_id, s.slug AS "space_slug:text",
  s.title AS "space_title:text", m.handle AS "author:text?",
  COALESCE(m.given_n, 0) AS "given_n:int", COALESCE(m.solved_n, 0) AS "solved_n:int", COALESCE(m.kept_n, 0) AS "kept_n:int", m.area AS "area:text?", m.areas AS "areas:text?"
FROM json_array_elements_text(CAST(:ids AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT)
JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id LEFT JOIN member m ON m.id = p.author_id;

-- The last id of a page of the sitemap, and how many topics there are up to it.
-- name: sitemap_page :one
-- args: after id, limit int
SELECT COALESCE(MAX(x.id), 0) AS "id:id", count(*) AS "n:int"
FROM (SELECT t.id FROM topic t WHERE t.id > :after AND t.deleted_at IS NULL ORDER BY t.id LIMIT :limit) x;

-- Counters against the rows they count, for the doctor: how many differ.

-- name: recount_member_topics :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM member m LEFT JOIN (SELECT author_id AS k, count(*) AS n FROM topic WHERE deleted_at IS NULL GROUP BY author_id) r ON r.k = m.id WHERE m.topics_n <> COALESCE(r.n, 0);

-- name: recount_member_answers :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM member m LEFT JOIN (SELECT author_id AS k, count(*) AS n FROM post WHERE number > 0 AND deleted_at IS NULL GROUP BY author_id) r ON r.k = m.id WHERE m.answers_n <> COALESCE(r.n, 0);

-- name: recount_member_comments :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM member m LEFT JOIN (SELECT author_id AS k, count(*) AS n FROM comment WHERE deleted_at IS NULL GROUP BY author_id) r ON r.k = m.id WHERE m.comments_n <> COALESCE(r.n, 0);

-- name: recount_member_solutions :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM member m LEFT JOIN (SELECT p.author_id AS k, count(*) AS n FROM topic t JOIN post p ON p.id = t.solution_id GROUP BY p.author_id) r ON r.k = m.id WHERE m.solutions_n <> COALESCE(r.n, 0);

-- name: recount_member_kudos :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM member m LEFT JOIN (SELECT author_id AS k, sum(score) AS n FROM post WHERE deleted_at IS NULL GROUP BY author_id) r ON r.k = m.id WHERE m.kudos_n <> COALESCE(r.n, 0);

-- name: recount_topic_answers :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic m LEFT JOIN (SELECT topic_id AS k, count(*) AS n FROM post WHERE number > 0 AND deleted_at IS NULL GROUP BY topic_id) r ON r.k = m.id WHERE m.answers_n <> COALESCE(r.n, 0);

-- name: recount_topic_posts :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic m LEFT JOIN (SELECT topic_id AS k, max(number) + 1 AS n FROM post GROUP BY topic_id) r ON r.k = m.id WHERE m.posts_n <> COALESCE(r.n, 0);

-- name: recount_topic_scores :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic m LEFT JOIN (SELECT id AS k, score AS n FROM post WHERE number = 0) r ON r.k = m.opening_id WHERE m.score <> COALESCE(r.n, 0);

-- name: recount_topic_same :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic m LEFT JOIN (SELECT subject_id AS k, count(*) AS n FROM mark WHERE kind = 0 GROUP BY subject_id) r ON r.k = m.id WHERE m.same_n <> COALESCE(r.n, 0);

-- name: recount_topic_handles :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic t LEFT JOIN member m ON m.id = t.author_id LEFT JOIN member l ON l.id = t.last_author_id
WHERE COALESCE(t.author_handle, '') <> COALESCE(m.handle, '') OR COALESCE(t.last_handle, '') <> COALESCE(l.handle, '');

-- name: recount_topic_guests :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM topic m LEFT JOIN (SELECT topic_id AS k, count(*) AS n FROM guest_mark GROUP BY topic_id) r ON r.k = m.id WHERE m.helped_guests_n <> COALESCE(r.n, 0);

-- name: recount_post_comments :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM post m LEFT JOIN (SELECT post_id AS k, count(*) AS n FROM comment WHERE deleted_at IS NULL GROUP BY post_id) r ON r.k = m.id WHERE m.comments_n <> COALESCE(r.n, 0);

-- name: recount_space_topics :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM space m LEFT JOIN (SELECT space_id AS k, count(*) AS n FROM topic WHERE deleted_at IS NULL GROUP BY space_id) r ON r.k = m.id WHERE m.topics_n <> COALESCE(r.n, 0);

-- name: recount_space_posts :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM space m LEFT JOIN (SELECT t.space_id AS k, count(*) AS n FROM post p JOIN topic t ON t.id = p.topic_id WHERE t.deleted_at IS NULL AND p.deleted_at IS NULL GROUP BY t.space_id) r ON r.k = m.id WHERE m.posts_n <> COALESCE(r.n, 0);

-- name: recount_tag_topics :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM tag m LEFT JOIN (SELECT x.tag_id AS k, count(*) AS n FROM topic_tag x JOIN topic t ON t.id = x.topic_id WHERE t.deleted_at IS NULL GROUP BY x.tag_id) r ON r.k = m.id WHERE m.topics_n <> COALESCE(r.n, 0);

-- A tag in use is seen by whoever sees any of its topics.
-- name: recount_tag_visibility :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM tag m JOIN (SELECT x.tag_id AS k, min(s.visibility) AS n FROM topic_tag x JOIN topic t ON t.id = x.topic_id
  JOIN space s ON s.id = t.space_id WHERE t.deleted_at IS NULL GROUP BY x.tag_id) r ON r.k = m.id WHERE m.visibility > r.n;

-- Scores are replayed from the journal (votes up 6, down 7, undone 8 and 9); posts of a dump whose votes are incomplete keep
-- the published score, so only what was written here is compared.
-- name: recount_post_scores :one
-- scan-ok: walks the whole table, for the doctor only
SELECT count(*) AS "n:int" FROM post m LEFT JOIN (SELECT subject_id AS k,
  sum(CASE kind WHEN 6 THEN 1 WHEN 7 THEN -1 WHEN 8 THEN -1 WHEN 9 THEN 1 ELSE 0 END) AS n FROM fact
  WHERE subject_type = 3 AND kind >= 6 AND kind <= 9 GROUP BY subject_id) r ON r.k = m.id
WHERE m.origin_id IS NULL AND m.score <> COALESCE(r.n, 0);

-- Merges at most 500 pages of the index in one go: some 20 ms of the writer's time.
-- name: search_merge :exec
-- @lite
INSERT INTO post_fts (post_fts, rank) VALUES ('merge', 500);
-- @pg
DELETE FROM post_fts WHERE rowid = 0;

-- name: reading_put :exec
-- args: space_id id, at_ms time, subject_id id, bits int, words text?
INSERT INTO reading (space_id, at_ms, subject_id, bits, words) VALUES (:space_id, :at_ms, :subject_id, :bits, :words)
ON CONFLICT (space_id, at_ms, subject_id) DO UPDATE SET bits = excluded.bits, words = excluded.words;

-- name: reading_delete :exec
DELETE FROM reading WHERE space_id = :space_id AND at_ms = :at_ms AND subject_id = :subject_id;

-- name: post_set_lang :exec
-- args: lang text?
UPDATE post SET lang = :lang WHERE id = :id;

-- name: comment_set_lang :exec
-- args: lang text?
UPDATE comment SET lang = :lang WHERE id = :id;

-- name: comment_place :find
-- What hiding a comment has to know.
SELECT c.id, c.post_id, c.author_id, c.deleted_at, c.affiliation, t.space_id, t.tags, s.slug AS "space_slug:text", s.visibility
FROM comment c JOIN topic t ON t.id = c.topic_id JOIN space s ON s.id = t.space_id WHERE c.id = :id;

-- name: comment_set_deleted :exec
-- args: deleted_at time?
UPDATE comment SET deleted_at = :deleted_at WHERE id = :id;

-- name: post_set_repeats :exec
-- args: id id, repeats_id id?
UPDATE post SET repeats_id = :repeats_id WHERE id = :id;
