-- expect: 3: q: the expression n has no type
-- name: q :one
SELECT count(*) AS n FROM maker;
