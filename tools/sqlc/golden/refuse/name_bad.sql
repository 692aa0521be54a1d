-- expect: 'Q-1' is no name for a query
-- name: Q-1 :many
SELECT id FROM maker;
