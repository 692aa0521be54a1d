-- expect: q: :b is int, but item.made_at is TIME
-- name: q :many
-- args: a time, b int
SELECT id FROM item WHERE made_at BETWEEN :a AND :b ORDER BY made_at LIMIT 9;
