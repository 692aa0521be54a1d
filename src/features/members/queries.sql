-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: member_insert :exec
-- args: display_name text?, email text?, email_key text?, password_hash text?, location text?, website text?, about_html text?, origin_channel text?, origin_id text?, origin_url text?
INSERT INTO member (id, handle, handle_key, display_name, email, email_key, password_hash, role, affiliation, joined_at,
  location, website, about_html, reputation, topics_n, answers_n, comments_n, solutions_n, kudos_n, origin_channel, origin_id, origin_url)
VALUES (:id, :handle, :handle_key, :display_name, :email, :email_key, :password_hash, :role, :affiliation, :joined_at,
  :location, :website, :about_html, :reputation, 0, 0, 0, 0, 0, :origin_channel, :origin_id, :origin_url);

-- name: member_get :one
SELECT id, handle, display_name, role, affiliation, verified, joined_at, location, website, about_html AS "about_html:html?", reputation, topics_n,
  answers_n, comments_n, solutions_n, kudos_n, deleted_at, origin_channel, origin_url, standing, place, place_to, rank_name, rank_level,
  area, given_n, solved_n, kept_n, board_off, circle, circle_since, circle_area
FROM member WHERE id = :id;

-- name: member_find_by_handle :find
SELECT id, handle, display_name, role, affiliation, joined_at, location, website, about_html AS "about_html:html?", reputation, topics_n,
  answers_n, comments_n, solutions_n, kudos_n, deleted_at, origin_channel, origin_url, standing, place, place_to, rank_name, rank_level,
  area, areas, given_n, solved_n, kept_n, board_off, circle, circle_since, circle_area
FROM member WHERE handle_key = :handle_key;

-- name: member_find_credentials :find
-- args: handle_key text, email_key text
SELECT id, handle, role, affiliation, password_hash, deleted_at FROM member WHERE handle_key = :handle_key
UNION ALL
SELECT id, handle, role, affiliation, password_hash, deleted_at FROM member WHERE email_key = :email_key
LIMIT 1;

-- name: member_list_taken :many
-- args: handle_key text, email_key text?
SELECT id, handle_key, email_key FROM member WHERE handle_key = :handle_key
UNION ALL
SELECT id, handle_key, email_key FROM member WHERE email_key = :email_key
LIMIT 2;

-- name: member_find_by_origin :find
SELECT id FROM member WHERE origin_channel = :origin_channel AND origin_id = :origin_id;

-- name: member_set_password :execn
UPDATE member SET password_hash = :password_hash WHERE id = :id;

-- name: member_set_about :execn
-- args: about_html text?
UPDATE member SET about_html = :about_html WHERE id = :id AND deleted_at IS NULL;

-- name: member_set_role :exec
UPDATE member SET role = :role WHERE id = :id;

-- name: member_set_affiliation :exec
UPDATE member SET affiliation = :affiliation, verified = :verified WHERE id = :id;

-- name: member_count_role :one
-- scan-ok: asked when an administrator is made something else, by command only
SELECT count(*) AS "n:int" FROM member WHERE role = :role AND deleted_at IS NULL;

-- The audit list of core, with the names that only this feature knows.
-- name: member_list_audit :many
-- scan-ok: by the key from its end, by command only
-- args: limit int
SELECT a.at_ms, a.action, a.subject_id, a.detail, w.handle AS "actor:text?", s.handle AS "subject:text?"
FROM audit a LEFT JOIN member w ON w.id = a.actor_id LEFT JOIN member s ON s.id = a.subject_id
ORDER BY a.id DESC LIMIT :limit;

-- name: member_add_counts :exec
-- args: topics int, answers int, comments int, solutions int, kudos int
UPDATE member SET topics_n = topics_n + :topics, answers_n = answers_n + :answers, comments_n = comments_n + :comments,
  solutions_n = solutions_n + :solutions, kudos_n = kudos_n + :kudos
WHERE id = :id;

-- name: member_put_standing :exec
-- args: rank_name text?, area text?, areas text?
UPDATE member SET standing = :standing, place = :place, place_to = :place_to, rank_name = :rank_name, rank_level = :rank_level,
  area = :area, areas = :areas, given_n = :given_n, solved_n = :solved_n, kept_n = :kept_n, grants = :grants, grants_area = :grants_area,
  votes_a_day = :votes_a_day
WHERE id = :id;

-- name: member_set_attention :exec
UPDATE member SET attention = :attention WHERE id = :id;

-- name: member_set_board_off :exec
UPDATE member SET board_off = :board_off WHERE id = :id;

-- The highest published figure, and the standing of who has the first place.
-- name: member_get_top :one
SELECT (SELECT reputation FROM member WHERE deleted_at IS NULL AND board_off = 0 ORDER BY reputation DESC, id DESC LIMIT 1) AS "reputation:int?",
  (SELECT standing FROM member WHERE deleted_at IS NULL AND board_off = 0 AND place > 0 ORDER BY place, reputation DESC, id LIMIT 1) AS "standing:int?";

-- Everybody whose points have faded has the same place: among them the published figure says who is named first. In three
-- parts, see member_list_board: behind :id those with the same figure, then those with less, then the next places.
-- name: member_list_places :many
-- args: place int, limit int
SELECT id, handle, affiliation, reputation, kudos_n, joined_at, standing, place, place_to, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND place > :place ORDER BY place, reputation DESC, id LIMIT :limit;

-- name: member_list_places_below :many
-- args: place int, id id, limit int
SELECT id, handle, affiliation, reputation, kudos_n, joined_at, standing, place, place_to, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND place = :place AND reputation < (SELECT r.reputation FROM member r WHERE r.id = :id)
ORDER BY reputation DESC, id LIMIT :limit;

-- name: member_list_places_same :many
-- args: place int, id id, limit int
SELECT id, handle, affiliation, reputation, kudos_n, joined_at, standing, place, place_to, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND place = :place AND reputation = (SELECT r.reputation FROM member r WHERE r.id = :id)
AND id > :id ORDER BY id LIMIT :limit;

-- Many have the same figure, and (figure, id) < (…) would walk all of them: on SQLite the id is the number of the row, which no
-- search in an index compares after another column. So those with the same figure are asked for apart, and first.
-- name: member_list_board :many
-- args: reputation int, limit int
SELECT id, handle, affiliation, reputation, answers_n, solutions_n, kudos_n, joined_at, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND reputation < :reputation ORDER BY reputation DESC, id DESC LIMIT :limit;

-- name: member_list_board_same :many
-- args: reputation int, id id, limit int
SELECT id, handle, affiliation, reputation, answers_n, solutions_n, kudos_n, joined_at, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND reputation = :reputation AND id < :id ORDER BY id DESC LIMIT :limit;

-- name: member_list_solvers :many
-- args: solutions int, limit int
SELECT id, handle, affiliation, reputation, answers_n, solutions_n, kudos_n, joined_at, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND solutions_n < :solutions ORDER BY solutions_n DESC, id DESC LIMIT :limit;

-- name: member_list_solvers_same :many
-- args: solutions int, id id, limit int
SELECT id, handle, affiliation, reputation, answers_n, solutions_n, kudos_n, joined_at, rank_name, rank_level, area, given_n, solved_n, kept_n
FROM member WHERE deleted_at IS NULL AND board_off = 0 AND solutions_n = :solutions AND id < :id ORDER BY id DESC LIMIT :limit;

-- name: member_count :one
-- scan-ok: counts every member, for `stats` only
SELECT count(*) AS "n:int" FROM member;

-- name: session_insert :exec
INSERT INTO session (token_hash, member_id, created_at, expires_at)
VALUES (:token_hash, :member_id, :created_at, :expires_at);

-- name: session_find :find
SELECT m.id, m.handle, m.role, m.affiliation, m.circle, m.attention, s.expires_at, m.grants, m.grants_area, m.votes_a_day,
  CASE WHEN m.grants_area <> 0 THEN m.areas END AS "areas:text?"
FROM session s JOIN member m ON m.id = s.member_id
WHERE s.token_hash = :token_hash AND m.deleted_at IS NULL;

-- name: session_delete :exec
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_delete_of_member :exec
DELETE FROM session WHERE member_id = :member_id;

-- name: session_purge :exec
-- args: before time
DELETE FROM session WHERE expires_at < :before;

-- name: api_token_insert :exec
INSERT INTO api_token (token_hash, id, member_id, label, created_at)
VALUES (:token_hash, :id, :member_id, :label, :created_at);

-- name: api_token_find :find
SELECT m.id, m.handle, m.role, m.affiliation, m.circle, m.grants, m.grants_area, m.votes_a_day,
  CASE WHEN m.grants_area <> 0 THEN m.areas END AS "areas:text?"
FROM api_token t JOIN member m ON m.id = t.member_id
WHERE t.token_hash = :token_hash AND m.deleted_at IS NULL;

-- name: api_token_list :many
-- args: limit int
SELECT id, label, created_at FROM api_token WHERE member_id = :member_id ORDER BY created_at DESC LIMIT :limit;

-- name: api_token_delete :execn
DELETE FROM api_token WHERE member_id = :member_id AND id = :id;

-- name: api_token_delete_of_member :execn
DELETE FROM api_token WHERE member_id = :member_id;

-- name: badge_list :many
-- args: limit int
SELECT name, level, at_ms FROM badge WHERE member_id = :member_id ORDER BY at_ms DESC, id DESC LIMIT :limit;

-- name: badge_insert :execn
-- args: origin_id text?
INSERT INTO badge (id, member_id, name, level, at_ms, origin_id)
VALUES (:id, :member_id, :name, :level, :at_ms, :origin_id)
ON CONFLICT (origin_id) WHERE origin_id IS NOT NULL DO NOTHING;

-- name: external_figure_put :exec
INSERT INTO external_figure (member_id, source, name, value, at_ms)
VALUES (:member_id, :source, :name, :value, :at_ms)
ON CONFLICT (member_id, source, name) DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms;

-- name: member_put_circle :exec
-- args: circle_since time?, circle_area text?
UPDATE member SET circle = :circle, circle_since = :circle_since, circle_area = :circle_area WHERE id = :id;

-- Those who rest: few.
-- name: member_resting :many
SELECT id FROM member WHERE circle > 0 AND circle = 2 ORDER BY id LIMIT 10000;
