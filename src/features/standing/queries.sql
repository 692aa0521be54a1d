-- SPDX-License-Identifier: AGPL-3.0-or-later
-- name: ruleset_newest :find
SELECT r.version, r.name, r.toml, r.engine, r.published_at, r.published_by, r.note, m.handle AS "publisher:text?"
FROM ruleset r LEFT JOIN member m ON m.id = r.published_by ORDER BY r.version DESC LIMIT 1;

-- name: ruleset_list :many
SELECT r.version, r.name, r.hash, r.engine, r.published_at, r.note, m.handle AS "publisher:text?"
FROM ruleset r LEFT JOIN member m ON m.id = r.published_by ORDER BY r.version DESC LIMIT 50;

-- name: ruleset_insert :execn
-- args: published_by id?, note text?
INSERT INTO ruleset (version, name, toml, hash, engine, published_at, published_by, note)
VALUES (:version, :name, :toml, :hash, :engine, :published_at, :published_by, :note) ON CONFLICT (version) DO NOTHING;

-- name: pass_find :find
SELECT day, at_ms, fact_id, version, profile, seeds_found, members_n, ranked_n, settled_n, settled_accepted_n, metrics FROM reputation_pass WHERE id = 1;

-- name: pass_put :exec
INSERT INTO reputation_pass (id, day, at_ms, fact_id, version, profile, seeds_found, members_n, ranked_n, settled_n, settled_accepted_n, metrics)
VALUES (1, :day, :at_ms, :fact_id, :version, :profile, :seeds_found, :members_n, :ranked_n, :settled_n, :settled_accepted_n, :metrics)
ON CONFLICT (id) DO UPDATE SET day = excluded.day, at_ms = excluded.at_ms, fact_id = excluded.fact_id, version = excluded.version,
  profile = excluded.profile, seeds_found = excluded.seeds_found, members_n = excluded.members_n, ranked_n = excluded.ranked_n,
  settled_n = excluded.settled_n, settled_accepted_n = excluded.settled_accepted_n, metrics = excluded.metrics;

-- name: standing_find :find
SELECT member_id, day, credibility, contribution, engagement, conduct, reach, trusted, untrusted, base, events_n, answers_n, solved_n, kept_n,
  helped_n, settled_n, settled_kept_n, areas, place, place_to, percentile, rank, rank_since, rank_low_since, badges
FROM standing WHERE member_id = :member_id;

-- name: standing_each :each
-- scan-ok: everybody's standing is what is asked for
SELECT member_id, day, credibility, contribution, engagement, conduct, reach, trusted, untrusted, base, events_n, answers_n, solved_n, kept_n,
  helped_n, settled_n, settled_kept_n, areas, place, place_to, percentile, rank, rank_since, rank_low_since, badges
FROM standing;

-- Changes nothing where rank or badges are others than they were (rank_before is negative: there was no standing).
-- name: standing_put :execn
-- args: rank_before int, badges_before text
INSERT INTO standing (member_id, day, credibility, contribution, engagement, conduct, reach, trusted, untrusted, base, events_n, answers_n,
  solved_n, kept_n, helped_n, settled_n, settled_kept_n, areas, place, place_to, percentile, rank, rank_since, rank_low_since, badges)
VALUES (:member_id, :day, :credibility, :contribution, :engagement, :conduct, :reach, :trusted, :untrusted, :base, :events_n, :answers_n,
  :solved_n, :kept_n, :helped_n, :settled_n, :settled_kept_n, :areas, :place, :place_to, :percentile, :rank, :rank_since, :rank_low_since, :badges)
ON CONFLICT (member_id) DO UPDATE SET day = excluded.day, credibility = excluded.credibility, contribution = excluded.contribution,
  engagement = excluded.engagement, conduct = excluded.conduct, reach = excluded.reach, trusted = excluded.trusted,
  untrusted = excluded.untrusted, base = excluded.base, events_n = excluded.events_n, answers_n = excluded.answers_n,
  solved_n = excluded.solved_n, kept_n = excluded.kept_n, helped_n = excluded.helped_n, settled_n = excluded.settled_n,
  settled_kept_n = excluded.settled_kept_n, areas = excluded.areas, place = excluded.place, place_to = excluded.place_to,
  percentile = excluded.percentile, rank = excluded.rank, rank_since = excluded.rank_since, rank_low_since = excluded.rank_low_since,
  badges = excluded.badges
WHERE :rank_before < 0 OR (standing.rank = :rank_before AND standing.badges = :badges_before);

-- The same where there is a standing: all of it is other by the next day, and that takes half of what standing_put does.
-- name: standing_update :execn
-- args: rank_before int, badges_before text, member_id id
UPDATE standing SET day = :day, credibility = :credibility, contribution = :contribution, engagement = :engagement, conduct = :conduct,
  reach = :reach, trusted = :trusted, untrusted = :untrusted, base = :base, events_n = :events_n, answers_n = :answers_n,
  solved_n = :solved_n, kept_n = :kept_n, helped_n = :helped_n, settled_n = :settled_n, settled_kept_n = :settled_kept_n, areas = :areas,
  place = :place, place_to = :place_to, percentile = :percentile, rank = :rank, rank_since = :rank_since, rank_low_since = :rank_low_since,
  badges = :badges
WHERE member_id = :member_id AND rank = :rank_before AND badges = :badges_before;

-- name: trust_put :exec
INSERT INTO trust (member_id, seed, since_at, since_id, met_at, met_id, met_by, many_at, many_id)
VALUES (:member_id, :seed, :since_at, :since_id, :met_at, :met_id, :met_by, :many_at, :many_id)
ON CONFLICT (member_id) DO UPDATE SET seed = excluded.seed, since_at = excluded.since_at, since_id = excluded.since_id,
  met_at = excluded.met_at, met_id = excluded.met_id, met_by = excluded.met_by, many_at = excluded.many_at, many_id = excluded.many_id;

-- name: trust_delete :exec
DELETE FROM trust WHERE member_id = :member_id;

-- name: vouched_insert :exec
INSERT INTO vouched (member_id, fact_id) VALUES (:member_id, :fact_id) ON CONFLICT (member_id, fact_id) DO NOTHING;

-- name: vouched_delete :exec
DELETE FROM vouched;

-- name: fact_thread :find
-- args: subject id
-- The topic that a post or comment belongs to, and who asked.
SELECT t.id, t.author_id FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.id = :subject
UNION ALL SELECT t.id, t.author_id FROM topic t WHERE t.id = :subject
UNION ALL SELECT t.id, t.author_id FROM comment c JOIN topic t ON t.id = c.topic_id WHERE c.id = :subject;

-- Everybody whose score what happens to a topic may change: who wrote in it, and who judged what was written.
-- name: thread_members :many
-- args: topic id
SELECT x.id AS "id:id" FROM (
  SELECT t.author_id AS id FROM topic t WHERE t.id = :topic
  UNION SELECT p.author_id FROM post p WHERE p.topic_id = :topic
  UNION SELECT c.author_id FROM post p JOIN comment c ON c.post_id = p.id WHERE p.topic_id = :topic
  UNION SELECT f.actor_id FROM post p JOIN fact f ON f.target_id = p.author_id AND f.subject_id = p.id AND f.kind > 4 WHERE p.topic_id = :topic
) x WHERE x.id IS NOT NULL LIMIT 100000;

-- Whose page it is, with their standing, the last pass, and what of their areas (and of the one asked for) is not for who looks: spaces,
-- and tags that are in use in such spaces only.
-- name: why_head :find
-- args: clearance int, area text
-- @lite
SELECT m.id, m.handle, m.role, m.affiliation, m.board_off, m.rank_name, m.rank_level, m.deleted_at, m.reputation,
  s.place AS "place?", s.place_to AS "place_to?", s.rank AS "rank?", s.rank_since AS "rank_since?", s.areas AS "areas?", s.badges AS "badges?",
  w.profile AS "profile?", w.at_ms AS "pass_at:time?", w.ranked_n AS "ranked_n?", w.settled_n AS "settled_n?", w.settled_accepted_n AS "settled_accepted_n?",
  w.metrics AS "metrics?", (SELECT group_concat('s:' || h.slug, ' ') FROM space h WHERE h.visibility > :clearance) AS "spaces_hidden:text?",
  (SELECT group_concat(g.name, ' ') FROM tag g WHERE g.visibility > 0 AND g.visibility > :clearance AND (g.name = :area OR instr(char(10) || s.areas, char(10) || g.name || ' ') > 0)) AS "tags_hidden:text?"
FROM member m LEFT JOIN standing s ON s.member_id = m.id LEFT JOIN reputation_pass w ON w.id = 1
WHERE m.handle_key = :handle_key;
-- @pg
SELECT m.id, m.handle, m.role, m.affiliation, m.board_off, m.rank_name, m.rank_level, m.deleted_at, m.reputation,
  s.place AS "place?", s.place_to AS "place_to?", s.rank AS "rank?", s.rank_since AS "rank_since?", s.areas AS "areas?", s.badges AS "badges?",
  w.profile AS "profile?", w.at_ms AS "pass_at:time?", w.ranked_n AS "ranked_n?", w.settled_n AS "settled_n?", w.settled_accepted_n AS "settled_accepted_n?",
  w.metrics AS "metrics?", (SELECT string_agg('s:' || h.slug, ' ') FROM space h WHERE h.visibility > :clearance) AS "spaces_hidden:text?",
  (SELECT string_agg(g.name, ' ') FROM tag g WHERE g.visibility > 0 AND g.visibility > :clearance AND (g.name = :area OR strpos(chr(10) || s.areas, chr(10) || g.name || ' ') > 0)) AS "tags_hidden:text?"
FROM member m LEFT JOIN standing s ON s.member_id = m.id LEFT JOIN reputation_pass w ON w.id = 1
WHERE m.handle_key = :handle_key;

-- The topics of posts that are still there.
-- name: why_posts :many
-- args: ids text
-- @lite
SELECT p.id, p.number, t.id AS "topic_id:id", t.title, t.slug, s.visibility
FROM json_each(:ids) j JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;
-- @pg
SELECT p.id, p.number, t.id AS "topic_id:id", t.title, t.slug, s.visibility
FROM json_array_elements_text(CAST(:ids AS json)) j(value) JOIN post p ON p.id = CAST(j.value AS BIGINT)
JOIN topic t ON t.id = p.topic_id JOIN space s ON s.id = t.space_id
WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

-- name: objection_insert :exec
INSERT INTO objection (id, member_id, by_id, note, at_ms) VALUES (:id, :member_id, :by_id, :note, :at_ms);

-- name: objection_list :many
SELECT o.id, o.note, o.at_ms, m.handle AS "member:text?", b.handle AS "by:text?"
FROM objection o LEFT JOIN member m ON m.id = o.member_id LEFT JOIN member b ON b.id = o.by_id
WHERE o.closed_at IS NULL ORDER BY o.at_ms, o.id LIMIT 200;

-- name: objection_close :execn
-- args: closed_at time
UPDATE objection SET closed_at = :closed_at WHERE id = :id AND closed_at IS NULL;

-- name: card_find :find
-- args: id id
SELECT m.id, m.handle, m.rank_name, m.board_off, m.deleted_at, s.day AS "day?", s.credibility AS "credibility?", s.contribution AS "contribution?",
  s.answers_n AS "given_n?", s.solved_n AS "solved_all_n:int?", s.kept_n AS "kept_all_n:int?", s.helped_n AS "helped_n?", s.areas AS "areas?",
  s.place AS "board_place:int?", s.place_to AS "board_place_to:int?", w.ranked_n AS "ranked_n?", r.version AS "version?", r.hash AS "hash?"
FROM member m LEFT JOIN standing s ON s.member_id = m.id LEFT JOIN reputation_pass w ON w.id = 1 LEFT JOIN ruleset r ON r.version = w.version
WHERE m.id = :id;

-- What the account is; of reports only those of profiles: sent by the member, and of theirs.
-- name: my_data_get :one
-- args: id id
SELECT m.handle, m.email, m.display_name, m.location, m.website, m.affiliation, m.verified, m.joined_at, m.board_off, m.topics_n, m.answers_n, m.comments_n,
  (SELECT count(*) FROM session s WHERE s.member_id = m.id) AS "sessions_n:int",
  (SELECT count(*) FROM api_token k WHERE k.member_id = m.id) AS "tokens_n:int",
  (SELECT count(*) FROM draft d WHERE d.member_id = m.id) AS "drafts_n:int",
  (SELECT count(*) FROM report r WHERE r.reporter_id = m.id AND r.subject_type = 1) AS "reports_sent_n:int",
  (SELECT count(*) FROM report r WHERE r.subject_id = m.id AND r.subject_type = 1) AS "reports_of_n:int"
FROM member m WHERE m.id = :id;

-- name: my_facts :many
-- args: member id
SELECT f.kind AS "kind:int", 1 AS "mine:int", count(*) AS "n:int" FROM fact f WHERE f.actor_id = :member GROUP BY f.kind
UNION ALL
SELECT f.kind, 0, count(*) FROM fact f WHERE f.target_id = :member AND (f.actor_id IS NULL OR f.actor_id <> :member) GROUP BY f.kind;

-- Which of these areas (as in member.areas; keys is a JSON array) whoever has this clearance may not see: a space, or a tag that is in
-- use in such spaces only.
-- name: standing_areas_hidden :many
-- args: keys text, clearance int
-- @lite
SELECT j.value AS "key:text" FROM json_each(:keys) j JOIN space s ON s.slug = substr(j.value, 3) WHERE j.value LIKE 's:%' AND s.visibility > :clearance
UNION ALL SELECT j.value FROM json_each(:keys) j JOIN tag g ON g.name = j.value WHERE g.visibility > 0 AND g.visibility > :clearance;
-- @pg
SELECT j.value AS "key:text" FROM json_array_elements_text(CAST(:keys AS json)) j(value) JOIN space s ON s.slug = substr(j.value, 3)
WHERE j.value LIKE 's:%' AND s.visibility > :clearance
UNION ALL SELECT j.value FROM json_array_elements_text(CAST(:keys AS json)) j(value) JOIN tag g ON g.name = j.value WHERE g.visibility > 0 AND g.visibility > :clearance;

-- The same of all areas there are.
-- name: standing_all_hidden :many
-- args: clearance int
SELECT 's:' || s.slug AS "key:text" FROM space s WHERE s.visibility > :clearance
UNION ALL SELECT g.name FROM tag g WHERE g.visibility > 0 AND g.visibility > :clearance;
