-- expect: 4: q: no such column: nam
-- name: q :many
SELECT id,
  nam FROM item WHERE id = :id;
