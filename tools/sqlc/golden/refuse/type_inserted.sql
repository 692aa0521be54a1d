-- expect: 4: q: :who is text, but item_tag.item_id is ID
-- name: q :exec
-- args: who text
INSERT INTO item_tag (item_id, tag) VALUES (:who, :tag);
