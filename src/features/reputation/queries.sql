-- The history, read row by row: who and what there is, then what happened. All of it is asked for, so all of it is walked.

-- name: rep_member_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, joined_at, role, affiliation FROM member ORDER BY id;

-- name: rep_topic_each :each
-- scan-ok: the whole history is what is asked for
SELECT t.id, t.author_id, t.tags, s.slug AS "space:text" FROM topic t JOIN space s ON s.id = t.space_id ORDER BY t.id;

-- name: rep_post_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, topic_id, number, author_id FROM post ORDER BY id;

-- name: rep_comment_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, topic_id, author_id FROM comment ORDER BY id;

-- name: rep_fact_each :each
-- args: until time
-- scan-ok: the whole journal is what is asked for
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, value FROM fact WHERE at_ms < :until;

-- name: rep_name_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, handle, origin_id FROM member ORDER BY id;

-- name: rep_figure_each :each
-- scan-ok: the whole history is what is asked for
SELECT member_id, value FROM external_figure WHERE name = 'reputation';

-- The rules in force and those before them.

-- name: ruleset_newest :find
SELECT version, name, toml, published_at, published_by FROM ruleset ORDER BY version DESC LIMIT 1;

-- name: ruleset_list :many
-- args: limit int
SELECT r.version, r.name, r.published_at, r.note, m.handle AS "author:text?" FROM ruleset r LEFT JOIN member m ON m.id = r.published_by
ORDER BY r.version DESC LIMIT :limit;

-- name: ruleset_insert :exec
-- args: published_by id?, note text?
INSERT INTO ruleset (version, name, toml, hash, published_at, published_by, note)
VALUES (:version, :name, :toml, :hash, :published_at, :published_by, :note);
