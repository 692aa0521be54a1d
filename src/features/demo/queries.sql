-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The member whom a visitor of the demo looks as: the first of that role.
-- name: look_as_find :find
-- scan-ok: a demo has a hundred members
SELECT id FROM member WHERE role = :role AND deleted_at IS NULL ORDER BY id LIMIT 1;


-- The first of the board who are neither staff nor moderators.
-- name: demo_first :many
-- args: limit int
SELECT m.id, m.handle, s.areas FROM member m JOIN standing s ON s.member_id = m.id
WHERE m.place > 0 AND m.deleted_at IS NULL AND m.board_off = 0 AND m.role < 2 AND m.affiliation = 1 ORDER BY m.place, m.reputation DESC, m.id LIMIT :limit;

-- The author with most answers, and answers of theirs that somebody did not vote on yet.
-- name: demo_voted :many
-- args: author id, voter id, limit int
SELECT p.id FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.author_id = :author AND p.number > 0 AND p.deleted_at IS NULL AND t.deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.post_id = p.id AND v.member_id = :voter) ORDER BY p.created_at DESC, p.id DESC LIMIT :limit;

-- Solutions of open topics, the oldest first: whoever opens ten topics of today reads nothing twice.
-- name: demo_solved :many
-- args: limit int
SELECT t.id AS "topic_id:id", p.author_id, p.created_at, p.body_html FROM topic t JOIN post p ON p.id = t.solution_id
WHERE t.deleted_at IS NULL AND t.closed_at IS NULL AND p.author_id IS NOT NULL AND p.text_n > 120 ORDER BY t.bumped_at, t.id LIMIT :limit;
