-- expect: 4: second query called q (the first is at line 2)
-- name: q :many
SELECT id FROM maker;
-- name: q :many
SELECT name FROM maker;
