-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: about_find :find
SELECT source FROM about WHERE member_id = :member_id;

-- name: about_put :exec
INSERT INTO about (member_id, source, at_ms) VALUES (:member_id, :source, :at_ms)
ON CONFLICT (member_id) DO UPDATE SET source = excluded.source, at_ms = excluded.at_ms;

-- name: about_delete :exec
DELETE FROM about WHERE member_id = :member_id;

-- name: profile_report_insert :execn
-- args: note text?
INSERT INTO profile_report (id, member_id, reporter_id, note, at_ms) VALUES (:id, :member_id, :reporter_id, :note, :at_ms)
ON CONFLICT (member_id, reporter_id) WHERE closed_at IS NULL DO NOTHING;

-- name: profile_report_find_open :find
SELECT id FROM profile_report WHERE member_id = :member_id AND reporter_id = :reporter_id AND closed_at IS NULL;

-- name: profile_report_list_open :many
-- args: limit int
SELECT r.id, r.note, r.at_ms, m.handle AS "handle:text", m.about_html AS "about:html?", w.handle AS "reporter:text?"
FROM profile_report r JOIN member m ON m.id = r.member_id LEFT JOIN member w ON w.id = r.reporter_id
WHERE r.closed_at IS NULL ORDER BY r.at_ms, r.id LIMIT :limit;

-- name: profile_report_close :execn
-- args: closed_at time
UPDATE profile_report SET closed_at = :closed_at WHERE id = :id AND closed_at IS NULL;

-- name: profile_report_close_of :exec
-- args: closed_at time
UPDATE profile_report SET closed_at = :closed_at WHERE member_id = :member_id AND closed_at IS NULL;
