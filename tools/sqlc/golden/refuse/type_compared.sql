-- expect: 5: q: :name is int, but item.name is TEXT
-- name: q :many
-- args: name int
SELECT id FROM item
WHERE name = :name;
