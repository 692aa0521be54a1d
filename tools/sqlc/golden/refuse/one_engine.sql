-- expect: q has no statement for PostgreSQL
-- name: q :many
-- @lite
SELECT id FROM maker;
