-- expect: 3: q: maker comes from a LEFT JOIN; mark it "maker?"
-- name: q :many
SELECT i.id, m.name AS maker FROM item i LEFT JOIN maker m ON m.id = i.maker_id WHERE i.id = :id;
