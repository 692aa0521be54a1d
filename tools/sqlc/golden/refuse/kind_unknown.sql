-- expect: q: the kind must be one of :one
-- name: q :all
SELECT id FROM maker;
