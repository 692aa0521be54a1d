-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who was busy and is still there, and what the day has of them already; the row of the staff, who is nobody, has no id. ids is a JSON
-- array, here and below: ascending, so that what lies together is looked up together.
-- name: attention_busy :many
-- args: ids text, day int
-- @lite
SELECT m.id, m.role, m.affiliation, m.attention, COALESCE(a.spent, -1) AS "spent:int", COALESCE(a.until_ms, 0) AS "until_ms:time", COALESCE(a.areas, '') AS "areas:text"
FROM json_each(:ids) j JOIN member m ON m.id = j.value LEFT JOIN attention_day a ON a.day = :day AND a.member_id = m.id WHERE m.deleted_at IS NULL
UNION ALL SELECT 0, 0, 0, 0, spent, until_ms, areas FROM attention_day WHERE day = :day AND member_id = 0;
-- @pg
SELECT m.id, m.role, m.affiliation, m.attention, COALESCE(a.spent, -1) AS "spent:int", COALESCE(a.until_ms, 0) AS "until_ms:time", COALESCE(a.areas, '') AS "areas:text"
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) j(v) JOIN member m ON m.id = CAST(j.v AS BIGINT)
LEFT JOIN attention_day a ON a.day = :day AND a.member_id = m.id WHERE m.deleted_at IS NULL
UNION ALL SELECT 0, 0, 0, 0, spent, until_ms, areas FROM attention_day WHERE day = :day AND member_id = 0;

-- Where a topic lies, and what spaces are called.
-- name: attention_topics :many
-- args: ids text
-- @lite
SELECT t.id, t.space_id, t.tags FROM json_each(:ids) j JOIN topic t ON t.id = j.value;
-- @pg
SELECT t.id, t.space_id, t.tags FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) j(v) JOIN topic t ON t.id = CAST(j.v AS BIGINT);

-- name: attention_spaces :many
-- args: limit int
SELECT id, slug FROM space ORDER BY position, id LIMIT :limit;

-- The first of a day, and what is added. Only over the row that was read: if another process was there meanwhile, these seconds are
-- lost, as they may be.
-- name: attention_insert :exec
INSERT INTO attention_day (day, member_id, spent, until_ms, areas) VALUES (:day, :member_id, :spent, :until_ms, :areas)
ON CONFLICT (day, member_id) DO NOTHING;

-- name: attention_update :exec
-- args: was int
UPDATE attention_day SET spent = :spent, until_ms = :until_ms, areas = :areas
WHERE day = :day AND member_id = :member_id AND spent = :was;

-- What a board needs besides its sealed cells, told apart by kind, in no order: the first day there is (0), whose sealed seconds were
-- deleted (1), the staff's days of the window (2), and everybody's past the cells (3).
-- name: attention_board_each :each
-- args: tail int, from int, until int, sealed time, limit int
SELECT 0 AS "kind:int", COALESCE((SELECT min(day) FROM attention_day), 2147483647) AS "day:int", 0 AS "id:id", '' AS "areas:text"
UNION ALL SELECT 1, 0, member_id, '' FROM attention_erased WHERE at_ms >= :sealed
UNION ALL SELECT 2, day, 0, areas FROM attention_day WHERE member_id = 0 AND day >= :from AND day < :until
UNION ALL SELECT 3, day, member_id, areas FROM attention_day WHERE day >= :tail AND member_id <> 0 LIMIT :limit;

-- Everything before a day, for sealing.
-- name: attention_each :each
-- args: before int
SELECT day, member_id, areas FROM attention_day WHERE day < :before AND member_id <> 0 ORDER BY day, member_id;

-- Rows of some days and members (keys is JSON, [[day, member], ...]), and everybody's from a day on.
-- name: attention_of_each :each
-- args: keys text, tail int, until int
-- @lite
SELECT a.day AS "day:int", a.member_id AS "member_id:id", a.areas AS "areas:text" FROM json_each(:keys) j JOIN attention_day a
ON a.day = json_extract(j.value, '$[0]') AND a.member_id = json_extract(j.value, '$[1]')
UNION ALL SELECT day, member_id, areas FROM attention_day WHERE day >= :tail AND day < :until AND member_id <> 0 ORDER BY 1 DESC, 2;
-- @pg
SELECT a.day AS "day:int", a.member_id AS "member_id:id", a.areas AS "areas:text" FROM jsonb_array_elements(CAST(:keys AS jsonb)) j(v) JOIN attention_day a
ON a.day = CAST(j.v->>0 AS BIGINT) AND a.member_id = CAST(j.v->>1 AS BIGINT)
UNION ALL SELECT day, member_id, areas FROM attention_day WHERE day >= :tail AND day < :until AND member_id <> 0 ORDER BY 1 DESC, 2;

-- Who asked and who answered in topics, and since when; topics come first (number 0), then the answers of each in their order,
-- which in SQLite is that of the index they are found by: sorting would take twice as long. What was deleted was read all the same.
-- name: attention_authors_each :each
-- args: ids text
-- @lite
SELECT t.id AS "topic_id:id", 0 AS "number:int", t.author_id AS "author_id:id?", t.created_at AS "at_ms:time", t.title AS "title:text", t.tags AS "tags:text", s.slug AS "space:text"
FROM json_each(:ids) j JOIN topic t ON t.id = j.value JOIN space s ON s.id = t.space_id
UNION ALL SELECT p.topic_id, p.number, p.author_id, p.created_at, '', '', '' FROM json_each(:ids) j JOIN post p ON p.topic_id = j.value AND p.number > 0;
-- @pg
SELECT t.id AS "topic_id:id", CAST(0 AS BIGINT) AS "number:int", t.author_id AS "author_id:id?", t.created_at AS "at_ms:time", t.title AS "title:text", t.tags AS "tags:text", s.slug AS "space:text"
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) j(v) JOIN topic t ON t.id = CAST(j.v AS BIGINT) JOIN space s ON s.id = t.space_id
UNION ALL SELECT p.topic_id, p.number, p.author_id, p.created_at, '', '', '' FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) j(v) JOIN post p ON p.topic_id = CAST(j.v AS BIGINT) AND p.number > 0
ORDER BY 1, 2;

-- Is there more to seal than was, or less?
-- name: attention_unsealed :find
-- args: tail int, today int, sealed time
SELECT 1 AS "one:int" FROM attention_day WHERE day >= :tail AND day < :today AND member_id <> 0
UNION ALL SELECT 1 FROM attention_erased WHERE at_ms >= :sealed LIMIT 1;

-- A member's days, newest first: what a number of a board is made of. In SQLite rows are found by each day there is, since an index
-- by member would be paid for with every row that is written.
-- name: attention_days :many
-- args: member_id id, from int, until int, limit int
-- @lite
WITH RECURSIVE d(day) AS (SELECT min(day) FROM attention_day UNION ALL SELECT d.day + 1 FROM d WHERE d.day < (SELECT max(day) FROM attention_day))
SELECT a.day, a.areas FROM d JOIN attention_day a ON a.day = d.day AND a.member_id = :member_id
WHERE d.day >= :from AND d.day < :until ORDER BY d.day DESC LIMIT :limit;
-- @pg
SELECT day, areas FROM attention_day
WHERE member_id = :member_id AND day >= :from AND day < :until ORDER BY day DESC LIMIT :limit;

-- name: attention_mine :many
-- args: member_id id
-- @lite
WITH RECURSIVE d(day) AS (SELECT min(day) FROM attention_day UNION ALL SELECT d.day + 1 FROM d WHERE d.day < (SELECT max(day) FROM attention_day))
SELECT a.day, a.areas FROM d JOIN attention_day a ON a.day = d.day AND a.member_id = :member_id ORDER BY d.day LIMIT 1000;
-- @pg
SELECT day, areas FROM attention_day WHERE member_id = :member_id ORDER BY day LIMIT 1000;

-- name: attention_delete :execn
-- args: member_id id
-- @lite
DELETE FROM attention_day WHERE member_id = :member_id AND day IN (WITH RECURSIVE d(day) AS (SELECT min(day) FROM attention_day UNION ALL SELECT d.day + 1 FROM d WHERE d.day < (SELECT max(day) FROM attention_day)) SELECT day FROM d);
-- @pg
DELETE FROM attention_day WHERE member_id = :member_id;

-- name: attention_erased_put :exec
INSERT INTO attention_erased (member_id, at_ms) VALUES (:member_id, :at_ms)
ON CONFLICT (member_id) DO UPDATE SET at_ms = excluded.at_ms;

-- name: attention_purge_days :execn
-- args: before int
DELETE FROM attention_day WHERE day < :before;

-- name: attention_purge_members :execn
-- scan-ok: once a day
DELETE FROM attention_day WHERE member_id IN (SELECT m.id FROM member m WHERE m.deleted_at IS NOT NULL);

-- name: attention_purge_erased :execn
-- args: before time
DELETE FROM attention_erased WHERE at_ms < :before;
