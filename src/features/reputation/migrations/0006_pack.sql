-- The facts of a member who has a thousand and more, once more and in one piece: each of them lies on a page of its own in the journal,
-- and a score is computed from all of them. Made of the journal, whose facts never change; what came after until_id is read there.
CREATE TABLE fact_pack (
  member_id ID PRIMARY KEY NOT NULL,
  until_id ID NOT NULL, -- the newest fact that may be in it
  facts BLOB NOT NULL
);
