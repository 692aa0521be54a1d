-- expect: RIGHT, FULL and NATURAL joins are not portable
-- name: q :many
SELECT i.id FROM item i RIGHT JOIN maker m ON m.id = i.maker_id WHERE m.id = :id;
