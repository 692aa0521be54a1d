-- expect: q: n comes from a LEFT JOIN
-- name: q :many
SELECT i.id, x.n FROM item i LEFT JOIN (SELECT id, name AS n FROM maker) x ON x.id = i.maker_id WHERE i.id = :id;
