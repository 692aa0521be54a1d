-- expect: q: maker.name is TEXT, its alias says int
-- name: q :many
SELECT name AS "name:int" FROM maker;
