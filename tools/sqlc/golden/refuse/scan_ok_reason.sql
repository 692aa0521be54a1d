-- expect: 3: scan-ok wants a reason
-- name: q :many
-- scan-ok:
SELECT id FROM item WHERE colour = :colour;
