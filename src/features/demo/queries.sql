-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The member whom a visitor of the demo looks as: the first of that role.
-- name: look_as_find :find
-- scan-ok: a demo has a hundred members
SELECT id FROM member WHERE role = :role AND deleted_at IS NULL ORDER BY id LIMIT 1;

