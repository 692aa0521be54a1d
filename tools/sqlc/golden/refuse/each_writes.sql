-- expect: q writes: its kind cannot be :each
-- name: q :each
DELETE FROM maker WHERE id = :id RETURNING id;
