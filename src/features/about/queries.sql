-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: about_find :find
SELECT source FROM about WHERE member_id = :member_id;

-- name: about_put :exec
INSERT INTO about (member_id, source, at_ms) VALUES (:member_id, :source, :at_ms)
ON CONFLICT (member_id) DO UPDATE SET source = excluded.source, at_ms = excluded.at_ms;

-- name: about_delete :exec
DELETE FROM about WHERE member_id = :member_id;
