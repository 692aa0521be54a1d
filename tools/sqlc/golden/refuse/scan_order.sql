-- expect: q scans the table item
-- name: q :many
-- args: limit int
SELECT id FROM item ORDER BY price LIMIT :limit;
