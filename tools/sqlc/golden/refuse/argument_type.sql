-- expect: 3: argument 'b string': want NAME TYPE
-- name: q :many
-- args: b string
SELECT id FROM maker WHERE name = :b;
