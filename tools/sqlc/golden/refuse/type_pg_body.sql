-- expect: q: :a is text, but item.id is ID
-- name: q :many
-- args: a text
-- @lite
SELECT id FROM item WHERE name = :a;
-- @pg
SELECT id FROM item WHERE id = :a;
