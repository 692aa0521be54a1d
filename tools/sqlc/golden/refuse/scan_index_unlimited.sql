-- expect: q scans the table item
-- name: q :many
SELECT made_at, id FROM item ORDER BY made_at DESC, id DESC;
