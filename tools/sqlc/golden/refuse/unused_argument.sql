-- expect: 2: q: argument b is not used
-- name: q :many
-- args: b int
SELECT id FROM maker;
