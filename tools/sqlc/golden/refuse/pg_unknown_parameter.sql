-- expect: 6: q: unknown parameter :zz
-- name: q :many
-- @lite
SELECT id FROM maker;
-- @pg
SELECT id FROM maker WHERE id > :zz;
