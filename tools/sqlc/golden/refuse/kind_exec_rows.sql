-- expect: q returns rows: its kind cannot be :exec
-- name: q :exec
SELECT id FROM maker;
