-- expect: 3: q: unknown parameter :nobody
-- name: q :many
SELECT id FROM maker WHERE id = :nobody;
