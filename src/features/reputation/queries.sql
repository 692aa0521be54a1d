-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The history, read row by row: who and what there is, then what happened. All of it is asked for, so all of it is walked, in the
-- order in which it lies: nothing that is computed asks for the numbers that posts and comments get.

-- name: rep_member_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, joined_at, role, affiliation FROM member ORDER BY id;

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
-- args: until time
-- scan-ok: the whole journal is what is asked for
SELECT id, at_ms, kind, actor_id, subject_type, subject_id, target_id, value FROM fact WHERE at_ms < :until;

-- name: rep_name_each :each
-- scan-ok: the whole history is what is asked for
SELECT id, handle, origin_id FROM member ORDER BY id;

-- One member's slice: what was done to them, what they did, and what became of the answers to their questions; each with what
-- the rules may ask about it, and what the last pass found of who did it.
-- name: rep_slice_each :each
-- args: member id, until time
SELECT f.id AS "id:id", f.at_ms AS "at_ms:time", f.kind AS "kind:int", f.actor_id AS "actor_id:id?", f.subject_type AS "subject_type:int",
  f.subject_id AS "subject_id:id", f.target_id AS "target_id:id?", f.value AS "value:int",
  p.number AS "number:int?", p.author_id AS "post_author_id:id?", p.deleted_at AS "post_deleted_at:time?", c.author_id AS "comment_author_id:id?",
  t.id AS "topic_id:id?", t.opening_id AS "opening_id:id?", t.author_id AS "asker_id:id?", t.tags AS "tags:text?", t.deleted_at AS "topic_deleted_at:time?", s.slug AS "space:text?",
  a.role AS "actor_role:int?", a.affiliation AS "actor_affiliation:int?", a.joined_at AS "actor_joined_at:time?",
  g.role AS "target_role:int?", g.affiliation AS "target_affiliation:int?", g.joined_at AS "target_joined_at:time?",
  r.seed AS "seed:bool?", r.since_at AS "since_at:time?", r.since_id AS "since_id:id?", r.met_at AS "met_at:time?", r.met_id AS "met_id:id?",
  r.met_by AS "met_by:id?", r.many_at AS "many_at:time?", r.many_id AS "many_id:id?",
  (SELECT 1 FROM repeated d WHERE d.post_id = p.id) AS "repeated:bool?", (SELECT 1 FROM vote_out v WHERE v.fact_id = f.id AND v.back_id IS NULL) AS "invalid:bool?"
FROM (
  SELECT h.id, h.at_ms, h.kind, h.actor_id, h.subject_type, h.subject_id, h.target_id, h.value FROM fact h WHERE h.target_id = :member
  UNION ALL
  SELECT h.id, h.at_ms, h.kind, h.actor_id, h.subject_type, h.subject_id, h.target_id, h.value FROM fact h
  WHERE h.actor_id = :member AND (h.target_id IS NULL OR h.target_id <> :member)
  UNION ALL
  SELECT h.id, h.at_ms, h.kind, h.actor_id, h.subject_type, h.subject_id, h.target_id, h.value
  FROM topic q JOIN post w ON w.topic_id = q.id JOIN fact h ON h.subject_id = w.id AND h.kind > 4
  WHERE q.author_id = :member AND q.deleted_at IS NULL AND h.kind IN (10, 11) AND h.target_id <> :member AND (h.actor_id IS NULL OR h.actor_id <> :member)
) f
LEFT JOIN post p ON p.id = f.subject_id AND f.subject_type = 3
LEFT JOIN comment c ON c.id = f.subject_id AND f.subject_type = 4
LEFT JOIN topic t ON t.id = COALESCE(p.topic_id, c.topic_id, CASE WHEN f.subject_type = 2 THEN f.subject_id ELSE 0 END)
LEFT JOIN space s ON s.id = t.space_id
LEFT JOIN member a ON a.id = f.actor_id
LEFT JOIN member g ON g.id = f.target_id
LEFT JOIN trust r ON r.member_id = f.actor_id
WHERE f.at_ms < :until;

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
-- args: member id
-- scan-ok: of everybody (member 0), in whole replays only
SELECT fact_id FROM vouched WHERE :member = 0 OR member_id = :member;
