-- SPDX-License-Identifier: AGPL-3.0-or-later
-- ids is a JSON array.
-- name: super_names :many
-- args: ids text
-- @lite
SELECT m.id, m.handle, m.role, m.affiliation FROM json_each(:ids) j JOIN member m ON m.id = j.value WHERE m.deleted_at IS NULL;
-- @pg
SELECT m.id, m.handle, m.role, m.affiliation FROM member m
WHERE m.id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) v) AND m.deleted_at IS NULL;

-- name: super_places :many
-- args: limit int
SELECT id, standing FROM member WHERE place > 0 AND deleted_at IS NULL AND board_off = 0 ORDER BY place, id LIMIT :limit;
