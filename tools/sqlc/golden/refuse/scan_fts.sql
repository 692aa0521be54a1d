-- expect: q scans the table item_fts
-- name: q :many
SELECT rowid AS "id:id" FROM item_fts;
