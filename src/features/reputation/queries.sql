-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The history, read row by row: who and what there is, then what happened. All of it is asked for, so all of it is walked, in the
-- order in which it lies: nothing that is computed asks for the numbers that posts and comments get.

-- name: rep_member_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, role, affiliation, verified, joined_at FROM member ORDER BY id;

-- name: rep_topic_each :each
-- scan-ok: the whole history is what is asked for
SELECT t.id, t.author_id, t.tags, s.slug AS "space:text" FROM topic t JOIN space s ON s.id = t.space_id ORDER BY t.id;

-- name: rep_post_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, topic_id, number, author_id FROM post;

-- name: rep_comment_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, topic_id, author_id FROM comment;

-- name: rep_fact_each :each
-- scan-ok: the whole journal is what is asked for
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, value FROM fact;

-- name: rep_tail_each :each
-- args: after id
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, value FROM fact WHERE id > :after;

-- name: rep_fact_find :find
SELECT id FROM fact WHERE id = :id;

-- name: rep_name_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, handle, origin_id FROM member ORDER BY id;

-- One member's slice: their pack (kind 0), what was done to them and what they did past it, and what became of the answers to their
-- questions. Of what and whom it is, is asked afterwards, once of each (rep_thing_each), but for what the things of the pack say; those
-- that changed since are kind -1, the first :most of them.
-- name: rep_slice_each :each
-- args: member id, until time, most int
SELECT k.until_id AS "id:id", 0 AS "at_ms:time", 0 AS "kind:int", 0 AS "actor_id:id", 0 AS "subject_type:int", 0 AS "subject_id:id",
  0 AS "target_id:id", 0 AS "value:int", k.facts AS "pack:blob?", r.things AS "things:blob?"
FROM fact_pack k LEFT JOIN thing_pack r ON r.member_id = k.member_id WHERE k.member_id = :member
UNION ALL
SELECT c.id, 0, -1, 0, 0, c.subject_id, 0, 0, NULL, NULL FROM (SELECT h.id, h.subject_id FROM fact h
  WHERE (h.kind = 5 OR h.kind = 19 OR h.kind = 20 OR h.kind = 48 OR h.kind = 49) AND h.id > (SELECT r.seen_id FROM thing_pack r WHERE r.member_id = :member) LIMIT :most) c
UNION ALL
SELECT h.id, h.at_ms, h.kind, COALESCE(h.actor_id, 0), h.subject_type, h.subject_id, h.target_id, h.value, NULL, NULL FROM fact h
WHERE h.target_id = :member AND h.id > COALESCE((SELECT k.until_id FROM fact_pack k WHERE k.member_id = :member), 0) AND h.at_ms < :until
UNION ALL
SELECT h.id, h.at_ms, h.kind, h.actor_id, h.subject_type, h.subject_id, COALESCE(h.target_id, 0), h.value, NULL, NULL FROM fact h
WHERE h.actor_id = :member AND h.id > COALESCE((SELECT k.until_id FROM fact_pack k WHERE k.member_id = :member), 0)
  AND (h.target_id IS NULL OR h.target_id <> :member) AND h.at_ms < :until
UNION ALL
SELECT h.id, h.at_ms, h.kind, COALESCE(h.actor_id, 0), h.subject_type, h.subject_id, COALESCE(h.target_id, 0), h.value, NULL, NULL
FROM topic q JOIN post w ON w.topic_id = q.id JOIN fact h ON h.subject_id = w.id AND h.kind > 4
WHERE q.author_id = :member AND q.deleted_at IS NULL AND h.kind IN (10, 11) AND (h.target_id IS NULL OR h.target_id <> :member) AND (h.actor_id IS NULL OR h.actor_id <> :member)
  AND h.at_ms < :until;

-- The oldest of a member's facts in one piece (pack.c), and what else belongs into it.
-- name: rep_pack_find :find
SELECT until_id, facts FROM fact_pack WHERE member_id = :member_id;

-- name: rep_pack_each :each
-- args: member id, after id, until id
SELECT h.id, h.at_ms, h.kind, COALESCE(h.actor_id, 0) AS "actor_id:id", h.subject_type, h.subject_id, COALESCE(h.target_id, 0) AS "target_id:id", h.value
FROM fact h WHERE h.target_id = :member AND h.id > :after AND h.id <= :until
UNION ALL
SELECT h.id, h.at_ms, h.kind, h.actor_id, h.subject_type, h.subject_id, COALESCE(h.target_id, 0), h.value
FROM fact h WHERE h.actor_id = :member AND h.id > :after AND h.id <= :until AND (h.target_id IS NULL OR h.target_id <> :member);

-- name: rep_pack_put :exec
-- args: was id
INSERT INTO fact_pack (member_id, until_id, facts) VALUES (:member_id, :until_id, :facts)
ON CONFLICT (member_id) DO UPDATE SET until_id = excluded.until_id, facts = excluded.facts WHERE fact_pack.until_id = :was;

-- A member's facts in one piece, the things of them (thing_pack.c), and whether so much changed since that they should be made anew.
-- name: rep_things_find :find
-- args: member_id id, most int
SELECT k.until_id, r.until_id AS "things_until_id:id?", (SELECT count(*) FROM (SELECT h.id FROM fact h
  WHERE (h.kind = 5 OR h.kind = 19 OR h.kind = 20 OR h.kind = 48 OR h.kind = 49) AND h.id > r.seen_id LIMIT :most) c) AS "changed_n:int",
  COALESCE((SELECT w.at_ms FROM reputation_pass w WHERE w.id = 1), 0) AS "pass_at:time"
FROM fact_pack k LEFT JOIN thing_pack r ON r.member_id = k.member_id WHERE k.member_id = :member_id;

-- name: rep_things_put :exec
INSERT INTO thing_pack (member_id, until_id, seen_id, judged, things) VALUES (:member_id, :until_id, :seen_id, :judged, :things)
ON CONFLICT (member_id) DO UPDATE SET until_id = excluded.until_id, seen_id = excluded.seen_id, judged = excluded.judged, things = excluded.things;

-- name: rep_things_delete :exec
DELETE FROM thing_pack WHERE member_id = :member_id;

-- name: rep_things_each :each
-- scan-ok: of everybody who has fifteen hundred facts, in passes over everybody
SELECT member_id, until_id, judged FROM thing_pack;

-- What the facts of a slice were done to and by whom. ids are JSON arrays; 0 is nobody, nothing and never. A
-- table of different things, so that it is one statement:
--   kind                     a         b                  c       d       e       f               g        name
--   2, 3, 4 topic, post,     number    author (2: of the  topic   asker   space   gone, repeated  opening  the topic's tags
--     comment                          topic its opening)
--   1 member                 role      affiliation        joined  verified 0      0               0        ''
--   5 space                  0         0                  0       0       0       0               0        its slug
--   6 what the last pass     since_at  since_id           met_at  met_id  met_by  many_at         many_id  'seed'
--     found of a member
--   7 a vote that does not count, 8 a fact that is vouched for: the id alone
-- name: rep_thing_each :each
-- args: posts text, comments text, topics text, people text, judges text, member id, vouched id
-- @lite
SELECT 3 AS "kind:int", p.id AS "id:id", p.number AS "a:int", COALESCE(p.author_id, 0) AS "b:int", t.id AS "c:int", COALESCE(t.author_id, 0) AS "d:int", t.space_id AS "e:int",
  CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END + CASE WHEN d.post_id IS NULL THEN 0 ELSE 2 END AS "f:int",
  t.opening_id AS "g:int", t.tags AS "name:text"
FROM json_each(:posts) j JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id LEFT JOIN repeated d ON d.post_id = p.id
UNION ALL
SELECT 4, c.id, 0, COALESCE(c.author_id, 0), t.id, COALESCE(t.author_id, 0), t.space_id, CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END, t.opening_id, t.tags
FROM json_each(:comments) j JOIN comment c ON c.id = j.value JOIN topic t ON t.id = c.topic_id
UNION ALL
SELECT 2, t.id, 0, COALESCE(t.opening_id, 0), t.id, COALESCE(t.author_id, 0), t.space_id, CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END, t.opening_id, t.tags
FROM json_each(:topics) j JOIN topic t ON t.id = j.value
UNION ALL
SELECT 1, m.id, m.role, m.affiliation, m.joined_at, m.verified, 0, 0, 0, '' FROM json_each(:people) j JOIN member m ON m.id = j.value
UNION ALL
SELECT 6, r.member_id, r.since_at, r.since_id, r.met_at, r.met_id, r.met_by, r.many_at, r.many_id, CASE WHEN r.seed <> 0 THEN 'seed' ELSE '' END FROM json_each(:judges) j JOIN trust r ON r.member_id = j.value
UNION ALL
SELECT 5, z.id, 0, 0, 0, 0, 0, 0, 0, z.slug FROM space z
UNION ALL
SELECT 7, v.fact_id, 0, 0, 0, 0, 0, 0, 0, '' FROM vote_series s JOIN vote_out v ON v.series_id = s.id WHERE (s.author_id = :member OR s.voter_id = :member) AND v.back_id IS NULL
UNION ALL
SELECT 8, u.fact_id, 0, 0, 0, 0, 0, 0, 0, '' FROM vouched u WHERE u.member_id = :vouched;
-- @pg
SELECT 3 AS "kind:int", p.id AS "id:id", p.number AS "a:int", COALESCE(p.author_id, 0) AS "b:int", t.id AS "c:int", COALESCE(t.author_id, 0) AS "d:int", t.space_id AS "e:int",
  CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END + CASE WHEN d.post_id IS NULL THEN 0 ELSE 2 END AS "f:int",
  t.opening_id AS "g:int", t.tags AS "name:text"
FROM jsonb_array_elements_text(CAST(:posts AS jsonb)) j(v) JOIN post p ON p.id = CAST(j.v AS BIGINT) JOIN topic t ON t.id = p.topic_id LEFT JOIN repeated d ON d.post_id = p.id
UNION ALL
SELECT 4, c.id, 0, COALESCE(c.author_id, 0), t.id, COALESCE(t.author_id, 0), t.space_id, CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END, t.opening_id, t.tags
FROM jsonb_array_elements_text(CAST(:comments AS jsonb)) j(v) JOIN comment c ON c.id = CAST(j.v AS BIGINT) JOIN topic t ON t.id = c.topic_id
UNION ALL
SELECT 2, t.id, 0, COALESCE(t.opening_id, 0), t.id, COALESCE(t.author_id, 0), t.space_id, CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END, t.opening_id, t.tags
FROM jsonb_array_elements_text(CAST(:topics AS jsonb)) j(v) JOIN topic t ON t.id = CAST(j.v AS BIGINT)
UNION ALL
SELECT 1, m.id, m.role, m.affiliation, m.joined_at, m.verified, 0, 0, 0, '' FROM jsonb_array_elements_text(CAST(:people AS jsonb)) j(v) JOIN member m ON m.id = CAST(j.v AS BIGINT)
UNION ALL
SELECT 6, r.member_id, r.since_at, r.since_id, r.met_at, r.met_id, r.met_by, r.many_at, r.many_id, CASE WHEN r.seed <> 0 THEN 'seed' ELSE '' END FROM jsonb_array_elements_text(CAST(:judges AS jsonb)) j(v) JOIN trust r ON r.member_id = CAST(j.v AS BIGINT)
UNION ALL
SELECT 5, z.id, 0, 0, 0, 0, 0, 0, 0, z.slug FROM space z
UNION ALL
SELECT 7, v.fact_id, 0, 0, 0, 0, 0, 0, 0, '' FROM vote_series s JOIN vote_out v ON v.series_id = s.id WHERE (s.author_id = :member OR s.voter_id = :member) AND v.back_id IS NULL
UNION ALL
SELECT 8, u.fact_id, 0, 0, 0, 0, 0, 0, 0, '' FROM vouched u WHERE u.member_id = :vouched;

-- name: rep_repeated_each :each
-- scan-ok: all answers that repeat another are what is asked for
SELECT post_id FROM repeated;

-- name: rep_series_each :each
-- args: below id
-- scan-ok: all votes that do not count are what is asked for
SELECT fact_id FROM vote_out WHERE out_id < :below AND (back_id IS NULL OR back_id >= :below);

-- name: rep_trust_each :each
-- scan-ok: everybody's trust is what is asked for
SELECT member_id, seed, since_at, since_id, met_at, met_id, met_by, many_at, many_id FROM trust;

-- name: rep_vouched_each :each
-- scan-ok: of everybody, in whole replays only
SELECT fact_id FROM vouched;
