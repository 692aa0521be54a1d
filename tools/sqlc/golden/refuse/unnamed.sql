-- expect: is no name for a result; give it an alias
-- name: q :one
SELECT count(*) FROM maker;
