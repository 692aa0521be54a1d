-- expect: q: second result called name
-- name: q :many
SELECT i.name, m.name FROM item i JOIN maker m ON m.id = i.maker_id WHERE i.id = :id;
