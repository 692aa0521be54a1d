-- expect: 3: q: name the columns instead of *
-- name: q :many
SELECT m.* FROM maker m;
