-- expect: q returns no rows: its kind is :exec or :execn
-- name: q :many
DELETE FROM maker WHERE id = :id;
