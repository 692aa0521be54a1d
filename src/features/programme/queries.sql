-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: terms_newest :find
SELECT version, source, html AS "html:html", days, at_ms FROM programme_terms ORDER BY version DESC LIMIT 1;

-- name: terms_insert :exec
-- args: by_id id?
INSERT INTO programme_terms (version, source, html, days, at_ms, by_id) VALUES (:version, :source, :html, :days, :at_ms, :by_id);

-- The first private space of the programme.
-- name: programme_space :find
SELECT slug, title FROM space WHERE visibility = 2 ORDER BY position, id LIMIT 1;

-- name: programme_find :find
SELECT member_id, state, area, why, terms, changed_at, since, until, rest_since, rest_until FROM programme_member WHERE member_id = :member_id;

-- name: programme_put :exec
-- args: member_id id, state int, area text, why text, terms int, changed_at time, since time?, until time?, rest_since time?, rest_until time?
INSERT INTO programme_member (member_id, state, area, why, terms, changed_at, since, until, rest_since, rest_until)
VALUES (:member_id, :state, :area, :why, :terms, :changed_at, :since, :until, :rest_since, :rest_until)
ON CONFLICT (member_id) DO UPDATE SET state = excluded.state, area = excluded.area, why = excluded.why, terms = excluded.terms,
  changed_at = excluded.changed_at, since = excluded.since, until = excluded.until, rest_since = excluded.rest_since, rest_until = excluded.rest_until;

-- name: programme_step_insert :exec
-- args: by_id id?
INSERT INTO programme_step (id, member_id, kind, at_ms, by_id, note) VALUES (:id, :member_id, :kind, :at_ms, :by_id, :note);

-- name: programme_steps :many
-- args: member_id id, limit int
SELECT s.id, s.kind, s.at_ms, s.note, b.handle AS "by:text?" FROM programme_step s LEFT JOIN member b ON b.id = s.by_id
WHERE s.member_id = :member_id ORDER BY s.id DESC LIMIT :limit;

-- Who is in each state, who came last first.
-- name: programme_list :many
-- args: from int, to int, limit int
SELECT p.member_id, p.state, p.area, p.why, p.terms, p.changed_at, p.since, p.until, p.rest_until, m.handle, m.kept_n, m.solved_n,
  (SELECT COALESCE(max(t.version), 0) FROM programme_terms t) AS "newest:int"
FROM programme_member p JOIN member m ON m.id = p.member_id
WHERE p.state >= :from AND p.state <= :to AND m.deleted_at IS NULL ORDER BY p.state, p.changed_at DESC, p.member_id DESC LIMIT :limit;

-- name: programme_over :many
-- args: now time
SELECT member_id FROM programme_member WHERE state = 3 AND until <= :now ORDER BY member_id LIMIT 500;

-- name: programme_rested :many
-- args: now time
SELECT member_id FROM programme_member WHERE state = 4 AND rest_until <= :now ORDER BY member_id LIMIT 500;

-- The first of the board, with their ranks.
-- name: programme_ranked :many
-- args: limit int
SELECT m.id, s.rank AS "rank:int" FROM member m JOIN standing s ON s.member_id = m.id
WHERE m.place > 0 AND m.deleted_at IS NULL AND m.board_off = 0 ORDER BY m.place, m.reputation DESC, m.id LIMIT :limit;

-- hidden: which of the areas are tags that not everybody sees.
-- name: programme_who :find
-- args: id id
-- @lite
SELECT m.id, m.handle, m.role, m.affiliation, m.rank_name, m.rank_level, m.given_n, m.solved_n, m.kept_n, m.deleted_at, s.areas AS "areas:text?",
  (SELECT group_concat(g.name, ' ') FROM tag g WHERE g.visibility > 0 AND instr(char(10) || s.areas, char(10) || g.name || ' ') > 0) AS "hidden:text?"
FROM member m LEFT JOIN standing s ON s.member_id = m.id WHERE m.id = :id;
-- @pg
SELECT m.id, m.handle, m.role, m.affiliation, m.rank_name, m.rank_level, m.given_n, m.solved_n, m.kept_n, m.deleted_at, s.areas AS "areas:text?",
  (SELECT string_agg(g.name, ' ') FROM tag g WHERE g.visibility > 0 AND strpos(chr(10) || s.areas, chr(10) || g.name || ' ') > 0) AS "hidden:text?"
FROM member m LEFT JOIN standing s ON s.member_id = m.id WHERE m.id = :id;
