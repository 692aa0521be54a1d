-- expect: q: :a is int, but item.maker_id is ID
-- name: q :many
-- args: a int
SELECT id FROM item WHERE id = :id AND maker_id NOT IN (:a, 7);
