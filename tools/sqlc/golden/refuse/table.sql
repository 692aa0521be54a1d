-- expect: q: no such table: itm
-- name: q :many
SELECT name FROM itm;
