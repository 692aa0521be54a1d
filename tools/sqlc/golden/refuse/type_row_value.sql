-- expect: q: :b is text, but item.id is ID
-- name: q :many
-- args: a time, b text
SELECT id FROM item WHERE (made_at, id) < (:a, :b) ORDER BY made_at DESC, id DESC LIMIT 5;
