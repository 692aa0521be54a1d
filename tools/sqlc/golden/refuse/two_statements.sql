-- expect: 4: text after the end of q: one statement a query
-- name: q :many
SELECT id FROM maker;
SELECT name FROM maker;
