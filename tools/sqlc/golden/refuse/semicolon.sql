-- expect: q does not end with a semicolon
-- name: q :many
SELECT id FROM maker
