-- expect: want NAME TYPE
-- name: q :many
-- args: default text
SELECT id FROM maker WHERE name = :default;
