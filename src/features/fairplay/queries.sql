-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The topics of some posts, with more than one answer; posts is a JSON array of ids.
-- name: fair_topics_of :many
-- args: posts text
-- @lite
SELECT DISTINCT t.id FROM json_each(:posts) j JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id WHERE t.posts_n > 2 LIMIT 500;
-- @pg
SELECT DISTINCT t.id FROM json_array_elements_text(CAST(:posts AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT)
JOIN topic t ON t.id = p.topic_id WHERE t.posts_n > 2 LIMIT 500;

-- Posts of which something is told that changes answers: posted, edited, deleted, restored.
-- name: fair_changed_after :many
-- args: after id, limit int
SELECT id, subject_id FROM fact WHERE id > :after AND kind IN (3, 5, 19, 20) AND subject_type = 3 ORDER BY id LIMIT :limit;

-- name: fair_topics_after :many
-- args: after id, limit int
SELECT id FROM topic WHERE id > :after AND posts_n > 2 ORDER BY id LIMIT :limit;

-- name: fair_answers :many
-- args: topic id, limit int
SELECT p.id, p.author_id, p.deleted_at, p.body_html, t.space_id, r.of_id AS "of_id:id?", r.similarity AS "similarity:int?"
FROM post p JOIN topic t ON t.id = p.topic_id LEFT JOIN repeated r ON r.post_id = p.id
WHERE p.topic_id = :topic AND p.number > 0 ORDER BY p.number LIMIT :limit;

-- name: repeated_put :exec
INSERT INTO repeated (post_id, of_id, similarity) VALUES (:post_id, :of_id, :similarity)
ON CONFLICT (post_id) DO UPDATE SET of_id = excluded.of_id, similarity = excluded.similarity;

-- name: repeated_delete :exec
DELETE FROM repeated WHERE post_id = :post_id;

-- Votes and votes taken back, in the order of the journal.
-- name: fair_votes_after :many
-- args: after id, limit int
SELECT id, at_ms, kind, actor_id AS "actor_id:id", subject_id, target_id AS "target_id:id", space_id FROM fact
WHERE id > :after AND kind IN (6, 7, 8, 9) AND actor_id IS NOT NULL AND target_id IS NOT NULL ORDER BY id LIMIT :limit;

-- name: vote_out_after :many
-- args: after id, limit int
SELECT fact_id, back_id FROM vote_out WHERE fact_id > :after ORDER BY fact_id LIMIT :limit;

-- name: series_open :find
-- args: voter id, author id, since time
SELECT id FROM vote_series WHERE voter_id = :voter AND author_id = :author AND back_at IS NULL AND last_at >= :since
ORDER BY found_at DESC, id DESC LIMIT 1;

-- name: series_put :exec
-- args: out int
INSERT INTO vote_series (id, voter_id, author_id, first_at, last_at, out_n, found_at)
VALUES (:id, :voter_id, :author_id, :first_at, :last_at, :out, :found_at)
ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, out_n = vote_series.out_n + excluded.out_n;

-- name: vote_out_insert :execn
INSERT INTO vote_out (fact_id, series_id, post_id, value, out_id) VALUES (:fact_id, :series_id, :post_id, :value, :out_id) ON CONFLICT (fact_id) DO NOTHING;

-- name: series_find :find
SELECT id, voter_id, author_id, back_at FROM vote_series WHERE id = :id;

-- name: series_back :exec
-- args: back_at time, back_by id?
UPDATE vote_series SET back_at = :back_at, back_by = :back_by WHERE id = :id;

-- name: vote_out_of :many
-- args: series id
SELECT v.fact_id, v.post_id, v.value, t.space_id FROM vote_out v JOIN post p ON p.id = v.post_id JOIN topic t ON t.id = p.topic_id
WHERE v.series_id = :series AND v.back_id IS NULL ORDER BY v.fact_id;

-- name: vote_out_back :exec
-- args: series id, back_id id
UPDATE vote_out SET back_id = :back_id WHERE series_id = :series AND back_id IS NULL;

-- name: series_list :many
-- args: before_at time, before_id id, limit int
SELECT s.id, s.first_at, s.last_at, s.out_n, s.found_at, s.back_at, v.handle AS "voter:text?", a.handle AS "author:text?", b.handle AS "back_by:text?"
FROM vote_series s LEFT JOIN member v ON v.id = s.voter_id LEFT JOIN member a ON a.id = s.author_id LEFT JOIN member b ON b.id = s.back_by
WHERE (s.found_at, s.id) < (:before_at, :before_id) ORDER BY s.found_at DESC, s.id DESC LIMIT :limit;

-- name: repeated_list :many
-- args: before id, limit int
SELECT r.post_id, r.of_id, r.similarity, p.created_at, t.title, m.handle AS "author:text?"
FROM repeated r JOIN post p ON p.id = r.post_id JOIN topic t ON t.id = p.topic_id LEFT JOIN member m ON m.id = p.author_id
WHERE r.post_id < :before AND p.deleted_at IS NULL AND t.deleted_at IS NULL ORDER BY r.post_id DESC LIMIT :limit;

-- name: fair_counts :one
-- scan-ok: series and repeats are few
SELECT (SELECT count(*) FROM repeated) AS "repeated_n:int", (SELECT count(*) FROM vote_series WHERE back_at IS NULL) AS "series_n:int",
  (SELECT count(*) FROM vote_out WHERE back_id IS NULL) AS "out_n:int";

-- Votes that are out without a series that says so, or the other way round.
-- name: fair_stray :one
-- scan-ok: for the doctor
SELECT count(*) AS "n:int" FROM vote_series s WHERE s.out_n <> (SELECT count(*) FROM vote_out v WHERE v.series_id = s.id);

-- Posts whose count of votes set aside is not what is marked.
-- name: fair_aside_stray :one
-- scan-ok: for the doctor
SELECT count(*) AS "n:int" FROM post p LEFT JOIN (SELECT post_id, count(*) AS n FROM vote_out WHERE back_id IS NULL GROUP BY post_id) v ON v.post_id = p.id
WHERE p.set_aside_n <> COALESCE(v.n, 0);
