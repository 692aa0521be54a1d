-- expect: second argument called b
-- name: q :many
-- args: b text, b text
SELECT id FROM maker WHERE name = :b;
