-- expect: q scans nothing large: leave out scan-ok
-- name: q :many
-- scan-ok: because
SELECT id FROM maker;
