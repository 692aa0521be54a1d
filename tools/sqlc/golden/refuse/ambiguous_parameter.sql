-- expect: q: unknown parameter :note
-- name: q :many
SELECT i.id FROM item i WHERE i.id = :note;
