-- expect: 4: q: OFFSET is not allowed
-- name: q :many
-- args: limit int, skip int
SELECT id FROM maker LIMIT :limit OFFSET :skip;
