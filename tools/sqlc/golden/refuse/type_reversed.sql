-- expect: q: :a is id, but item.made_at is TIME
-- name: q :many
-- args: a id
SELECT id FROM item i WHERE :a < i.made_at AND i.id = :id;
