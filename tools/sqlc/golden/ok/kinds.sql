-- What every kind becomes.

-- name: item_get :one
SELECT id, name, price, live, picture, made_at FROM item WHERE id = :id;

-- name: item_find_by_name :find
SELECT id, low FROM item WHERE name = :name;

-- name: item_list_newest :many
-- args: before_at time, before_id id, limit int
SELECT i.id, i.name, i.note_html AS "note:html?", i.colour
FROM item i
WHERE (i.made_at, i.id) < (:before_at, :before_id) -- keyset
ORDER BY i.made_at DESC, i.id DESC LIMIT :limit;

-- name: item_each :each
-- args: after id
SELECT id, name FROM item WHERE id > :after ORDER BY id;

-- name: item_create :exec
INSERT INTO item (id, maker_id, name, price, stock, low, live, made_at)
VALUES (:id, :maker_id, :name, :price, :stock, :low, :live, :made_at);

-- name: item_sell :execn
-- args: n int
UPDATE item SET stock = stock - :n WHERE id = :id AND stock >= :n;

-- name: item_restock :one
-- args: n int
UPDATE item SET stock = stock + :n WHERE id = :id RETURNING stock;

-- name: maker_list :many
SELECT id, name FROM maker ORDER BY name;
