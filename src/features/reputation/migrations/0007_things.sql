-- What the facts of a fact_pack were done to, where that lies, and whether who judged is trusted: looked up once, so that a score need
-- not ask a thousand rows. Made of the tables, and can be dropped at any time; what changed past seen_id (below) is asked again, and the
-- pass drops what trust it found says otherwise of (judged).
CREATE TABLE thing_pack (
  member_id ID PRIMARY KEY NOT NULL,
  until_id ID NOT NULL, -- of the fact_pack, when this was made
  seen_id ID NOT NULL,  -- facts of changes up to here are seen to
  judged INT NOT NULL,  -- a sum over who is trusted in it
  things BLOB NOT NULL
);
-- Edited, deleted, restored, found to repeat another, and not any more: whatever changes where a thing lies or whether it is there.
-- Not IN: SQLite would build a table of the five for every fact that is written.
CREATE INDEX fact_changed ON fact(kind, id, subject_id) WHERE kind = 5 OR kind = 19 OR kind = 20 OR kind = 48 OR kind = 49;
