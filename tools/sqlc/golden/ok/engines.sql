-- name: item_search :many
-- args: q text, limit int
-- @lite
SELECT i.id, i.name, hearth_tf(item_fts) AS "tf:blob"
FROM item_fts JOIN item i ON i.id = item_fts.rowid WHERE item_fts MATCH :q ORDER BY item_fts.rowid DESC LIMIT :limit;
-- @pg
SELECT i.id, i.name, CAST('' AS BLOB) AS tf
FROM item_fts f JOIN item i ON i.id = f.rowid WHERE f.tsv @@ to_tsquery('simple', :q) ORDER BY f.rowid DESC LIMIT :limit;
-- @end

-- name: item_index :exec
-- @lite
INSERT INTO item_fts (rowid, name, note) VALUES (:rowid, :name, :note);
-- @pg
INSERT INTO item_fts (rowid, tsv) VALUES (:rowid, to_tsvector('simple', :name || ' ' || :note));

-- name: item_rename :execn
UPDATE item SET name = :name WHERE id = :id AND name IS DISTINCT FROM :name;
