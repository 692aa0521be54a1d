-- expect: q scans the table shelf (SEARCH h USING PRIMARY KEY (space_id=?))
-- name: q :many
-- args: space id
SELECT h.item_id FROM shelf h CROSS JOIN item i WHERE h.space_id = :space AND i.id = h.item_id AND i.made_at = h.made_at AND i.name = 'a' LIMIT 9;
