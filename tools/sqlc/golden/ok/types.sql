-- name: item_stats :one
-- scan-ok: the report of the week
SELECT count(*) AS "n:int", CAST(sum(stock) AS INT) AS "stock:int?", max(price) AS "top:real?", max(name) AS "last:text?",
  max(made_at) AS "newest:time?", EXISTS (SELECT 1 FROM maker) AS "makers:bool" FROM item;

-- name: item_with_maker :many
-- args: q text?, ids_from id
SELECT i.id, m.name AS "maker?", m.id AS "maker_id!", COALESCE(m.name, 'a ? b "c" \ d') AS "shown:text"
FROM item i LEFT JOIN maker m ON m.id = i.maker_id
WHERE i.id BETWEEN :ids_from AND :id AND (i.name = :q OR :q IS NULL) ORDER BY i.id LIMIT 10;

-- name: tagged :many
SELECT t.item_id FROM item_tag t WHERE t.item_id IN (:item_id) AND t.tag <> :tag;
