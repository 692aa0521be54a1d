-- expect: q: name comes from a LEFT JOIN
-- name: q :many
SELECT x.name FROM (SELECT m.name AS name FROM item i LEFT JOIN maker m ON m.id = i.maker_id WHERE i.id = :id) x;
