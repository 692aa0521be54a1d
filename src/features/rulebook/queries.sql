-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: trial_insert :exec
INSERT INTO rule_trial (id, kind, author_id, at_ms, toml, state) VALUES (:id, :kind, :author_id, :at_ms, :toml, :state);

-- name: trial_find :find
SELECT t.id, t.kind, t.at_ms, t.toml, t.state, t.why, t.done_at, m.handle AS "author:text?"
FROM rule_trial t LEFT JOIN member m ON m.id = t.author_id WHERE t.id = :id;

-- name: trial_newest :find
-- args: kind int
SELECT id, state, at_ms FROM rule_trial WHERE kind = :kind ORDER BY id DESC LIMIT 1;

-- name: trial_list :many
-- args: kind int, limit int
SELECT t.id, t.at_ms, t.state, m.handle AS "author:text?" FROM rule_trial t LEFT JOIN member m ON m.id = t.author_id
WHERE t.kind = :kind ORDER BY t.id DESC LIMIT :limit;

-- name: trial_close :exec
-- args: why text?, done_at time
UPDATE rule_trial SET state = :state, why = :why, done_at = :done_at WHERE id = :id;

-- name: figure_put :exec
INSERT INTO rule_figure (trial_id, name, side, value) VALUES (:trial_id, :name, :side, :value)
ON CONFLICT (trial_id, name, side) DO UPDATE SET value = excluded.value;

-- name: figure_list :many
SELECT name, side, value FROM rule_figure WHERE trial_id = :trial_id ORDER BY name, side LIMIT 1000;

-- name: move_put :exec
-- args: rank_before text?, rank_after text?
INSERT INTO rule_move (trial_id, number, member_id, place_before, place_after, rank_before, rank_after)
VALUES (:trial_id, :number, :member_id, :place_before, :place_after, :rank_before, :rank_after)
ON CONFLICT (trial_id, number) DO NOTHING;

-- name: move_list :many
SELECT v.place_before, v.place_after, v.rank_before, v.rank_after, m.handle AS "handle:text?"
FROM rule_move v LEFT JOIN member m ON m.id = v.member_id WHERE v.trial_id = :trial_id ORDER BY v.number LIMIT 100;
