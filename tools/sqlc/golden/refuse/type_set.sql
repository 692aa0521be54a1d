-- expect: q: :price is int, but item.price is REAL
-- name: q :exec
-- args: price int
UPDATE item SET price = :price WHERE id = :id;
