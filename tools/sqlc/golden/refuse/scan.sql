-- expect: 2: q scans the table item (SCAN item)
-- name: q :many
SELECT id FROM item WHERE colour = :colour;
