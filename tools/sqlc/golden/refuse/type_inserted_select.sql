-- expect: q: :t is int, but item_tag.tag is TEXT
-- name: q :exec
-- args: t int
INSERT INTO item_tag (item_id, tag) SELECT id, :t FROM item WHERE id = :id;
