-- expect: q: the expression n has no type
-- name: q :one
SELECT count(*) AS "n:integer" FROM maker;
